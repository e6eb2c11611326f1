// Where no window opens, or the page gets no hold of it.
import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { allowAtAcme, patienceMs, press, signInAtAcme, windowOpenedBy, read } from '../person.js'
import {
  blocked,
  type Ending,
  expectConnected,
  expectEnding,
  idle,
  open,
  openWindow,
  signInBy,
  type Stage,
  waiting,
} from '../stage.js'

/** The page clicks by itself, as no person did: the browser's own blocker refuses, and says so to the host. */
const clickByItself = async (page: Page) => {
  await page.evaluateOnNewDocument(() => {
    if (window !== window.top || sessionStorage.getItem('clicked')) return
    const timer = setInterval(() => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => /^Sign in to/.test(textContent))
      if (!button) return
      clearInterval(timer)
      sessionStorage.setItem('clicked', 'once')
      button.click()
      void fetch('/told', { method: 'POST', body: `opened ${window.seen?.opened.join()}` })
    }, 50)
  })
}

async function openBlocked(stage: Stage) {
  const { told } = stage.world.sites
  const before = told.length
  const person = await open(stage, {}, { search: { at: 'settings' }, prepare: clickByItself })
  // Asking the page anything would give it a gesture: so it is not asked before it has clicked.
  await expect.poll(() => told.slice(before), { timeout: patienceMs }).toEqual(['opened null'])
  return { person, ending: await expectEnding(person.app, blocked) }
}

export async function opensAtAFreshClick(stage: Stage): Promise<void> {
  const { person, ending } = await openBlocked(stage)
  await signInBy(stage, person, 'Open sign-in')
  stage.note('blocked', ending, 'Open sign-in → connected')
  await person.leave()
}

export async function goesOnInThisTab(stage: Stage): Promise<void> {
  const { person, ending } = await openBlocked(stage)
  await press(person.app, 'Continue in this tab')
  await allowAtAcme(person.page)
  await expectConnected(stage, person)
  expect(await person.context.pages()).toHaveLength(1)
  expect(person.page.url()).toBe(`${stage.world.sites.app}/?at=settings`)
  stage.note('blocked', ending, 'Continue in this tab → connected')
  await person.leave()
}

export async function blockedIsCancelled(stage: Stage): Promise<void> {
  const { person, ending } = await openBlocked(stage)
  await press(person.app, 'Cancel')
  await expectEnding(person.app, idle)
  await signInBy(stage, person)
  stage.note('blocked', ending, 'Cancel → Sign in → connected')
  await person.leave()
}

/** In a frame whose page has COOP, window.open gives null and opens a window all the same. */
export async function isNotTakenForBlocked(stage: Stage): Promise<void> {
  const person = await open(stage, { proxy: 'crossSite' }, { framed: { openerPolicy: 'same-origin' } })
  const unheld = await windowOpenedBy(person, async () => {
    expect(await person.app.evaluate(() => window.open('/airbyte-return') === null)).toBe(true)
  })
  await unheld.close()

  const popup = await openWindow(person)
  await signInAtAcme(popup)
  const ending = await expectEnding(person.app, waiting)
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  stage.note('null, and open', ending, 'it goes on → connected')
  await person.leave()
}

const webview =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0'

/** An app's own browser: the very tab goes to the provider and comes back to where it was. */
export async function staysInTheWebview(stage: Stage): Promise<void> {
  const person = await open(
    stage,
    {},
    {
      search: { show: 'hub', at: 'settings' },
      prepare: async (page) => {
        await page.setUserAgent({ userAgent: webview })
        await page.evaluateOnNewDocument(() => {
          window.open = () => null
        })
      },
    },
  )
  const { page } = person
  await page.locator('::-p-aria([name="Acme CRM"][role="button"])').click()
  await press(page, 'Sign in to Acme CRM')
  await allowAtAcme(page)
  await read(page, 'Choose what to sync')
  expect(await person.context.pages()).toHaveLength(1)
  expect(page.url()).toBe(`${stage.world.sites.app}/?show=hub&at=settings`)
  expect(await stage.world.countSources(person.visitor)).toEqual({ atProxy: 1, atAirbyte: 1 })
  const seen: Ending = { state: 'authorized', said: 'Choose what to sync', buttons: [], told: '' }
  stage.note('webview', seen, 'same tab → connected')
  await person.leave()
}

const away = {
  state: 'away',
  said: 'Finish signing in to Acme CRM in this tab.',
  buttons: ['Continue in this tab', 'Cancel'],
}

/** Sent back by the browser's own button before anything was decided. */
export async function comesBackWithoutAnAnswer(stage: Stage): Promise<void> {
  const person = await open(stage, {}, { search: { signIn: 'redirect' } })
  const { page } = person
  await press(page, 'Sign in to Acme CRM')
  await read(page, 'to continue to')
  await page.goBack()
  const ending = await expectEnding(page, away)
  await press(page, 'Continue in this tab')
  await allowAtAcme(page)
  await expectConnected(stage, person)
  stage.note('same tab, gone back', ending, 'Continue in this tab → connected')
  await person.leave()
}
