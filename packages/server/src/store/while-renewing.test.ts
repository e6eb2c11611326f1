import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ROW_LEASE, whileRenewing } from './while-renewing.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('renews well within the lease for as long as the work takes, and not after', async () => {
  const renewed: number[] = []
  const began = Date.now()
  const renew = () => {
    renewed.push(Date.now() - began)
    return renewed.length === 2 ? Promise.reject(new Error('the database was away')) : Promise.resolve()
  }
  const work = whileRenewing(renew, () => new Promise((resolve) => setTimeout(resolve, 60_000, 'done')))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await work).toBe('done')

  // Also where one renewal in between fails, none comes later than the lease.
  const leaseMs = Number(/(\d+) seconds/.exec(ROW_LEASE)?.[1]) * 1000
  const kept = [0, ...renewed.filter((_, nth) => nth !== 1), 60_000]
  for (const [nth, at] of kept.slice(1).entries()) expect(at - (kept[nth] ?? 0)).toBeLessThan(leaseMs)

  const times = renewed.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(renewed).toHaveLength(times)
})
