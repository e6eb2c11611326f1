// The cookie that ties a sign-in to the browser it was started in (security.md §2 row 21).
import { createHash } from 'node:crypto'

const short = (flowId: string) => createHash('sha256').update(flowId).digest('hex').slice(0, 8)

/** `__Host-` wants https; over plain http (a laptop) a plain name does, for not every browser makes an exception. */
const nameOf = (flowId: string, secure: boolean) => `${secure ? '__Host-' : ''}aipf_${short(flowId)}`

export function toCookie(flowId: string, value: string, secure: boolean): string {
  return `${nameOf(flowId, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600${secure ? '; Secure' : ''}`
}

/** The cookie of this flow, if the browser sent it. */
export function readCookie(request: Request, flowId: string, secure: boolean): string | undefined {
  const wanted = `${nameOf(flowId, secure)}=`
  const found = (request.headers.get('cookie') ?? '').split(/;\s*/).find((cookie) => cookie.startsWith(wanted))
  return found?.slice(wanted.length)
}
