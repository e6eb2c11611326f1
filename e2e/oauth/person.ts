// Somebody at a browser: presses what has a role and a name, reads what is on the page, has windows open before them.
import type { Browser, BrowserContext, Frame, Page, Target } from 'puppeteer-core'
import { expect } from 'vitest'
import type { OAuthWorld } from './world.js'
import type { Visitor } from './sites.js'

/** For one step, on a machine that may be busy with others. */
export const patienceMs = 30_000

/** A page, or the part of one in a frame. */
export type Surface = Page | Frame

export interface Person {
  context: BrowserContext
  visitor: Visitor
  ticket: string
  /** The window the app is in. */
  page: Page
  /** The app in it: the page itself, or a frame of it. */
  app: Surface
  leave(): Promise<void>
}

/** Where the app is shown. */
export interface Place {
  /** In a frame of another company's portal; its sandbox, where it has one. */
  framed?: { sandbox?: string; openerPolicy?: Visitor['openerPolicy'] }
  /** What the app's page is asked for, such as `?show=hub`. */
  search?: Record<string, string>
  /** What is done to the window before it opens anything. */
  prepare?(page: Page): Promise<void>
}

/** Opens the app, signed in at the host, with cookies and storage of their own. */
export async function openApp(
  world: OAuthWorld,
  browser: Browser,
  setup: Partial<Visitor> = {},
  { framed, search = {}, prepare }: Place = {},
): Promise<Person> {
  const { sites } = world
  const { visitor, ticket } = world.newVisitor(setup)
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  await prepare?.(page)
  const path = `/?${new URLSearchParams(search)}`
  await page.goto(`${sites.app}/sign-in?${new URLSearchParams({ ticket, next: framed ? '/airbyte-return' : path })}`)
  if (framed) {
    const frame = `/?${new URLSearchParams({ ...search, ticket })}`
    await page.goto(`${sites.portal}/?${new URLSearchParams({ ...framed, frame })}`)
  }
  const app = framed ? await page.waitForFrame((frame) => frame.url().startsWith(sites.app)) : page
  return { context, visitor, ticket, page, app, leave: () => context.close() }
}

export const button = (name: string): string => `::-p-aria([name="${name}"][role="button"])`

/** Presses a button, by its name, in the window they have before them. */
export async function press(surface: Surface, name: string): Promise<void> {
  // A tab behind another one draws nothing and takes no click.
  await ('page' in surface ? surface.page() : surface).bringToFront()
  await surface.locator(button(name)).setTimeout(patienceMs).click()
}

/** Types into a field, by its label. */
export async function fill(surface: Surface, label: string, value: string): Promise<void> {
  const labelled = `::-p-xpath(//input[@id = //label[normalize-space() = "${label}"]/@for])`
  await surface.locator(labelled).setTimeout(patienceMs).fill(value)
}

/** Waits for words on a page; what else stands there is part of the error. */
export async function read(surface: Surface, words: string): Promise<void> {
  const readAll = () => surface.evaluate(() => document.body.innerText.replaceAll(/\s+/g, ' ')).catch(String)
  await expect.poll(readAll, { timeout: patienceMs }).toContain(words)
}

/** Waits for the sign-in to be in a state. */
export async function waitForState(surface: Surface, state: string, timeout = patienceMs): Promise<void> {
  await surface.waitForSelector(`[data-part=oauth][data-state=${state}]`, { timeout })
}

/** The window that opens while something is done. */
export async function windowOpenedBy(person: Person, act: () => Promise<void>): Promise<Page> {
  const { context } = person
  const opened = new Promise<Page>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no window opened')), patienceMs)
    const onTarget = (target: Target) => {
      if (target.type() !== 'page') return
      clearTimeout(late)
      context.off('targetcreated', onTarget)
      target.page().then((page) => (page ? resolve(page) : reject(new Error('a window without a page'))), reject)
    }
    context.on('targetcreated', onTarget)
  })
  const [window] = await Promise.all([opened, act()])
  window.setDefaultTimeout(patienceMs)
  return window
}

/** Goes as far as Acme CRM's question; who they are has to be typed only once. */
export async function signInAtAcme(window: Page): Promise<void> {
  const either = '::-p-xpath(//button[normalize-space() = "Allow" or normalize-space() = "Sign in"])'
  await window.locator(either).setTimeout(patienceMs).wait()
  if (await window.$(button('Allow'))) return
  await fill(window, 'Email', 'ada@acme.test')
  await fill(window, 'Password', 'analytical-engine')
  await press(window, 'Sign in')
  await window.locator(button('Allow')).setTimeout(patienceMs).wait()
}

/** Signs in, and allows what is asked. */
export async function allowAtAcme(window: Page): Promise<void> {
  await signInAtAcme(window)
  await pressLast(window, 'Allow')
}

/** Presses a button that ends with the window closing itself. */
export async function pressLast(window: Page, name: string): Promise<void> {
  await press(window, name).catch((error: unknown) => {
    if (!window.isClosed()) throw error
  })
}

export async function hasClosed(window: Page, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end && !window.isClosed(); await pause(50));
  return window.isClosed()
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
