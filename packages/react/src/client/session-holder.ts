// Holds the one session token: fetched once at a time, renewed before it ends, known synchronously for the OAuth click.
import type { Session } from '@opsai/contract'

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
const retryMs = 30_000
const longestWaitMs = 10 * 60_000

export function createSessionHolder({ fetchSession, tenantId, now = Date.now }: SessionHolderOptions): SessionHolder {
  let session: Session | undefined
  let inFlight: Promise<Session> | undefined

  const msLeft = (held: Session | undefined): number => (held ? Date.parse(held.expiresAt) - now() : 0)
  const peek = () => (msLeft(session) > marginMs ? session : undefined)

  const fetchNow = async (): Promise<Session> => {
    try {
      const fetched = await fetchSession({ signal: new AbortController().signal, ...(tenantId && { tenantId }) })
      if (fetched?.token && Date.parse(fetched.expiresAt)) return (session = fetched)
      throw new TypeError('it must resolve to { token, expiresAt }.')
    } catch (cause) {
      // Marked by its code alone: the class of our errors is loaded by who shows them.
      throw Object.assign(new Error(`fetchSession failed: ${String(cause)}`, { cause }), { code: 'session_expired' })
    }
  }
  const fetchOnce = () => (inFlight ??= fetchNow().finally(() => (inFlight = undefined)))
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
        if (msLeft(session) <= renewalMs) await fetchOnce().catch(() => undefined)
        if (isStopped) return
        const wait = session ? msLeft(session) - renewalMs : retryMs
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
