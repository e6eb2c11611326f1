// One cell of the matrix: somebody presses the button, signs in at Acme CRM and allows. What came of it, and what the
// browser let the page know meanwhile.
import type { Browser } from 'puppeteer-core'
import type { Cell } from './cells.js'
import type { Seen } from './host/probe.js'
import {
  hasClosed,
  openApp,
  type Person,
  press,
  pressLast,
  signInAtAcme,
  waitForState,
  windowOpenedBy,
} from './person.js'
import type { OAuthWorld } from './world.js'

/** `off`: the page may not read the flow before a hint arrives. */
export type Polling = 'on' | 'off'

export interface CellResult {
  /** What the page says at the end: `authorized`, or what it still was. */
  state: string
  sources: { atProxy: number; atAirbyte: number }
  /** From "Allow" to the page's "connected"; nothing where it never said so. */
  ms: number | undefined
  /** What window.open gave; in a frame the form opens the window itself. */
  opened: Seen['opened'][number] | 'not called'
  /** What the window's handle said while it was at the provider. */
  closedWhileOpen: boolean | undefined
  hints: Seen['hints']
  closedItself: boolean
}

export const isCompleted = ({ state, sources }: CellResult): boolean =>
  state === 'authorized' && sources.atProxy === 1 && sources.atAirbyte === 1

/** How long a page without polls gets to hear of what the proxy knows already. */
const graceMs = 2_000

export async function runCell(
  world: OAuthWorld,
  browser: Browser,
  cell: Cell,
  polling: Polling = 'on',
): Promise<CellResult> {
  world.acme.control.behave({ openerPolicy: cell.provider })
  const person = await openCell(world, browser, cell, polling)
  try {
    return await signIn(world, person, polling)
  } finally {
    await person.leave()
    world.acme.control.reset()
  }
}

function openCell(world: OAuthWorld, browser: Browser, { topology, host }: Cell, polling: Polling): Promise<Person> {
  const isFramed = topology === 'hub in a cross-site frame'
  return openApp(
    world,
    browser,
    { proxy: topology === 'callback same-origin' ? 'sameOrigin' : 'crossSite', openerPolicy: host },
    { search: { polling }, ...(isFramed && { framed: { openerPolicy: host } }) },
  )
}

async function signIn(world: OAuthWorld, person: Person, polling: Polling): Promise<CellResult> {
  const { app, visitor } = person
  const popup = await windowOpenedBy(person, () => press(app, 'Sign in to Acme CRM'))
  await signInAtAcme(popup)
  const closedWhileOpen = await app.evaluate(() => window.seen?.isClosed())
  const allowedAt = Date.now()
  await pressLast(popup, 'Allow')
  if (polling === 'on') await waitForState(app, 'authorized')
  else await waitForSource(world, person)
  const closedItself = await hasClosed(popup, graceMs)
  const {
    opened = [],
    hints = [],
    connected = [],
  } = await app.evaluate(() => ({
    opened: window.seen?.opened,
    hints: window.seen?.hints,
    connected: window.seen?.connected,
  }))
  return {
    state: await app.$eval('[data-part=oauth]', (part) => part.getAttribute('data-state') ?? ''),
    sources: await world.countSources(visitor),
    ms: connected[0] === undefined ? undefined : connected[0] - allowedAt,
    opened: opened[0] ?? 'not called',
    closedWhileOpen,
    hints,
    closedItself,
  }
}

/** The proxy has made it; the page gets a while to notice. */
async function waitForSource(world: OAuthWorld, { visitor }: Person): Promise<void> {
  for (const end = Date.now() + 30_000; (await world.countSources(visitor)).atProxy === 0; await pause(200))
    if (Date.now() > end) throw new Error('no source was made')
  await pause(graceMs)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
