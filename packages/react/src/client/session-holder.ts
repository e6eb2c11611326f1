// Holds the one session token: fetched once at a time, renewed before it ends, known synchronously for the OAuth click.
import type { Session } from '@opsai/contract'
import { OpsaiError } from './opsai-error.js'

/**
 * Asks the host's own backend for a session. The backend knows who is signed in; the browser never says so.
 *
 * @example
 * const fetchSession: FetchSession = ({ signal }) => fetch('/my/session', { method: 'POST', signal }).then((r) => r.json())
 */
export type FetchSession = (request: { signal: AbortSignal; tenantId?: string }) => Promise<Session>

export interface SessionHolder {
  get(): Promise<Session>
  /** The session if it lasts long enough to be used now; never fetches. */
  peek(): Session | undefined
  /** After a 401: a new session, unless somebody renewed it meanwhile. */
  renew(refusedToken: string): Promise<Session>
  /** Fetches now and again before each end, until the returned function is called. */
  keepFresh(): () => void
}

export interface SessionHolderOptions {
  fetchSession: FetchSession
  tenantId?: string | undefined
  /** @default Date.now */
  now?: () => number
}

/** A token with less than this left is not used any more. */
const marginMs = 30_000
/** Renewal is asked for this long before the end. */
const renewalMs = 90_000
const shortestWaitMs = 5_000
const longestWaitMs = 10 * 60_000

export function createSessionHolder({ fetchSession, tenantId, now = Date.now }: SessionHolderOptions): SessionHolder {
  let session: Session | undefined
  let inFlight: Promise<Session> | undefined

  const msLeft = (held: Session): number => Date.parse(held.expiresAt) - now()
  const isUsable = (held: Session | undefined): held is Session => held !== undefined && msLeft(held) > marginMs

  const fetchOnce = (): Promise<Session> => {
    inFlight ??= Promise.resolve()
      .then(() => fetchSession({ signal: new AbortController().signal, ...(tenantId && { tenantId }) }))
      .then((fetched) => (session = checkSession(fetched)))
      .catch((cause: unknown) => Promise.reject(toSessionError(cause)))
      .finally(() => (inFlight = undefined))
    return inFlight
  }

  const peek = () => (isUsable(session) ? session : undefined)
  const get = async () => peek() ?? fetchOnce()

  return {
    peek,
    get,
    renew: async (refusedToken) => {
      if (session?.token === refusedToken) session = undefined
      return get()
    },
    keepFresh: () => {
      let timer: ReturnType<typeof setTimeout> | undefined
      let isStopped = false
      const run = async () => {
        const held = session && msLeft(session) > renewalMs ? session : await fetchOnce().catch(() => undefined)
        if (isStopped) return
        const wait = held ? msLeft(held) - renewalMs : shortestWaitMs * 6
        timer = setTimeout(() => void run(), Math.min(Math.max(wait, shortestWaitMs), longestWaitMs))
      }
      void run()
      return () => {
        isStopped = true
        clearTimeout(timer)
      }
    },
  }
}

function checkSession(fetched: Session): Session {
  if (fetched?.token && !Number.isNaN(Date.parse(fetched.expiresAt))) return fetched
  throw new TypeError('fetchSession must resolve to { token, expiresAt }, as POST /sessions answers.')
}

function toSessionError(cause: unknown): OpsaiError {
  return new OpsaiError({
    code: 'session_expired',
    message: `fetchSession failed: ${cause instanceof Error ? cause.message : 'it was rejected'}`,
    displayMessage: 'Your session could not be started.',
    remedy: 'Reload the page, or sign in again.',
    retryable: true,
    cause,
  })
}
