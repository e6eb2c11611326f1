import { createHash, timingSafeEqual } from 'node:crypto'
import { ProblemError } from '../http/problem.js'
import { readBearer, sessionTokenPrefix } from './bearer.js'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Lets a host's backend in, and nobody who comes from a page. Every browser sends `Origin` or `Sec-Fetch-Site`;
 * `Sec-Fetch-Mode` alone proves nothing, for Node's own fetch sends it too.
 *
 * @throws ProblemError
 */
export function requireHost(request: Request, hostKey: string): void {
  const fromBrowser = ['origin', 'sec-fetch-site', 'sec-fetch-dest'].some((name) => request.headers.has(name))
  if (fromBrowser) {
    throw new ProblemError('forbidden', { detail: 'The host key is for servers. Do not call this from a browser.' })
  }
  const given = readBearer(request)
  if (given?.startsWith(sessionTokenPrefix)) {
    throw new ProblemError('forbidden', { detail: 'A session token does not open this door; the host key does.' })
  }
  if (!given || !timingSafeEqual(digest(given), digest(hostKey))) {
    throw new ProblemError('unauthorized', { detail: 'Send the host key: Authorization: Bearer <host key>.' })
  }
}
