/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3). Nothing where it is absent or garbage. */
export function readRetryAfter(headers: Headers, now = Date.now()): number | undefined {
  const said = headers.get('retry-after')?.trim()
  if (!said) return undefined
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1_000
  const at = /[a-z]{3}/i.test(said) ? Date.parse(said) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
