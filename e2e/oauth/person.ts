// Somebody at a browser: presses what has a role and a name, reads what is on the page, has windows open before them.
import type { Browser, BrowserContext, Frame, Page, Target } from 'puppeteer-core'
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
}

/** Opens the app, signed in at the host, with cookies and storage of their own. */
export async function openApp(
  world: OAuthWorld,
  browser: Browser,
  setup: Partial<Visitor> = {},
  { framed, search = {} }: Place = {},
): Promise<Person> {
  const { sites } = world
  const { visitor, ticket } = world.newVisitor(setup)
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
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

/** Presses a button, by its name. */
export async function press(surface: Surface, name: string): Promise<void> {
  await surface.locator(button(name)).setTimeout(patienceMs).click()
}

/** Types into a field, by its label. */
export async function fill(surface: Surface, label: string, value: string): Promise<void> {
  const labelled = `::-p-xpath(//input[@id = //label[normalize-space() = "${label}"]/@for])`
  await surface.locator(labelled).setTimeout(patienceMs).fill(value)
}

/** Waits for a text that can be seen. */
export async function read(surface: Surface, text: string): Promise<void> {
  await surface.locator(`::-p-text(${text})`).setTimeout(patienceMs).wait()
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

/** Types at Acme CRM who they are; the consent page is there afterwards. */
export async function signInAtAcme(window: Page): Promise<void> {
  await fill(window, 'Email', 'ada@acme.test')
  await fill(window, 'Password', 'analytical-engine')
  await press(window, 'Sign in')
  await window.locator(button('Allow')).setTimeout(patienceMs).wait()
}

/** Presses a button that ends with the window closing itself. */
export async function pressLast(window: Page, name: string): Promise<void> {
  await press(window, name).catch((error: unknown) => {
    if (!window.isClosed()) throw error
  })
}

export async function hasClosed(window: Page, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (window.isClosed()) return true
  }
  return window.isClosed()
}
