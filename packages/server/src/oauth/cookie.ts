// The cookie that ties a sign-in to the browser it was started in (security.md §2 row 21).
import { createHash } from 'node:crypto'

const short = (flowId: string) => createHash('sha256').update(flowId).digest('hex').slice(0, 8)

/** `__Host-` wants https; over plain http (a laptop) a plain name does, for not every browser makes an exception. */
const prefixOf = (secure: boolean) => `${secure ? '__Host-' : ''}aipf_`
const nameOf = (flowId: string, secure: boolean) => prefixOf(secure) + short(flowId)

export function toCookie(flowId: string, value: string, secure: boolean): string {
  return `${nameOf(flowId, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600${secure ? '; Secure' : ''}`
}

/** The cookie of this flow, if the browser sent it. */
export const readCookie = (request: Request, flowId: string, secure: boolean): string | undefined =>
  cookiesOf(request).find(([name]) => name === nameOf(flowId, secure))?.[1]

/** The cookies of all sign-ins this browser has begun. */
export const readFlowCookies = (request: Request, secure: boolean): string[] =>
  cookiesOf(request).flatMap(([name, value]) => (name.startsWith(prefixOf(secure)) ? [value] : []))

const cookiesOf = (request: Request): [string, string][] =>
  (request.headers.get('cookie') ?? '').split(/;\s*/).map((pair) => {
    const end = pair.indexOf('=')
    return [pair.slice(0, Math.max(0, end)), pair.slice(end + 1)]
  })
