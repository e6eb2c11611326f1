// Where a start came from, as far as the browser tells (security.md §2 row 20). Pure.
import { ProblemError } from '../http/problem.js'
import type { Settings } from '../options.js'
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

/** Whether a page of our own sent this request. Our pages send no referrer, so their forms come from `Origin: null`. */
export function isOwnPage(headers: Headers, own: string): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  // Where the browser keeps the origin back, it still says where the page is from.
  return origin === own || ((origin === null || origin === 'null') && site === 'same-origin')
}

/**
 * Who will vouch that who finishes is who started: a session of the host's on its own page (`host`), the cookie of a
 * browser that was seen to start on a page of the host's (`browser`, unless that is too little), or nobody.
 */
export function toAssurance(
  { origin, provenance }: Pick<FlowRow, 'origin' | 'provenance'>,
  { returnUrls, assurance }: Pick<Settings, 'returnUrls' | 'assurance'>,
): 'host' | 'browser' | 'nobody' {
  if (findReturnUrl(origin, returnUrls)) return 'host'
  return provenance === 'proven' && assurance === 'relaxed' ? 'browser' : 'nobody'
}

/** What is wrong where that is nobody. */
export const nobodyVouches = (origin: string) =>
  new ProblemError('config_error', {
    detail: `A sign-in begun on ${origin || 'this origin'} has nowhere to be confirmed: add a page of it to returnUrls.`,
  })

/** The origin a flow belongs to: where it was started, else the first one that has a page to return to. */
export function toFlowOrigin(origin: string | null, allowed: readonly string[], returnUrls: readonly string[]): string {
  if (origin !== null && allowed.includes(origin)) return origin
  return allowed.find((each) => findReturnUrl(each, returnUrls)) ?? allowed[0] ?? ''
}

/** The registered page of an origin. Never taken from a request. */
export const findReturnUrl = (origin: string, returnUrls: readonly string[]): string | undefined =>
  returnUrls.find((url) => new URL(url).origin === origin)
