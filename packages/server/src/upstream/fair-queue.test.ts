import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { createFairQueue } from './fair-queue.js'

/** Lets `names` in one after another and says in which order they got there. */
async function order(queue: ReturnType<typeof createFairQueue>, names: readonly string[]): Promise<string> {
  const seen: string[] = []
  await Promise.all(
    names.map(async (name) => {
      const leave = await queue.enter(name)
      seen.push(name)
      await sleep(1)
      leave()
    }),
  )
  return seen.join('')
}

test('lines take turns: a long one delays the others by one call each', async () => {
  expect(await order(createFairQueue({ concurrency: 1, perTenant: 1 }), [...'aaaaaabbc'])).toBe('aabcabaaa')
})

test('nobody has more at once than their share, nor all together than there is', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }),
      fc.integer({ min: 1, max: 6 }),
      async (names, concurrency) => {
        const queue = createFairQueue({ concurrency, perTenant: 2 })
        const now = new Map<string, number>()
        let total = 0
        await Promise.all(
          names.map(async (name) => {
            const leave = await queue.enter(name)
            now.set(name, (now.get(name) ?? 0) + 1)
            total += 1
            expect(now.get(name)).toBeLessThanOrEqual(2)
            expect(total).toBeLessThanOrEqual(concurrency)
            await Promise.resolve()
            now.set(name, (now.get(name) ?? 0) - 1)
            total -= 1
            leave()
            leave()
          }),
        )
        expect(queue.isIdle()).toBe(true)
      },
    ),
    { numRuns: 50 },
  ))

test('a line that is too long is refused, and only that one', async () => {
  const queue = createFairQueue({ concurrency: 1, perTenant: 1, maxWaiting: 2 })
  const leave = await queue.enter('a')
  const waiting = [queue.enter('a'), queue.enter('a')]
  await expect(queue.enter('a')).rejects.toMatchObject({ reason: 'full' })
  const other = queue.enter('b')
  leave()
  for (const one of [waiting[0], other, waiting[1]]) (await one)?.()
})

test('who gives up leaves the line', async () => {
  const queue = createFairQueue({ concurrency: 1, perTenant: 1 })
  const leave = await queue.enter('a')
  const gone = new AbortController()
  const given = queue.enter('a', gone.signal)
  gone.abort(new Error('enough'))
  await expect(given).rejects.toThrow('enough')
  leave()
  expect(queue.isIdle()).toBe(true)
})

describe('a pause', () => {
  test('holds everybody up, and then they take turns as before', async () => {
    const queue = createFairQueue({ concurrency: 1, perTenant: 1 })
    queue.pause(50)
    const started = performance.now()
    expect(await order(queue, [...'aaab'])).toBe('abaa')
    expect(performance.now() - started).toBeGreaterThanOrEqual(49)
  })

  test('is followed by one at a time, until somebody says it is over', async () => {
    const queue = createFairQueue({ concurrency: 5, perTenant: 5 })
    queue.pause(20)
    const leave = await queue.enter('a')
    const others = ['b', 'c'].map((tenant) => queue.enter(tenant))
    expect(await Promise.race([others[0], sleep(50, 'waiting')])).toBe('waiting')
    queue.resume()
    expect(await Promise.all(others)).toHaveLength(2)
    leave()
  })
})

test('who waits too long is told so', async () => {
  const queue = createFairQueue({ concurrency: 1, perTenant: 1, waitMs: 30 })
  const leave = await queue.enter('a')
  await expect(queue.enter('b')).rejects.toMatchObject({ reason: 'waited' })
  leave()
  expect(queue.isIdle()).toBe(true)
})

test('starts keep to the pace', async () => {
  const queue = createFairQueue({ concurrency: 100, perTenant: 100, requestsPerSecond: 100 })
  const started = performance.now()
  await order(
    queue,
    Array.from({ length: 120 }, (_, index) => 'ab'[index % 2] ?? ''),
  )
  // A second's worth at once, the other twenty 10 ms apart.
  expect(performance.now() - started).toBeGreaterThanOrEqual(190)
})
