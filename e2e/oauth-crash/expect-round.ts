import { expect } from 'vitest'
import { checkWorld, type Faults } from './check-world.js'
import type { CrashWorld } from './crash-world.js'
import { type Caught, withinMs } from './run-round.js'

/** Every sign-in has ended in time, with a source that works or a code that says why not; and nothing else is left. */
export async function expectRound(world: CrashWorld, round: Caught[]): Promise<Faults> {
  const faults = await checkWorld(world)
  expect(faults).toEqual({ duplicates: 0, orphans: 0, secrets: 0, pending: 0, audit: 0 })
  for (const { cell, outcome, seconds, works } of round) {
    const isSettled = outcome.status === 'completed' ? works : outcome.error !== undefined
    expect([cell, outcome.status, isSettled]).toEqual([cell, outcome.status, true])
    expect(seconds).toBeLessThan(withinMs / 1_000)
  }
  return faults
}
