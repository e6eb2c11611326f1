// One world and its browsers for all situations that are chosen, a test for each, and a table of what they came to.
import type { Browser } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { type BrowserName, launchBareChromium, launchBrowsers } from './browsers.js'
import { printEndings } from './print-endings.js'
import type { Situation } from './situations.js'
import { type OAuthWorld, startOAuthWorld } from './world.js'

export function playSituations(names: BrowserName[], situations: Situation[]): void {
  let world: OAuthWorld
  let browsers: Map<BrowserName, Browser>
  const endings: string[][] = []
  beforeAll(async () => {
    const launched = names.includes('Firefox')
      ? launchBrowsers()
      : launchBareChromium().then((one) => new Map([['Chromium' as const, one]]))
    ;[world, browsers] = await Promise.all([startOAuthWorld(), launched])
  })
  afterEach(async () => {
    // A story that failed has left its windows open: they would go on asking through the next ones.
    for (const browser of browsers?.values() ?? []) await closeAll(browser)
    await world?.reset()
  })
  afterAll(async () => {
    for (const browser of browsers?.values() ?? []) await browser.close()
    await world?.close()
    printEndings(endings)
  })

  describe.each(names)('in %s', (browserName) => {
    for (const { title, story, only } of situations) {
      if (only && only !== browserName) continue
      test(title, async (context) => {
        const browser = browsers.get(browserName)
        if (!browser) return context.skip()
        let startedAt = performance.now()
        await story({
          world,
          browser,
          browserName,
          note: (what, { state, said, told }, wayOn) => {
            const ms = Math.round(performance.now() - startedAt)
            startedAt = performance.now()
            const code = /failed: (\w+)$/.exec(told)?.[1]
            endings.push([browserName, title, what, code ? `${state} ${code}` : state, said, wayOn, `${ms}`])
          },
        })
      })
    }
  })
}

async function closeAll(browser: Browser): Promise<void> {
  const opened = browser.browserContexts().filter((context) => context !== browser.defaultBrowserContext())
  for (const context of opened) await context.close()
}
