// What every story of a sign-in needs, and what it ends in, as the person reads it.
import type { Browser, Page } from 'puppeteer-core'
import { expect } from 'vitest'
import type { BrowserName } from './browsers.js'
import {
  allowAtAcme,
  openApp,
  patienceMs,
  type Person,
  type Place,
  press,
  type Surface,
  windowOpenedBy,
} from './person.js'
import type { Visitor } from './sites.js'
import type { OAuthWorld } from './world.js'

export interface Stage {
  world: OAuthWorld
  browser: Browser
  browserName: BrowserName
  /** A line of the table that is printed at the end. */
  note(what: string, ending: Ending, wayOn: string): void
}

/** How a sign-in stands. */
export interface Ending {
  state: string
  /** All the words of it. */
  said: string
  buttons: string[]
  /** What the host was told: `connected: …`, `failed: denied`. */
  told: string
}

export const open = ({ world, browser }: Stage, setup?: Partial<Visitor>, place?: Place): Promise<Person> =>
  openApp(world, browser, setup, place)

export const readEnding = (app: Surface): Promise<Ending> =>
  app.$eval('[data-part=oauth]', (part) => {
    const read = (element: HTMLElement | null) => (element?.innerText ?? '').replaceAll(/\s+/g, ' ').trim()
    const buttons = [...part.querySelectorAll('button')].map(read)
    const words = [...part.querySelectorAll<HTMLElement>('[role=status], [role=alert], p')]
    const outermost = words.filter((one) => !words.some((other) => other !== one && other.contains(one)))
    return {
      state: part.getAttribute('data-state') ?? '',
      said: outermost.map(read).join(' '),
      buttons,
      told: read(document.querySelector('output[aria-label=Outcome]')),
    }
  })

/** Waits for an ending, and gives the whole of it. */
export async function expectEnding(app: Surface, expected: Partial<Ending>, ms = patienceMs): Promise<Ending> {
  let ending: Ending | undefined
  await expect
    .poll(async () => (ending = await readEnding(app).catch(() => undefined)), { timeout: ms, interval: 100 })
    .toMatchObject(expected)
  if (!ending) throw new Error('there is no sign-in on this page')
  return ending
}

export const idle = { state: 'idle', buttons: ['Sign in to Acme CRM'] }
export const waiting = {
  state: 'awaitingUser',
  said: 'Finish signing in to Acme CRM in the other window.',
  buttons: ['Reopen window', 'Cancel'],
}
export const blocked = {
  state: 'blocked',
  said: 'Your browser blocked the sign-in window Open it with the button below.',
  buttons: ['Open sign-in', 'Continue in this tab', 'Cancel'],
}
export const stillWaiting = {
  state: 'awaitingUser',
  said: 'Finished at Acme CRM? We are still waiting to hear from it.',
  buttons: ['Reopen window', 'Cancel'],
}
export const failed = (code: string, said: string) => ({
  state: 'failed',
  said: `You are not signed in yet ${said}`,
  buttons: ['Try again'],
  told: expect.stringMatching(new RegExp(`failed: ${code}$`)) as string,
})

/** As {@link failed}, where support has to look into it: with the sign-in's own id to find it by. */
export const failedWithReference = (code: string, said: string) => {
  const words = failed(code, said)
  const whole = new RegExp(`^${words.said.replaceAll(/[.?“”()]/g, '\\$&')} Reference [\\w-]{22}$`)
  return { ...words, said: expect.stringMatching(whole) as string }
}

/** The page says so, the host was told, and there are as many sources as sign-ins. */
export async function expectConnected({ world }: Stage, { app, visitor }: Person, sources = 1): Promise<void> {
  await expectEnding(app, {
    state: 'authorized',
    said: 'Signed in to Acme CRM',
    told: expect.stringMatching(/connected: [\w-]+$/) as string,
  })
  expect(await world.countSources(visitor)).toEqual({ atProxy: sources, atAirbyte: sources })
}

export const openWindow = (person: Person, name = 'Sign in to Acme CRM'): Promise<Page> =>
  windowOpenedBy(person, () => press(person.app, name))

/** The whole way, from a button to a source. */
export async function signInBy(stage: Stage, person: Person, name = 'Sign in to Acme CRM'): Promise<void> {
  await allowAtAcme(await openWindow(person, name))
  await expectConnected(stage, person)
}
