// The whole job in a real browser, by role and text, as a person would do it; a picture of every step.
import { mkdir } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'
import { launchChromium } from './chromium.js'
import { findViolations } from './find-violations.js'
import { type Stack, startStack } from './stack.js'

const pictures = new URL('../.opsai/screenshots/', import.meta.url).pathname

let stack: Stack
let browser: Browser
beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  stack = await startStack({ port: 4560 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

/** A page, and whatever went wrong on it. */
interface Watched {
  page: Page
  trouble: string[]
}

async function openApp(context: BrowserContext): Promise<Watched> {
  const watched: Watched = { page: await context.newPage(), trouble: [] }
  const { page, trouble } = watched
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
  onTestFailed(async () => void (await page.screenshot({ path: `${pictures}failed.png`, fullPage: true })))
  await page.goto(stack.url)
  return watched
}

/** Forms and what stands beside them, where axe must find nothing. */
const isFormStep = (name: string): boolean => /form|test-failed|edit|leave|password/.test(name)

/** The same step at 1280 and 390 px, light and dark. */
async function picture(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: `${pictures}${name}-${width}-${colorScheme}.png`, fullPage: true })
      if (isFormStep(name)) expect(await findViolations(page), `${name} at ${width}px, ${colorScheme}`).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `${name} at ${width}px scrolls sideways`).toBeLessThanOrEqual(0)
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}

async function fillPostgres(page: Page, password: string): Promise<void> {
  await page.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Port', { exact: true }).fill(String(stack.port + 3))
  await page.getByLabel('Database', { exact: true }).fill('shop')
  await page.getByLabel('Username', { exact: true }).fill('reader')
  await page.getByLabel('Password', { exact: true }).fill(password)
}

test('Ada connects PostgreSQL and Acme CRM, and finishes with both', async () => {
  const { customerPassword } = await stack.keys()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const { page, trouble } = await openApp(context)

  // Choose.
  await page.getByRole('heading', { name: 'Recommended for you' }).waitFor()
  await picture(page, '01-choose')
  await page.getByRole('searchbox', { name: 'Search connectors' }).fill('postgres')
  await page.getByRole('button', { name: 'PostgreSQL', exact: true }).first().click()

  // Connect, first with a wrong password.
  await page.getByRole('heading', { name: 'Connect PostgreSQL' }).waitFor()
  await page.getByRole('button', { name: 'Test and connect' }).waitFor()
  await page.getByRole('complementary', { name: 'Setup guide' }).getByRole('heading', { name: 'Fields' }).waitFor()
  await picture(page, '02-form')
  await fillPostgres(page, 'wrong')
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await page.getByText('The test failed').waitFor()
  await picture(page, '03-test-failed')
  const password = page.getByLabel('Password', { exact: true })
  expect(await password.getAttribute('aria-invalid')).toBe('true')
  await password.fill(customerPassword)
  await page.getByRole('button', { name: /^Test/ }).click()

  // Streams and sample rows.
  await page.getByRole('heading', { name: 'Choose what to sync' }).waitFor()
  await page.getByRole('button', { name: 'Preview events' }).click()
  await page.getByText('Real rows from your source').waitFor()
  const sample = page.getByRole('table', { name: /Sample rows of events/ })
  expect(await sample.getByRole('row').count()).toBeGreaterThan(20)
  await picture(page, '04-streams')
  await page.getByRole('button', { name: /^Sync \d+ streams/ }).click()

  // Sync, with progress, to the end.
  await page.getByRole('heading', { name: /Syncing/ }).waitFor()
  await picture(page, '05-syncing')
  await page.getByRole('heading', { name: /is connected/ }).waitFor({ timeout: 120_000 })
  await picture(page, '06-done')
  await page.getByRole('button', { name: 'Connect another' }).click()

  // Acme CRM: denied first, then allowed.
  await page.getByRole('searchbox', { name: 'Search connectors' }).fill('acme')
  await page.getByRole('button', { name: 'Acme CRM', exact: true }).first().click()
  await page.getByRole('button', { name: 'Sign in to Acme CRM' }).waitFor()
  await picture(page, '07-sign-in')
  const denied = await openPopup(page, 'Sign in to Acme CRM')
  await signInAtAcme(denied)
  await picture(denied, '08-consent')
  await denied.getByRole('button', { name: 'Deny' }).click()
  await closedByItself(denied)
  await page.getByText('You chose not to give access. Nothing was connected.').waitFor()
  await picture(page, '09-denied')

  const allowed = await openPopup(page, /Try again|Sign in to Acme CRM/)
  await signInAtAcme(allowed)
  await allowed.getByRole('button', { name: 'Allow' }).click()
  await closedByItself(allowed)
  await page.getByRole('heading', { name: 'Choose what to sync' }).waitFor()
  await page.getByRole('button', { name: 'Preview companies' }).click()
  await page.getByText('Real rows from your source').waitFor()
  await picture(page, '10-acme-streams')
  await page.getByRole('button', { name: /^Sync \d+ streams/ }).click()
  await page.getByRole('heading', { name: /is connected/ }).waitFor({ timeout: 180_000 })

  // Done: the host hears of it once, with both.
  await page.getByRole('button', { name: 'Finish' }).dblclick()
  await page.getByText('2 integrations ready.').waitFor()
  await picture(page, '11-finished')
  await page.getByRole('button', { name: 'See your app' }).click()
  const env = await page.getByLabel('.env').textContent()
  expect(env).toContain('POSTGRES_ENABLED=true')
  expect(env).toContain('ACME_CRM_ENABLED=true')
  await picture(page, '12-env')

  expect(trouble).toEqual([])
  await context.close()
})

