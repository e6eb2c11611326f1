// Two engines under one driver, each with what people's browsers have switched on.
import { type Browser, launch } from 'puppeteer-core'
import { findChromium } from '../chromium.js'
import { findFirefox, launchFirefox } from '../firefox.js'

export type BrowserName = 'Chromium' | 'Firefox'

/** Chromium with its own flags only: partitioned storage and the popup blocker are on. */
export async function launchBareChromium(): Promise<Browser> {
  const { executablePath, args } = await findChromium()
  return launch({
    executablePath,
    ignoreDefaultArgs: true,
    args: [...args, '--remote-debugging-port=0', 'about:blank'],
  })
}

/** Both of them; without a Firefox on this machine Chromium alone, and a line that says so. */
export async function launchBrowsers(): Promise<Map<BrowserName, Browser>> {
  const browsers = new Map<BrowserName, Browser>([['Chromium', await launchBareChromium()]])
  const firefox = findFirefox()
  if (firefox) browsers.set('Firefox', await launchFirefox(firefox))
  else console.log('No Firefox here, its half is skipped: apt-get install firefox-esr, or name one in FIREFOX_PATH.')
  return browsers
}
