// The same thing more than once: clicks, tabs, reloads, steps back.
import { randomUUID } from 'node:crypto'
import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import {
  allowAtAcme,
  button,
  patienceMs,
  type Person,
  press,
  pressLast,
  signInAtAcme,
  windowOpenedBy,
  read,
} from '../person.js'
import {
  expectConnected,
  expectEnding,
  idle,
  open,
  openWindow,
  readEnding,
  signInBy,
  type Stage,
  stillWaiting,
  waiting,
} from '../stage.js'

/** How many sign-ins a visitor has begun, as their own proxy holds them. */
async function countFlows({ world }: Stage, { visitor }: Person): Promise<number> {
  return (await world.query('SELECT 1 FROM opsai.flows WHERE tenant_id = $1', [visitor.tenantId])).length
}

const isSignIn = (name: string) => button(name)

/** As fast as a hand can, at the very place of the button, whatever has come there meanwhile. */
export async function clicksTwentyTimes(stage: Stage): Promise<void> {
  const person = await open(stage)
  const there = await (await person.app.waitForSelector(isSignIn('Sign in to Acme CRM')))?.clickablePoint()
  if (!there) throw new Error('there is no button')
  const popup = await windowOpenedBy(person, async () => {
    for (let click = 0; click < 20; click++) await person.page.mouse.click(there.x, there.y)
  })
  await signInAtAcme(popup)
  const ending = await expectEnding(person.app, waiting)
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  expect(await countFlows(stage, person)).toBe(1)
  stage.note('20 clicks', ending, 'one window, one flow → connected')
  await person.leave()
}

/** Before the page could draw anything else. */
export async function clicksTwentyTimesAtOnce(stage: Stage): Promise<void> {
  const person = await open(stage)
  await person.app.waitForSelector(isSignIn('Sign in to Acme CRM'))
  const popup = await windowOpenedBy(person, () =>
    person.app.$eval(isSignIn('Sign in to Acme CRM'), (element) => {
      for (let click = 0; click < 20; click++) (element as HTMLElement).click()
    }),
  )
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  expect(await countFlows(stage, person)).toBe(1)
  expect((await person.context.pages()).length).toBe(1)
  stage.note('20 clicks at once', await readEnding(person.app), 'one window, one flow → connected')
  await person.leave()
}

/** Each tab hears of its own sign-in, and not of the other's. */
export async function signsInInTwoTabs(stage: Stage): Promise<void> {
  const person = await open(stage)
  const second = await person.context.newPage()
  second.setDefaultTimeout(patienceMs)
  await second.goto(`${stage.world.sites.app}/`)
  const other: Person = { ...person, page: second, app: second }
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  const otherPopup = await openWindow(other)
  await allowAtAcme(otherPopup)
  await expectConnected(stage, other, 1)
  const ending = await expectEnding(person.app, { state: 'awaitingUser' })
  await allowAtAcme(popup)
  await expectConnected(stage, person, 2)
  expect(await countFlows(stage, person)).toBe(2)
  stage.note('two tabs', ending, 'each with its own → connected')
  await person.leave()
}

async function reload(page: Page): Promise<void> {
  await page.reload()
  await page.waitForSelector('[data-part=oauth]')
}

