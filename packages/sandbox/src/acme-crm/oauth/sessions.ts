// Browsers at the authorization server: who is signed in, and which requests each has open.
import { hashToken, newToken } from '../secrets.js'
import type { AuthorizationRequest } from './authorization-request.js'

/** One browser, known by a cookie. */
export interface Session {
  id: string
  personId?: string
}

export interface Sessions {
  /** The session of a cookie. */
  find(cookie: string | undefined): Session | undefined
  /**
   * A session with a new cookie. After signing in always a new one, so that a planted cookie gains nothing.
   */
  begin(personId?: string): { session: Session; cookie: string }
  end(session: Session): void
  /** Keeps a request for as long as a person may take over it; the answer names it in forms. */
  keepRequest(session: Session, request: AuthorizationRequest): string
  /** A request of this session, and of no other. */
  findRequest(session: Session | undefined, id: string | undefined): AuthorizationRequest | undefined
  moveRequest(id: string, to: Session): void
  dropRequest(id: string): void
}

const requestMilliseconds = 10 * 60_000
const sessionMilliseconds = 8 * 3_600_000

export function createSessions(now: () => number): Sessions {
  const sessions = new Map<string, { session: Session; expiresAt: number }>()
  const requests = new Map<string, { sessionId: string; request: AuthorizationRequest; expiresAt: number }>()

  function dropOld<Key>(entries: Map<Key, { expiresAt: number }>) {
    entries.forEach(({ expiresAt }, key) => expiresAt <= now() && entries.delete(key))
  }

  return {
    find(cookie) {
      const found = cookie === undefined ? undefined : sessions.get(hashToken(cookie))
      return found && found.expiresAt > now() ? found.session : undefined
    },
    begin(personId) {
      dropOld(sessions)
      const cookie = newToken('')
      const session = { id: hashToken(cookie), ...(personId !== undefined && { personId }) }
      sessions.set(session.id, { session, expiresAt: now() + sessionMilliseconds })
      return { session, cookie }
    },
    end: (session) => void sessions.delete(session.id),
    keepRequest(session, request) {
      dropOld(requests)
      const id = newToken('')
      requests.set(id, { sessionId: session.id, request, expiresAt: now() + requestMilliseconds })
      return id
    },
    findRequest(session, id) {
      const found = id === undefined ? undefined : requests.get(id)
      return found && found.expiresAt > now() && found.sessionId === session?.id ? found.request : undefined
    },
    moveRequest(id, to) {
      const found = requests.get(id)
      if (found) found.sessionId = to.id
    },
    dropRequest: (id) => void requests.delete(id),
  }
}
