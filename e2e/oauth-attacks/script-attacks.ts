// Script injection: no text from a request or a provider runs on any page of a sign-in. The pages are read without their
// Content-Security-Policy, so that it is the escaping that is tried; the policy is there besides.
import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { vectors } from '../form/vectors.js'
import { type AttackWorld, newFlowId, type Person, toStart } from './attack-world.js'
import { createPlainBrowser, type PlainBrowser } from './plain-browser.js'
import { openProfile } from './profiles.js'
import type { Scoreboard } from './scoreboard.js'

const isWhole = process.env.OPSAI_PROVE === '1'
const chosen = isWhole ? vectors : vectors.filter((_, index) => index % 6 === 0)

declare global {
  interface Window {
    /** Counted up by whatever a test injects and should never run. */
    __xss?: number
  }
}

/** Parameters that a page of ours, the provider or Airbyte knows, and one that nobody knows. */
const names = [
  'error',
  'error_description',
  'error_uri',
  'state',
  'code',
  'scope',
  'iss',
  'definition_id',
  'workspace_id',
]
const more = ['secret_id', 'aip_flow', 'flowId', 'name', 'sourceType', 'return_url', 'token', 'anything']
const everywhere = (vector: string) => new URLSearchParams([...names, ...more].map((name) => [name, vector]))

interface Tools {
  world: AttackWorld
  ada: Person
  browser: PlainBrowser
  /** A browser at a proxy that has no page to return to, so that it says everything itself. */
  endsHere: PlainBrowser
}

/** Every page there is, with the text wherever one can be put; answers its HTML. */
const pages: Record<string, (tools: Tools, vector: string) => Promise<Response>> = {
  'start, by the form': ({ browser, ada }, name) => browser.postStart({ ...toStart(ada), name: name.slice(0, 200) }),
  'start, by a link': async ({ world, browser, ada }, vector) => {
    const start = toStart(ada)
    await browser.postStart({ ...start, name: vector.slice(0, 200) })
    return await browser.open(`${world.sites.app}/api/airbyte/oauth/start/${start.flowId}?${everywhere(vector)}`)
  },
  'start, refused': ({ world, browser }, vector) =>
    browser.postStart({ sessionToken: vector, flowId: vector, sourceType: vector, [vector]: vector }, world.sites.app),
  'start of an unknown flow': ({ world, browser }, vector) =>
    browser.open(`${world.sites.app}/api/airbyte/oauth/start/${newFlowId()}?${everywhere(vector)}`),
  'start, the flow in the path': ({ world, browser }, vector) =>
    browser.open(`${world.sites.app}/api/airbyte/oauth/start/${encodeURIComponent(vector)}`),
  'callback with an unknown state': ({ world, browser }, vector) =>
    browser.open(`${world.sites.app}/api/airbyte/oauth/callback/app/acme-crm?${everywhere(vector)}`),
  'callback, the connector in the path': ({ world, browser }, vector) =>
    browser.open(`${world.sites.app}/api/airbyte/oauth/callback/app/${encodeURIComponent(vector)}?state=x`),
  'callback, the state in the path': ({ world, browser }, vector) =>
    browser.open(`${world.sites.app}/api/airbyte/oauth/callback/${encodeURIComponent(vector)}`),
  'reconnect, the token in the path': ({ world, browser }, vector) =>
    browser.open(`${world.sites.app}/api/airbyte/oauth/reconnect/${encodeURIComponent(vector)}?${everywhere(vector)}`),
  'callback, error_description': ({ endsHere, ada }, vector) =>
    refuse(endsHere, ada, { error: 'server_error', error_description: vector }),
  'callback, error': ({ endsHere, ada }, vector) => refuse(endsHere, ada, { error: vector }),
}

async function refuse(browser: PlainBrowser, ada: Person, parameters: Record<string, string>): Promise<Response> {
  const callback = await browser.goToProvider({ ...toStart(ada), name: 'Acme' })
  for (const [name, value] of Object.entries(parameters)) callback.searchParams.set(name, value)
  return await browser.open(callback)
}

