// kill -9 of the proxy at every state of a sign-in, for new sources and stored ones, by Airbyte's app and the operator's
// own, under several seeds: each goes on to its end or says why not, nothing is made twice, nothing is left behind.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellsOf, type Kind } from './cells.js'
import type { Faults } from './check-world.js'
import { type CrashWorld, startCrashWorld, type Way } from './crash-world.js'
import { expectRound } from './expect-round.js'
import { printCaught } from './print-caught.js'
import { type Caught, runRound } from './run-round.js'
import { seeded } from './seeded.js'
import { goOn, newSignIn } from './sign-in.js'

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
  printCaught(caught, faults)
})

test.each(seeds)('seed %s: nothing is lost, twice or left behind', async (seed) => {
  await Promise.all(
    worlds.map(async (world) => {
      const random = seeded(seed)
      for (const kind of kinds) {
        const round = await runRound(world, { kind, cells: cellsOf(world.way, kind), roaming: 5, random })
        caught.push(...round)
        faults.push(await expectRound(world, round))
      }
    }),
  )
})

test('a provider that takes long is not taken for a proxy that died', async () => {
  const [world] = worlds
  if (!world) throw new Error('there is no world')
  world.control.behave({ decision: 'allow', tokenDelayMs: 14_000 })
  const { status } = await goOn(newSignIn(world, await world.newOwner()), 60_000)
  world.control.behave({ decision: 'allow' })
  expect(status).toBe('completed')
})
