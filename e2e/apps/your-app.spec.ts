// The page "Your app" of the demo in a real browser, in every state an app can be in.
import { DeployError } from '@opsai/apps/deploy'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../chromium.js'
import { openSession } from '../proxy-api.js'
import { picture } from './picture.js'
import { type SmallHost, startSmallHost } from './small-host.js'

let host: SmallHost
let browser: Browser
let page: Page
const trouble: string[] = []
beforeAll(async () => {
  host = await startSmallHost()
  browser = await launchChromium()
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})

const card = (state: string) => page.locator(`.app-card[data-state=${state}]`)
const link = () => page.getByRole('link', { name: 'Open your app' })
const session = () => openSession(host.url, host.hostKey, 'northwind')
let sourceId: string

async function openApp(): Promise<string> {
  const [app] = await Promise.all([page.waitForEvent('popup'), link().click()])
  await app.waitForLoadState()
  const text = await app.content()
  await app.close()
  return text
}

test('none yet: one button makes it', async () => {
  const { api } = await session()
  const configuration = { count: 20 }
  const source = { tenantId: 'northwind', sourceType: 'sample-data', name: 'Try out', configuration }
  const made = await api('createSource', { body: source })
  sourceId = 'sourceId' in made ? made.sourceId : ''
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' as const }]
  await api('createConnection', { body: { sourceId, name: 'Try out', streams } })
  await page.goto(`${host.url}/app`)
  await card('none').waitFor()
  await picture(page, 'none')
})

test('while it is made the page says how far it is; then it can be opened', async () => {
  let finish = () => {}
  host.deployer.instead = () => new Promise((resolve) => (finish = resolve))
  await page.getByRole('button', { name: 'Make my app' }).click()
  await card('deploying').waitFor()
  await page.locator('.stages [aria-current=step]', { hasText: 'Build' }).waitFor()
  expect(await link().count()).toBe(0)
  await picture(page, 'deploying')
  host.deployer.instead = undefined
  finish()
  await card('running').waitFor()
  await picture(page, 'running')
  expect(await openApp()).toContain('Try out')
})

test('one that fails says why and what to do, what ran goes on, and it can be tried again', async () => {
  host.deployer.instead = () =>
    Promise.reject(
      new DeployError(
        'building',
        'Building the app failed: app/page.tsx does not compile.',
        'Mend it, then try again.',
        false,
      ),
    )
  const { api } = await session()
  await api('updateSource', { params: { sourceId }, body: { name: 'Renamed' } })
  await api('createConnection', {
    body: { sourceId, name: 'More', streams: [{ name: 'products', syncMode: 'full_refresh_overwrite' }] },
  })
  await card('failed').waitFor({ timeout: 30_000 })
  await page.getByRole('alert').getByText('app/page.tsx does not compile').waitFor()
  await picture(page, 'failed')
  expect(await openApp(), 'the former one').not.toContain('More')
  host.deployer.instead = undefined
  await page.getByRole('button', { name: 'Try again' }).click()
  await card('running').waitFor({ timeout: 30_000 })
  expect(await openApp()).toContain('More')
})

test('what is taken away is gone from it', async () => {
  const { api } = await session()
  const before = host.deployer.done()
  await api('deleteSource', { params: { sourceId } })
  await expect.poll(() => host.deployer.done(), { timeout: 30_000 }).toBe(before + 1)
  await card('running').waitFor()
  expect(await openApp()).not.toContain('SAMPLE_DATA_ENABLED')
})

test('no page ever had the host’s key, and none met an error', async () => {
  const sent = host.asked.map((request) => JSON.stringify([request.url, [...request.headers]])).join('')
  expect(sent).not.toContain(host.hostKey)
  expect(await page.content()).not.toContain(host.hostKey)
  expect(trouble).toEqual([])
})
