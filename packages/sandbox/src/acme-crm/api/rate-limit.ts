/** So many requests a second for one caller, and so many at once. */
export interface RateLimitOptions {
  perSecond: number
  burst: number
  now: () => number
}

export type RateLimited = { kind: 'passed' } | { kind: 'limited'; retryAfterSeconds: number }

/** A token bucket a caller. */
export function createRateLimit({ perSecond, burst, now }: RateLimitOptions): (caller: string) => RateLimited {
  const buckets = new Map<string, { level: number; at: number }>()
  return (caller) => {
    const at = now()
    const bucket = buckets.get(caller) ?? { level: burst, at }
    const level = Math.min(burst, bucket.level + ((at - bucket.at) / 1_000) * perSecond)
    if (level < 1) {
      buckets.set(caller, { level, at })
      return { kind: 'limited', retryAfterSeconds: Math.max(1, Math.ceil((1 - level) / perSecond)) }
    }
    buckets.set(caller, { level: level - 1, at })
    if (buckets.size > 1_000) dropFull(buckets, burst, perSecond, at)
    return { kind: 'passed' }
  }
}

// A bucket that has filled up again says nothing that a new one would not.
function dropFull(buckets: Map<string, { level: number; at: number }>, burst: number, perSecond: number, now: number) {
  buckets.forEach(({ level, at }, caller) => {
    if (level + ((now - at) / 1_000) * perSecond >= burst) buckets.delete(caller)
  })
}
