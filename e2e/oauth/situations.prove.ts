// Every situation a sign-in can get into, in a real browser: what the person reads, and that the way on leads to a source.
// A part of `npm run prove`; the first and the eleventh are in matrix.spec.ts.
import type { Browser } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { type BrowserName, launchBareChromium, launchBrowsers } from './browsers.js'
import { printEndings } from './print-endings.js'
import type { Stage } from './stage.js'
import * as blocked from './stories/blocked.js'
import * as closed from './stories/closed.js'
import * as errors from './stories/errors.js'
import * as sandbox from './stories/sandbox.js'
import * as sessions from './stories/sessions.js'
import * as twice from './stories/twice.js'
import { type OAuthWorld, startOAuthWorld } from './world.js'

const isProof = process.env.OPSAI_PROVE === '1'
const names: BrowserName[] = isProof ? ['Chromium', 'Firefox'] : ['Chromium']

let world: OAuthWorld
let browsers: Map<BrowserName, Browser>
const endings: string[][] = []
beforeAll(async () => {
  const launched = isProof
    ? launchBrowsers()
    : launchBareChromium().then((one) => new Map([['Chromium' as const, one]]))
  ;[world, browsers] = await Promise.all([startOAuthWorld(), launched])
})
afterEach(() => world?.reset())
afterAll(async () => {
  for (const browser of browsers?.values() ?? []) await browser.close()
  await world?.close()
  printEndings(endings)
})

describe.each(names)('in %s', (browserName) => {
  const play =
    (story: (stage: Stage) => Promise<void>) => async (context: { skip(): void; task: { name: string } }) => {
      const browser = browsers.get(browserName)
      if (!browser) return context.skip()
      await story({
        world,
        browser,
        browserName,
        note: (what, ending, wayOn) =>
          endings.push([browserName, context.task.name, what, ending.state, ending.said, ending.told, wayOn]),
      })
    }

  test('situation 2: a blocked window opens at a fresh click', play(blocked.opensAtAFreshClick))
  test('situation 2: a blocked window is no loss, it goes on in this tab', play(blocked.goesOnInThisTab))
  test.runIf(isProof)('situation 2: a blocked window is cancelled', play(blocked.blockedIsCancelled))
  test('situation 3: a window without a handle is not taken for a blocked one', play(blocked.isNotTakenForBlocked))
  test.runIf(isProof)('situation 4: closed on our first page, reopened', play(closed.closedOnTheFirstPage))
  test.runIf(isProof)('situation 4: closed while signing in, finished late', play(closed.closedWhileSigningIn))
  test('situation 4: closed at the question, finished late', play(closed.closedAtTheQuestion))
  test.runIf(isProof)('situation 4: closed on the way back, finished late', play(closed.closedOnTheWayBack))
  test('situation 4: closed before the proof, begun anew', play(closed.closedBeforeTheProof))
  test('situation 5: access is denied, then given', play(closed.deniesAccess))
  test.runIf(isProof)('situation 5: given up before signing in, then done', play(closed.givesUpBeforeSigningIn))
  for (const shape of isProof ? errors.told : errors.told.slice(0, 1)) {
    test(
      `situation 6: ${shape.what} is said, and then it works`,
      play((stage) => errors.saysWhatWasWrong(stage, shape)),
    )
  }
  test.runIf(isProof)('situation 6: an answer of another sign-in', play(errors.waitsOnForItsOwnState))
  test('situation 6: Airbyte is down at the start', play(errors.saysThatAirbyteIsDown))
  test('situation 7: twenty clicks are one sign-in', play(twice.clicksTwentyTimes))
  test.runIf(isProof)('situation 7: twenty clicks at once are one sign-in', play(twice.clicksTwentyTimesAtOnce))
  test('situation 7: two tabs have two sign-ins', play(twice.signsInInTwoTabs))
  test('situation 8: the page is reloaded at the provider', play(twice.reloadsThePageAtTheProvider))
  test.runIf(isProof)('situation 8: the page is reloaded at each state', play(twice.reloadsThePage))
  test('situation 9: the window is reloaded and gone back, at each page', play(twice.reloadsTheWindow))
  test.runIf(isProof)('situation 9: the window is opened again', play(twice.reopensTheWindow))
  test('situation 10: sessions of one second', play(sessions.livesOnShortSessions))
  test.runIf(browserName === 'Chromium')('situation 12: a page that sleeps', play(sessions.sleepsThroughIt))
  test('situation 13: an app’s own browser goes on in its one tab', play(blocked.staysInTheWebview))
  test('situation 13: gone back by the browser’s button', play(blocked.comesBackWithoutAnAnswer))
  test('situation 14: a sandbox with all it needs', play(sandbox.worksWithAllTokens))
  test(
    'situation 14: a sandbox without forms',
    play((stage) => sandbox.saysWhatIsForbidden(stage, 'allow-forms')),
  )
  test.runIf(isProof)(
    'situation 14: a sandbox without windows',
    play((stage) => sandbox.saysWhatIsForbidden(stage, 'allow-popups')),
  )
  test.runIf(isProof)('situation 14: a sandbox for the window as well', play(sandbox.worksInASandboxedWindow))
  test.runIf(isProof)(
    'situation 14: a sandbox without scripts',
    play((stage) => sandbox.doesNotRun(stage, 'allow-scripts')),
  )
  test.runIf(isProof)(
    'situation 14: a sandbox with no origin',
    play((stage) => sandbox.doesNotRun(stage, 'allow-same-origin')),
  )
  test('situation 15: the proxy is killed and started anew', play(sessions.outlivesARestart))
  test.runIf(isProof)('situation 15: come back to a dead proxy', play(sessions.comesBackToADeadProxy))
  test('situation 16: it takes longer than ten minutes', play(closed.takesTooLong))
  test('situation 17: the session is lost', play(sessions.losesTheSession))
  test('situation 18: cancelled here, allowed there', play(closed.cancelsAndAllowsLater))
})
