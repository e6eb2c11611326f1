import { expect, it, vi } from 'vitest'
import { createRounds } from './rounds.js'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

it('looks once more for whoever asks during a look, and never twice at once', async () => {
  let now = 0
  let most = 0
  const look = vi.fn(async () => {
    most = Math.max(most, ++now)
    await pause(10)
    now--
  })
  const rounds = createRounds({ look, onFailure: () => {}, pollMs: 60_000 })
  rounds.wake()
  expect(look).not.toHaveBeenCalled() // not before the start
  rounds.start()
  for (let asked = 0; asked < 5; asked++) rounds.wake()
  await pause(80)
  expect(look).toHaveBeenCalledTimes(2)
  expect(most).toBe(1)
  await rounds.stop()
})

it('goes on after a look that failed, and tells of it', async () => {
  const onFailure = vi.fn()
  const rounds = createRounds({ look: () => Promise.reject(new Error('no database')), onFailure, pollMs: 5 })
  rounds.start()
  await vi.waitFor(() => expect(onFailure.mock.calls.length).toBeGreaterThan(2))
  await rounds.stop()
})

it('stops when the look under way is over, and looks no more', async () => {
  let finished = 0
  const rounds = createRounds({ look: () => pause(30).then(() => void finished++), onFailure: () => {}, pollMs: 5 })
  rounds.start()
  await rounds.stop()
  expect([finished, rounds.isStopped()]).toEqual([1, true])
  rounds.wake()
  await pause(30)
  expect(finished).toBe(1)
})
