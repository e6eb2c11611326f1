import { invalidRequest } from '../http/problem.js'

export const sessionTokenPrefix = 'aips_'

/** The credential of a request, which may only stand in its `Authorization` header. */
export function readBearer(request: Request): string | undefined {
  const header = request.headers.get('authorization') ?? ''
  return /^Bearer ([\x21-\x7e]+)$/i.exec(header)?.[1]
}

/** @throws ProblemError where a URL carries a credential: it would stay in logs and histories. */
export function refuseTokenInUrl(url: URL): void {
  for (const [name, value] of url.searchParams) {
    if (value.startsWith(sessionTokenPrefix) || /^(access_|session_?)?token$/i.test(name)) {
      throw invalidRequest('A token may not stand in a URL: send it in the Authorization header.')
    }
  }
}
