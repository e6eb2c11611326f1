// kill -9 of the proxy in the middle of sign-ins, at the three states that `npm test` has time for; prove does all.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellsOf } from './cells.js'
import { type CrashWorld, startCrashWorld } from './crash-world.js'
import { expectRound } from './expect-round.js'
import { printCaught } from './print-caught.js'
import { runRound } from './run-round.js'
import { seeded } from './seeded.js'

const chosen = ['confirmed', 'returned, its answer lost', 'callback, before the exchange']

let world: CrashWorld
beforeAll(async () => void (world = await startCrashWorld('airbyte')))
afterAll(() => world?.close())

test.skipIf(process.env.OPSAI_PROVE === '1')(
  'a killed proxy leaves no sign-in hanging, and no source twice',
  async () => {
    const cells = cellsOf('airbyte', 'new').filter(({ name }) => chosen.includes(name))
    expect(cells).toHaveLength(chosen.length)
    const round = await runRound(world, { kind: 'new', cells, roaming: 0, random: seeded(1) })
    printCaught(round, [await expectRound(world, round)])
    expect(round.map(({ outcome }) => outcome.status).sort()).toEqual(['completed', 'completed', 'failed'])
  },
)
