// Where a start came from, as far as the browser tells (security.md §2 row 20). Pure.
import type { FlowRow } from '../store/flows.js'

/**
 * `proven` where a page of the host's or of ours sent the form; `unproven` where the browser keeps it back;
 * `foreign` where another page did.
 */
export function toProvenance(
  headers: Headers,
  allowed: readonly string[],
  own: string,
): FlowRow['provenance'] | 'foreign' {
  const origin = headers.get('origin')
  if (origin === null) return 'unproven'
  if (origin === 'null') return headers.get('sec-fetch-site') === 'same-origin' ? 'proven' : 'unproven'
  return origin === own || allowed.includes(origin) ? 'proven' : 'foreign'
}

/** The origin a flow belongs to: where it was started, else the first one that has a page to return to. */
export function toFlowOrigin(origin: string | null, allowed: readonly string[], returnUrls: readonly string[]): string {
  if (origin !== null && allowed.includes(origin)) return origin
  return allowed.find((each) => findReturnUrl(each, returnUrls)) ?? allowed[0] ?? ''
}

/** The registered page of an origin. Never taken from a request. */
export const findReturnUrl = (origin: string, returnUrls: readonly string[]): string | undefined =>
  returnUrls.find((url) => new URL(url).origin === origin)