/** The page that waits is loaded anew while the window stands at each of its places. */
export async function reloadsThePage(stage: Stage): Promise<void> {
  const { sites, airbyte } = stage.world
  for (const [place, gate, match] of [
    ['before the form has arrived', sites.gate, /^POST .*\/oauth\/start$/],
    ['on our first page', sites.gate, /^POST .*\/consent$/],
    ['on the way back', sites.gate, /^GET .*\/oauth\/callback\//],
    ['before the proof', sites.gate, /^POST .*\/confirm$/],
    ['while the source is made', airbyte, /sources\/create|POST .*\/public\/v1\/sources$/],
  ] as const) {
    const person = await open(stage)
    const held = gate.hold(match)
    // A window whose first page is held does not answer the driver before it has one.
    const opening = openWindow(person)
    const early = /oauth|consent/.test(match.source) && !match.source.includes('callback')
    if (!early) await allowAtAcme(await opening)
    await held.arrived
    await reload(person.page)
    const ending = await expectEnding(person.app, {
      state: expect.stringMatching(/awaitingUser|confirming/) as unknown as string,
    })
    held.release()
    if (early) await allowAtAcme(await opening)
    await expectConnected(stage, person)
    expect(await countFlows(stage, person)).toBe(1)
    stage.note(`page reloaded ${place}`, ending, 'it goes on → connected')
    await person.leave()
  }
}

export async function reloadsThePageAtTheProvider(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  await reload(person.page)
  await reload(person.page)
  const ending = await expectEnding(person.app, waiting)
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  await reload(person.page)
  await expectEnding(person.app, idle)
  expect(await countFlows(stage, person)).toBe(1)
  stage.note('page reloaded at the provider', ending, 'it goes on → connected')
  await person.leave()
}

/** Drivers wait for a load here, which a page that the browser has kept in memory does not have. */
async function goBy(popup: Page, steps: -1 | 1): Promise<void> {
  const mark = randomUUID()
  const readMark = () => popup.evaluate(() => document.documentElement.dataset.mark)
  await popup.evaluate((mark) => (document.documentElement.dataset.mark = mark), mark)
  await popup.evaluate((steps) => void setTimeout(() => history.go(steps)), steps)
  await expect.poll(() => readMark().catch(() => mark), { timeout: patienceMs }).not.toBe(mark)
}

/** Firefox asks the person before it posts a page again, and no driver can answer: there, by the button of the page. */
async function postAgain({ browserName, world }: Stage, person: Person, popup: Page): Promise<void> {
  const { seen } = world.sites.gate
  const count = () => seen.filter((asked) => asked.endsWith('/oauth/start')).length
  const before = count()
  if (browserName === 'Chromium') await popup.reload()
  const repeat = async () => {
    // Clicks within a second are one.
    if (browserName === 'Firefox' && count() === before) await press(person.app, 'Reopen window')
    return count()
  }
  await expect.poll(repeat, { timeout: patienceMs, interval: 1_200 }).toBeGreaterThan(before)
}

/** Each page of the window, loaded anew twice and left by "back" twice. */
export async function reloadsTheWindow(stage: Stage): Promise<void> {
  const { gate } = stage.world.sites
  const person = await open(stage)
  const consent = gate.hold(/^POST .*\/consent$/)
  const popup = await openWindow(person)
  await consent.arrived
  for (let time = 0; time < 2; time++) await postAgain(stage, person, popup)
  consent.release()
  await read(popup, 'to continue to')
  for (let time = 0; time < 2; time++) await popup.reload()
  await read(popup, 'to continue to')
  await signInAtAcme(popup)
  for (let time = 0; time < 2; time++) {
    await popup.reload()
    await popup.locator(button('Allow')).wait()
    await goBy(popup, -1)
    await popup.locator(button('Allow')).wait()
    await goBy(popup, 1)
    await popup.locator(button('Allow')).wait()
  }
  const ending = await expectEnding(person.app, waiting)
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  expect(await countFlows(stage, person)).toBe(1)
  stage.note('window reloaded and gone back', ending, 'it goes on → connected')

  // The address it came back by is good for one use, however often it is opened.
  const [, path] = (gate.seen.findLast((asked) => /\/oauth\/callback\//.test(asked)) ?? '').split(' ')
  const again = await person.context.newPage()
  for (let time = 0; time < 2; time++) {
    await again.goto(stage.world.sites.app + path)
    await read(again, 'This sign-in link was already used.')
  }
  await expectConnected(stage, person)
  await person.leave()
}

/** While the person types in it, it is brought to the front and no second one opens. */
export async function reopensTheWindow(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  await expectEnding(person.app, waiting)
  const before = (await person.context.pages()).length
  await press(person.app, 'Reopen window')
  expect((await person.context.pages()).length).toBe(before)
  await pressLast(popup, 'Allow')
  await expectConnected(stage, person)
  stage.note('reopened while it stands', await readEnding(person.app), 'the same window → connected')
  await person.leave()
  await again(stage)
}

/** A window that is gone for good: another one for the same sign-in. */
async function again(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await read(popup, 'to continue to')
  await popup.close()
  const ending = await expectEnding(person.app, stillWaiting)
  await signInBy(stage, person, 'Reopen window')
  expect(await countFlows(stage, person)).toBe(1)
  stage.note('reopened once it is gone', ending, 'another window, one flow → connected')
  await person.leave()
}
