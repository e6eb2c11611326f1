// A real Firefox over WebDriver BiDi, where this machine has one.
import { existsSync } from 'node:fs'
import { type Browser, launch } from 'puppeteer-core'

const installed = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']

/** What people have: the driver's profile lets every window open and speaks of cookies that are not partitioned. */
const asPeopleHaveIt = {
  'dom.disable_open_during_load': true,
  'network.cookie.cookieBehavior': 5,
}

/** Its path: named in FIREFOX_PATH, or where it is usually installed. */
export const findFirefox = (): string | undefined =>
  process.env.FIREFOX_PATH ?? installed.find((path) => existsSync(path))

/** Launches it. */
export const launchFirefox = (executablePath: string): Promise<Browser> =>
  launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: asPeopleHaveIt })
