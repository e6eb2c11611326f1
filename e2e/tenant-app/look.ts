// A page looked at as people do: light and dark, wide and narrow; with what axe, the policy and the console say of it.
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = fileURLToPath(new URL('../../.opsai/screenshots/tenant-app/', import.meta.url))

export const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  ([1280, 390] as const).map((width) => ({ colorScheme, width })),
)
export type Look = (typeof looks)[number]

export interface Looker {
  page: Page
  /** What was wrong since it was last asked: policy, console, page errors. */
  takeTrouble(): Promise<string[]>
  close(): Promise<void>
}

/** axe is evaluated by the debugger, which no policy of the page binds. */
export async function openLooker(browser: Browser, { colorScheme, width }: Look): Promise<Looker> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 860 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  let said: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => said.push(`error: ${error.message}`))
  // Kept in the page itself, so that what it has reported is there when it is asked.
  await context.addInitScript(() => {
    const reports: string[] = []
    Object.assign(window, { reports })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      reports.push(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  return {
    page,
    takeTrouble: async () => {
      const reports = await page.evaluate(async () => {
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
        return (window as unknown as { reports: string[] }).reports.splice(0)
      })
      const taken = [...reports, ...said]
      said = []
      return taken
    },
    close: () => context.close(),
  }
}

/** Rule and element of whatever axe finds, and whether the page can be scrolled sideways. */
export async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return wide > 0 ? [...found, `scrolls sideways by ${wide} px`] : found
}

export async function takePicture(page: Page, name: string, { colorScheme, width }: Look): Promise<void> {
  await mkdir(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}${name}-${width}-${colorScheme}.png`, fullPage: true })
}

/** Gzipped bytes of scripts: of those the browser fetched, and of those that stand in the page itself. */
export interface ScriptBytes {
  fetched: number
  inline: number
}

/** What a browser really loads at first, as it comes over the network; those for browsers without modules are loaded by none. */
export async function measureScripts(browser: Browser, url: string): Promise<ScriptBytes> {
  const page = await browser.newPage()
  const bodies: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.body())
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const inline = await page.$$eval('script:not([src])', (scripts) =>
    scripts.map(({ textContent }) => textContent ?? ''),
  )
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body, { level: 9 }).length)
  await page.close()
  return {
    fetched: sizes.reduce((sum, size) => sum + size, 0),
    inline: gzipSync(inline.join('\n'), { level: 9 }).length,
  }
}
