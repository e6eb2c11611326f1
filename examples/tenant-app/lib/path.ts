/** The path of the page that is asked for, as `proxy.ts` tells the layout: Next tells it to pages only. */
export const pathHeader = 'x-tenant-app-path'
