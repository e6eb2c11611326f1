// Everything an attacker may try on a sign-in, at the level where it is real: a victim has a browser of their own, a server
// is asked over HTTP. One world for all, one table at the end.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchChromium } from '../chromium.js'
import { addressAttacks } from './address-attacks.js'
import { type AttackWorld, startAttackWorld } from './attack-world.js'
import { callbackAttacks } from './callback-attacks.js'
import { frameAttacks } from './frame-attacks.js'
import { leakAttacks } from './leak-attacks.js'
import { messageAttacks } from './message-attacks.js'
import { createScoreboard } from './scoreboard.js'
import { scriptAttacks } from './script-attacks.js'
import { secretAttacks } from './secret-attacks.js'
import { victimAttacks } from './victim-attacks.js'

let world: AttackWorld
let browser: Browser
const board = createScoreboard()
beforeAll(async () => {
  world = await startAttackWorld()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
  board.print()
})

callbackAttacks(() => world, board)
secretAttacks(() => world, board)
addressAttacks(() => world, board)
victimAttacks(
  () => world,
  () => browser,
  board,
)
frameAttacks(
  () => world,
  () => browser,
  board,
)
messageAttacks(
  () => world,
  () => browser,
  board,
)
scriptAttacks(
  () => world,
  () => browser,
  board,
)
leakAttacks(
  () => world,
  () => browser,
  board,
)
