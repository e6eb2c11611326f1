import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSessionHolder } from './session-holder.js'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

let serial = 0
const sessionFor = (seconds: number) => ({
  token: `token_${(serial += 1)}`,
  expiresAt: new Date(Date.now() + seconds * 1000).toISOString(),
})

test('many callers at once cost one fetch', async () => {
  const fetchSession = vi.fn(async () => sessionFor(900))
  const holder = createSessionHolder({ fetchSession })
  const sessions = await Promise.all([holder.get(), holder.get(), holder.get()])
  expect(new Set(sessions.map(({ token }) => token)).size).toBe(1)
  expect(fetchSession).toHaveBeenCalledTimes(1)
})

test('a session about to end is not used', async () => {
  const holder = createSessionHolder({ fetchSession: async () => sessionFor(900) })
  const { token } = await holder.get()
  expect(holder.peek()?.token).toBe(token)
  vi.setSystemTime(880_000)
  expect(holder.peek()).toBeUndefined()
  expect((await holder.get()).token).not.toBe(token)
})

test('a refused token is renewed once, however many calls it was refused to', async () => {
  const fetchSession = vi.fn(async () => sessionFor(900))
  const holder = createSessionHolder({ fetchSession })
  const { token } = await holder.get()
  const [first, second] = await Promise.all([holder.renew(token), holder.renew(token)])
  expect(first.token).toBe(second.token)
  expect((await holder.renew(token)).token).toBe(first.token)
  expect(fetchSession).toHaveBeenCalledTimes(2)
})

test('kept fresh, a session is at hand before and after each end', async () => {
  const holder = createSessionHolder({ fetchSession: async () => sessionFor(300) })
  const stop = holder.keepFresh()
  await vi.advanceTimersByTimeAsync(0)
  const seen = new Set<string>()
  for (let minute = 0; minute < 20; minute += 1) {
    const held = holder.peek()
    expect(held).toBeDefined()
    if (held) seen.add(held.token)
    await vi.advanceTimersByTimeAsync(60_000)
  }
  expect(seen.size).toBeGreaterThan(3)
  stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('a host that answers nonsense is told what is expected', async () => {
  const broken = async () => ({ jwt: 'x' }) as never
  await expect(createSessionHolder({ fetchSession: broken }).get()).rejects.toMatchObject({
    code: 'session_expired',
    message: expect.stringContaining('{ token, expiresAt }') as string,
  })
})
