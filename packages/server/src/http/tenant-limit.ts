// How much one tenant may ask of us. The bucket stands in Postgres, so that it is one however many proxies there are;
// each takes tokens out of it a few at a time, so that asking it is not a write a request.
import { type BucketSize, takeTokens } from '../store/rate-buckets.js'
import type { Db } from '../store/database.js'
import { ProblemError } from './problem.js'

export interface TenantLimit {
  /** @throws ProblemError `rate_limited`, with `Retry-After` */
  spend(tenantId: string): Promise<void>
}

interface Kept {
  tokens: number
  /** Tokens are for now: those not spent by then are let go. */
  until: number
  /** Where the bucket was empty: when to look again. */
  emptyUntil: number
  asking?: Promise<void>
}

const KEEP_MS = 1_000
/** A batch is a tenth of a second's worth, so that proxies can't hoard: at most 20. */
const toBatch = ({ perSecond }: BucketSize) => Math.max(1, Math.min(20, Math.floor(perSecond / 10)))

/**
 * Never lets more through than the bucket has, of all proxies together; each may hold back up to one batch (a tenth of
 * a second's worth) for a second.
 */
export function createTenantLimit(db: Db, size: BucketSize, now = () => performance.now()): TenantLimit {
  const batch = toBatch(size)
  const kept = new Map<string, Kept>()

  const refill = async (tenantId: string, entry: Kept) => {
    const { tokens, left } = await takeTokens(db, `tenant:${tenantId}`, batch, size)
    entry.tokens = tokens
    entry.until = now() + KEEP_MS
    if (tokens < 1) entry.emptyUntil = now() + ((1 - left) / size.perSecond) * 1_000
  }

  return {
    spend: async (tenantId) => {
      if (kept.size > 10_000) kept.clear()
      const entry = kept.get(tenantId) ?? { tokens: 0, until: 0, emptyUntil: 0 }
      kept.set(tenantId, entry)
      for (;;) {
        if (now() >= entry.until) entry.tokens = 0
        if (entry.tokens >= 1) {
          entry.tokens -= 1
          return
        }
        if (now() < entry.emptyUntil) throw tooMany(entry.emptyUntil - now())
        entry.asking ??= refill(tenantId, entry).finally(() => delete entry.asking)
        await entry.asking
      }
    },
  }
}

const tooMany = (ms: number) =>
  new ProblemError('rate_limited', {
    detail: 'This tenant has asked too much at once. Wait as long as Retry-After says.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(ms / 1_000))) },
  })
