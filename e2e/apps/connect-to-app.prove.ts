// From two tools to an app of one's own, as `npm start` runs it: connected, synced, generated, built, deployed, opened; and
// made anew when a tool goes.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'dotenv'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../chromium.js'
import { openSession } from '../proxy-api.js'
import { type Stack, startStack } from '../stack.js'
import { connectAcme, connectPostgres, disconnect } from './connect.js'
import { picture } from './picture.js'

const MINUTES = 60_000

let stack: Stack
let browser: Browser
let page: Page
const seconds: Record<string, number> = {}
beforeAll(async () => {
  stack = await startStack({ port: 4700, apps: 'local' })
  browser = await launchChromium()
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(stack.url)
})
afterAll(async () => {
  console.log(`seconds: ${JSON.stringify(seconds)}`)
  await browser?.close()
  await stack?.stop()
})

const timed = async <T>(name: string, work: Promise<T>): Promise<T> => {
  const began = Date.now()
  const done = await work
  seconds[name] = Math.round((Date.now() - began) / 100) / 10
  return done
}
const card = (state: string) => page.locator(`.app-card[data-state=${state}]`)
const link = () => page.getByRole('link', { name: 'Open your app' })
const host = async () => (await openSession(stack.url, (await stack.keys()).hostKey, 'northwind')).host
const readApp = async () => (await host())('getApp', { params: { tenantId: 'northwind' } })

/** Once what runs is what was wanted last. */
async function upToDate() {
  const isSo = async () => {
    const { status, revision, error } = await readApp()
    if (status === 'failed') return JSON.stringify(error)
    return status === 'running' && revision.wanted === revision.deployed
  }
  await expect.poll(isSo, { timeout: 8 * MINUTES, interval: 500 }).toBe(true)
  return await readApp()
}
async function readSource(path: string): Promise<string> {
  const folder = join(stack.dataDir, 'apps/source')
  const [name = ''] = await readdir(folder)
  return await readFile(join(folder, name, path), 'utf8')
}

test('two tools become an app, whose pages show their rows and charts', async () => {
  const { customerPassword } = await stack.keys()
  await connectPostgres(page, { port: stack.port + 3, password: customerPassword })
  await page.getByRole('button', { name: 'Connect another' }).click()
  await connectAcme(page)
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.getByText('2 integrations ready.').waitFor()
  await page.getByRole('button', { name: 'See your app' }).click()
  await card('deploying').waitFor({ timeout: MINUTES })
  await picture(page, 'host-deploying')
  await timed('finished to running', card('running').waitFor({ timeout: 8 * MINUTES }))
  await timed('running to up to date', upToDate())
  await card('running').waitFor()
  await picture(page, 'host-running')

  const [app] = await Promise.all([page.waitForEvent('popup'), link().click()])
  await app.getByRole('heading', { level: 1 }).waitFor()
  expect(Number(new URL(app.url()).port)).toBeGreaterThanOrEqual(stack.port + 10)
  await expect.poll(() => app.locator('figure, svg').count()).toBeGreaterThan(0)
  await picture(app, 'app-dashboard')
  for (const path of ['/streams/postgres-customers', '/streams/acme-crm-contacts']) {
    await app.goto(new URL(path, app.url()).href)
    expect(await app.locator('tbody tr').count(), path).toBeGreaterThan(10)
    await picture(app, `app${path.replaceAll('/', '-')}`)
  }
  await app.close()
})

test('killed and started again, it runs at the same address, not built again', async () => {
  const before = await readApp()
  await stack.kill()
  await stack.restart()
  const after = await timed('started again to running', upToDate())
  expect([after.url, after.deploymentId]).toEqual([before.url, before.deploymentId])
  expect((await fetch(`${after.url}/health`)).status).toBe(200)
})

test('a tool that goes takes its flag and its pages along', async () => {
  const before = await readApp()
  expect(parse(await readSource('.env'))).toMatchObject({ ACME_CRM_ENABLED: 'true', POSTGRES_ENABLED: 'true' })
  await page.goto(stack.url)
  await disconnect(page, 'Acme CRM')
  await page.goto(`${stack.url}/app`)
  const isOther = async () => (await readApp()).deploymentId !== before.deploymentId
  // What there was goes on meanwhile.
  expect((await fetch(`${before.url}/streams/acme-crm-contacts`)).status).toBe(200)
  await timed('disconnected to running', expect.poll(isOther, { timeout: 8 * MINUTES, interval: 500 }).toBe(true))
  const { url, connectors } = await upToDate()
  expect([url, connectors]).toEqual([before.url, ['postgres']])
  const env = parse(await readSource('.env'))
  expect([env.ACME_CRM_ENABLED, env.POSTGRES_ENABLED]).toEqual([undefined, 'true'])
  expect((await fetch(`${url}/streams/acme-crm-contacts`)).status).toBe(404)
  expect((await fetch(`${url}/streams/postgres-customers`)).status).toBe(200)
  const home = await (await fetch(url ?? '')).text()
  expect(home).not.toContain('Acme CRM')
})

test('stopped as by Ctrl-C, nothing of it runs on, and nothing secret was printed', async () => {
  const { url } = await readApp()
  const { DATABASE_URL = '' } = parse(await readSource('.env'))
  const secret = new URL(DATABASE_URL).password
  expect(secret.length).toBeGreaterThan(20)
  await stack.stop()
  await expect(fetch(url ?? '')).rejects.toThrow()
  expect(stack.output()).not.toContain(secret)
})