export function scriptAttacks(getWorld: () => AttackWorld, getBrowser: () => Browser, board: Scoreboard): void {
  test('no text runs on a page of the proxy’s, whatever parameter, path or field it came in', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const tools: Tools = { world, ada, browser: world.newBrowser(), endsHere: await createEndsHere(world) }
    const { page, close } = await openProfile(world, getBrowser(), ada, { bypassCSP: true })
    await page.goto(`${world.sites.app}/airbyte-return`)
    const executed: string[] = []
    let texts = 0
    for (const [what, open] of Object.entries(pages)) {
      for (const vector of chosen) {
        texts++
        const answer = await open(tools, vector)
        const body = await answer.text()
        const isPage = answer.headers.get('content-type')?.startsWith('text/html')
        if (isPage && (await runs(page, body))) executed.push(`${what}: ${vector}`)
        if (!isPage && !/^application\/(problem\+)?json/.test(answer.headers.get('content-type') ?? ''))
          executed.push(`${what}: neither a page nor a problem: ${vector}`)
      }
    }
    const control = []
    for (const vector of chosen) if (await runs(page, `<h1>${vector}</h1>`)) control.push(vector)
    await close()
    console.log(`as HTML ${control.length} of ${chosen.length} vectors do run`)
    board.add({
      attack: `script in ${Object.keys(pages).length} pages of the proxy’s, ${chosen.length} vectors`,
      tries: texts,
      successes: executed.length,
      control: 'html`…` of renderPage escapes; CSP besides',
    })
    expect(executed).toEqual([])
    expect(control.length).toBeGreaterThan(isWhole ? 20 : 3)
  })

  test('no text of a provider or an address runs on the host’s pages', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const { page, trouble, close } = await openProfile(world, getBrowser(), ada, { bypassCSP: true })
    const executed: string[] = []
    const some = isWhole ? chosen : chosen.slice(0, 8)
    for (const vector of some) {
      const flowId = await endAtProvider(world, ada, vector)
      await page.goto(
        `${world.sites.app}/airbyte-return?aip_flow=${encodeURIComponent(vector)}#c=${encodeURIComponent(vector)}`,
      )
      await page.getByText('Nothing was connected').waitFor()
      if (await hasRun(page)) executed.push(`return page: ${vector}`)
      const memory = JSON.stringify({ flowId, sourceType: 'acme-crm' })
      await page.evaluate((held) => sessionStorage.setItem('opsai.sign-in', held), memory)
      await page.goto(`${world.sites.app}/?${everywhere(vector)}`)
      await page.getByText('Acme CRM reported a problem').waitFor()
      if (await hasRun(page)) executed.push(`host's page: ${vector}`)
    }
    board.add({
      attack: `script in error_description and in the address of the host’s pages, ${some.length} vectors`,
      tries: some.length * 2,
      successes: executed.length,
      control: 'React escapes; completeConnect writes textContent',
    })
    expect(executed).toEqual([])
    expect(trouble.filter((text) => !text.includes('status of 4'))).toEqual([])
    await close()
  })
}

async function createEndsHere(world: AttackWorld): Promise<PlainBrowser> {
  const { app } = world.sites
  const proxy = await world.startProxy({ returnUrls: [] })
  const ask = (url: string, init: RequestInit) =>
    new URL(url).port === new URL(app).port ? proxy.fetch(new Request(url, init)) : fetch(url, init)
  return createPlainBrowser({ proxy: app, fetch: ask })
}

/** A flow the provider has ended with this text. */
async function endAtProvider(world: AttackWorld, ada: Person, vector: string): Promise<string> {
  const start = toStart(ada)
  const browser = world.newBrowser()
  const callback = await browser.goToProvider({ ...start, name: 'Acme CRM' })
  callback.searchParams.set('error', 'server_error')
  callback.searchParams.set('error_description', vector)
  await browser.open(callback)
  return start.flowId
}

/** Puts a page before a browser, uses it a little, and says whether anything of it ran that is not ours. */
async function runs(page: Page, html: string): Promise<boolean> {
  await page.evaluate(() => void (window.__xss = 0))
  await page.setContent(html, { waitUntil: 'load' })
  return await hasRun(page)
}

const hasRun = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    for (const element of document.querySelectorAll('*')) {
      element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
      element.dispatchEvent(new FocusEvent('focus'))
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
    return (window.__xss ?? 0) > 0
  })