test('Ada edits PostgreSQL: what is wrong is named at its field, what is right is saved, the password stays', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const { page, trouble } = await openApp(context)
  await page.getByRole('button', { name: 'Manage PostgreSQL' }).click()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('heading', { name: 'Edit PostgreSQL' }).waitFor()
  const database = page.getByLabel('Database', { exact: true })
  expect(await database.inputValue()).toBe('shop')
  await page.getByRole('button', { name: 'Replace Password' }).waitFor()
  // The guide is there, and speaks of the field that has the focus.
  const guide = page.getByRole('complementary', { name: 'Setup guide' })
  await database.focus()
  await expect.poll(() => guide.locator('[data-state=current]').textContent()).toContain('Database')
  await picture(page, '13-edit')

  // A wrong value: tested with the stored password, not stored.
  await database.fill('nowhere')
  await page.getByRole('button', { name: 'Test and save' }).click()
  await page.getByText('The test failed').waitFor()
  expect(await database.getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => database.evaluate((element) => element === document.activeElement)).toBe(true)
  await picture(page, '14-edit-refused')

  // Leaving would lose it.
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await page.getByRole('dialog', { name: 'Discard changes?' }).waitFor()
  await picture(page, '14-leave')
  await page.getByRole('button', { name: 'Keep editing' }).click()

  // Another address gets no stored secret: the password has to be typed again.
  expect(trouble).toEqual([])
  await database.fill('shop')
  const host = page.getByLabel('Host', { exact: true })
  await host.fill('localhost')
  await page.getByRole('button', { name: 'Test and save' }).click()
  const password = page.locator('[data-part=field][data-path=password]')
  await password.getByText(/^Type this secret again/).waitFor()
  await picture(page, '15-password-needed')
  // The browser's own words on a refused request.
  expect(trouble.splice(0)).toEqual([expect.stringContaining('status of 400')])

  await host.fill('127.0.0.1')
  await page.getByLabel('Name', { exact: true }).fill('Shop database')
  await page.getByLabel('SSL mode', { exact: true }).selectOption('disable')
  await page.getByRole('button', { name: 'Test and save' }).click()
  await page.getByText('Shop database is updated.').waitFor()
  await picture(page, '16-updated')

  // It still syncs: the password is the one that was typed long ago.
  await page.getByRole('button', { name: 'Manage Shop database' }).click()
  await page.getByRole('button', { name: 'Sync now' }).click()
  await page.getByRole('heading', { name: /is connected/ }).waitFor({ timeout: 120_000 })
  expect(trouble).toEqual([])
  await context.close()
})

test('Grace, of another company, sees nothing of it', async () => {
  const context = await browser.newContext()
  const { page } = await openApp(context)
  const connected = page.getByRole('button', { name: /^Manage/ })
  await expect.poll(() => connected.count()).toBe(2)

  const hers = page.waitForResponse((response) => response.url().endsWith('/connected-sources'))
  await page.getByLabel('Signed in as').selectOption({ label: 'Grace Hopper · Globex' })
  expect(await (await hers).json()).toEqual({ sources: [] })
  await page.getByRole('heading', { name: 'Recommended for you' }).waitFor()
  expect(await connected.count()).toBe(0)
  await context.close()
})

test('the whole of PostgreSQL by keyboard alone', async () => {
  const { customerPassword } = await stack.keys()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const { page } = await openApp(context)
  await page.getByLabel('Signed in as').selectOption({ label: 'Grace Hopper · Globex' })
  await page.getByRole('heading', { name: 'Recommended for you' }).waitFor()

  await tabTo(page, 'Search connectors')
  await page.keyboard.type('postgres')
  await page.getByRole('button', { name: 'PostgreSQL', exact: true }).first().waitFor()
  await tabTo(page, 'PostgreSQL')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Connect PostgreSQL' }).waitFor()
  for (const [label, value] of [
    ['Host', '127.0.0.1'],
    ['Port', String(stack.port + 3)],
    ['Database', 'shop'],
    ['Username', 'reader'],
    ['Password', customerPassword],
  ] as const) {
    await tabTo(page, label)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(value)
  }
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Choose what to sync' }).waitFor()
  await tabTo(page, /^Sync \d+ streams/)
  await page.keyboard.press('Space')
  await page.getByRole('heading', { name: /is connected/ }).waitFor({ timeout: 120_000 })
  await tabTo(page, 'Finish')
  await page.keyboard.press('Enter')
  await page.getByText('1 integration ready.').waitFor()
  await context.close()
})

async function openPopup(page: Page, button: string | RegExp): Promise<Page> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: button }).first().click(),
  ])
  return popup
}

async function signInAtAcme(popup: Page): Promise<void> {
  const consent = popup.getByRole('button', { name: 'Allow' })
  const password = popup.getByLabel('Password')
  await consent.or(password).first().waitFor()
  if (await consent.isVisible()) return
  await popup.getByLabel('Email').fill('ada@acme.test')
  await password.fill('analytical-engine')
  await popup.getByRole('button', { name: 'Sign in' }).click()
  await consent.waitFor()
}

const closedByItself = (popup: Page) =>
  popup.isClosed() ? Promise.resolve() : popup.waitForEvent('close', { timeout: 15_000 })

/** Presses Tab until the element so named has focus: whatever can't be reached so is not reachable. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return ''
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
      return (element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent ?? '').trim()
    })
    if (typeof name === 'string' ? focused === name || focused.startsWith(`${name} `) : name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no amount of Tab reaches ${name}`)
}
