/**
 * Promises by key for a time; a failed one is asked again.
 *
 * @param forMs how long an answer is good for, in milliseconds
 * @param most how many are kept: beyond that all are forgotten
 */
export function createMemory<T>(forMs: number, now: () => Date, most = 5_000) {
  const kept = new Map<string, { until: number; value: Promise<T> }>()
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const at = now().getTime()
    const hit = kept.get(key)
    if (hit && hit.until > at) return hit.value
    if (kept.size >= most) kept.clear()
    const value = make()
    kept.set(key, { until: at + forMs, value })
    value.catch(() => kept.delete(key))
    return value
  }
}
