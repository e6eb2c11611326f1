// RFC 6749 says seconds from now (`expires_in`). Providers that say `expires_at` mean a moment: in seconds, in
// milliseconds, or written out. No token lives the 31 years that a moment would be as a duration.
const leastEpochSeconds = 1_000_000_000
const leastEpochMs = 100_000_000_000
/** The last moment that JavaScript can write. */
const lastMoment = 8_640_000_000_000_000

/** When a token ends, as ISO 8601 in UTC; nothing where the provider does not say or says nonsense. */
export function toExpiry(value: unknown, now: number): string | undefined {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return toIso(Date.parse(value))
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN
  if (!(number >= 0)) return undefined
  if (number >= leastEpochMs) return toIso(number)
  return toIso(number >= leastEpochSeconds ? number * 1000 : now + number * 1000)
}

const toIso = (ms: number): string | undefined => (Math.abs(ms) <= lastMoment ? new Date(ms).toISOString() : undefined)
