import { findStream } from './connected'

/** The path of the page that is asked for, as `proxy.ts` tells the layout: Next tells it to pages only. */
export const pathHeader = 'x-tenant-app-path'

/** Whether a path is that of a stream that is connected, or no stream's at all. */
export function hasPage(path: string): boolean {
  const [, slug] = /^\/streams\/([^/]+)/.exec(path) ?? []
  return slug === undefined || findStream(slug) !== undefined
}
