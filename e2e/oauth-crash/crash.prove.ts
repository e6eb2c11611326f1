// kill -9 of the proxy at every state of a sign-in, for new sources and stored ones, by Airbyte's app and the operator's
// own, under several seeds: each goes on to its end or says why not, nothing is made twice, nothing is left behind.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellsOf, type Kind } from './cells.js'
import { checkWorld, type Faults } from './check-world.js'
import { type CrashWorld, startCrashWorld, type Way } from './crash-world.js'
import { printCaught } from './print-caught.js'
import { type Caught, runRound, withinMs } from './run-round.js'
import { seeded } from './seeded.js'

const seeds = (process.env.OPSAI_SEED ?? '1,2,3').split(',').map(Number)
const ways: Way[] = ['airbyte', 'own app']
const kinds: Kind[] = ['new', 'again']

const caught: Caught[] = []
const faults: Faults[] = []
const worlds: CrashWorld[] = []
beforeAll(async () => {
  for (const way of ways) worlds.push(await startCrashWorld(way))
})
afterAll(async () => {
  for (const world of worlds) await world.close()
  printCaught(caught, faults.length, faults)
})

test.each(seeds)('seed %s: nothing is lost, twice or left behind', async (seed) => {
  await Promise.all(
    worlds.map(async (world) => {
      const random = seeded(seed)
      for (const kind of kinds) {
        const round = await runRound(world, { kind, cells: cellsOf(world.way, kind), roaming: 5, random })
        caught.push(...round)
        faults.push(await checkWorld(world))
        expect(faults.at(-1)).toEqual({ duplicates: 0, orphans: 0, secrets: 0, pending: 0, audit: 0 })
        for (const { cell, outcome, seconds, works } of round) {
          expect([cell, outcome.status === 'completed' ? works : outcome.error?.code]).not.toContain(undefined)
          expect([cell, works]).not.toEqual([cell, false])
          expect(seconds).toBeLessThan(withinMs / 1_000)
        }
      }
    }),
  )
})
