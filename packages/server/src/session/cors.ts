// Which pages may read answers. A preflight carries no token, so it goes by the origins of live sessions.
import type { Db } from '../store/database.js'
import { isOriginKnown } from '../store/sessions.js'

const KEEP_MS = 5_000

/** Origins some live token is for; asked often, so remembered for a few seconds. */
export function createKnownOrigins(db: Db, now: () => Date) {
  const known = new Map<string, { until: number; answer: boolean }>()
  return async (origin: string): Promise<boolean> => {
    const at = now().getTime()
    const kept = known.get(origin)
    if (kept && kept.until > at) return kept.answer
    const answer = await isOriginKnown(db, origin, now())
    if (known.size > 1_000) known.clear()
    // A "no" is not remembered: the session may be made the next moment.
    if (answer) known.set(origin, { until: at + KEEP_MS, answer })
    return answer
  }
}

/** What lets a page of `origin` read an answer. No credentials: the token travels in a header of its own. */
export const toCorsHeaders = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'x-request-id, retry-after, idempotent-replayed',
})

export const preflightHeaders: Record<string, string> = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id, accept',
  'access-control-max-age': '600',
}
