// Every situation a sign-in can get into, by name, and the stories that play it. `npm test` plays the quick ones in
// Chromium, `npm run prove` all of them in every browser; the first and the eleventh are in matrix.spec.ts.
// `.ci/check-situations.mjs` reads the names.
import type { BrowserName } from './browsers.js'
import type { Stage } from './stage.js'
import * as blocked from './stories/blocked.js'
import * as closed from './stories/closed.js'
import * as errors from './stories/errors.js'
import * as sandbox from './stories/sandbox.js'
import * as sessions from './stories/sessions.js'
import * as twice from './stories/twice.js'

export type Story = (stage: Stage) => Promise<void>

export interface Situation {
  /** `situation N: …` */
  title: string
  story: Story
  isQuick: boolean
  /** Where one browser alone can be made to do it. */
  only?: BrowserName
}

const quick = (title: string, story: Story): Situation => ({ title, story, isQuick: true })
const long = (title: string, story: Story): Situation => ({ title, story, isQuick: false })
const without =
  (token: 'allow-forms' | 'allow-popups'): Story =>
  (stage) =>
    sandbox.saysWhatIsForbidden(stage, token)
const dead =
  (token: 'allow-scripts' | 'allow-same-origin'): Story =>
  (stage) =>
    sandbox.doesNotRun(stage, token)

export const situations: Situation[] = [
  quick('situation 2: a blocked window opens at a fresh click', blocked.opensAtAFreshClick),
  long('situation 2: a blocked window is no loss, it goes on in this tab', blocked.goesOnInThisTab),
  long('situation 2: a blocked window is cancelled', blocked.blockedIsCancelled),
  quick('situation 3: a window without a handle is not taken for a blocked one', blocked.isNotTakenForBlocked),
  long('situation 4: closed before its form has arrived, opened anew', closed.closedBeforeItsForm),
  long('situation 4: closed on our first page, reopened', closed.closedOnTheFirstPage),
  long('situation 4: closed while signing in, finished late', closed.closedWhileSigningIn),
  long('situation 4: closed at the question, finished late', closed.closedAtTheQuestion),
  long('situation 4: closed on the way back, finished late', closed.closedOnTheWayBack),
  quick('situation 4: closed before the proof, begun anew', closed.closedBeforeTheProof),
  quick('situation 5: access is denied, then given', closed.deniesAccess),
  long('situation 5: given up before signing in, then done', closed.givesUpBeforeSigningIn),
  ...errors.told.map((shape, at) => {
    const choose = at === 0 ? quick : long
    return choose(`situation 6: ${shape.what} is said, and then it works`, (stage) =>
      errors.saysWhatWasWrong(stage, shape),
    )
  }),
  long('situation 6: an answer of another sign-in', errors.waitsOnForItsOwnState),
  long('situation 6: Airbyte is down at the start', errors.saysThatAirbyteIsDown),
  quick('situation 7: twenty clicks are one sign-in', twice.clicksTwentyTimes),
  long('situation 7: twenty clicks at once are one sign-in', twice.clicksTwentyTimesAtOnce),
  quick('situation 7: two tabs have two sign-ins', twice.signsInInTwoTabs),
  quick('situation 8: the page is reloaded at the provider', twice.reloadsThePageAtTheProvider),
  long('situation 8: the page is reloaded at each state', twice.reloadsThePage),
  quick('situation 9: the window is reloaded and gone back, at each page', twice.reloadsTheWindow),
  long('situation 9: the window is opened again', twice.reopensTheWindow),
  quick('situation 10: sessions of one second', sessions.livesOnShortSessions),
  { ...long('situation 12: a page that sleeps', sessions.sleepsThroughIt), only: 'Chromium' },
  quick('situation 13: an app’s own browser goes on in its one tab', blocked.staysInTheWebview),
  long('situation 13: gone back by the browser’s button', blocked.comesBackWithoutAnAnswer),
  long('situation 14: a sandbox with all it needs', sandbox.worksWithAllTokens),
  quick('situation 14: a sandbox without forms', without('allow-forms')),
  long('situation 14: a sandbox without windows', without('allow-popups')),
  long('situation 14: a sandbox for the window as well', sandbox.worksInASandboxedWindow),
  long('situation 14: a sandbox without scripts', dead('allow-scripts')),
  long('situation 14: a sandbox with no origin', dead('allow-same-origin')),
  quick('situation 15: the proxy is killed and started anew', sessions.outlivesARestart),
  long('situation 15: come back to a dead proxy', sessions.comesBackToADeadProxy),
  long('situation 16: it takes longer than ten minutes', closed.takesTooLong),
  quick('situation 17: the session is lost', sessions.losesTheSession),
  long('situation 18: cancelled here, allowed there', closed.cancelsAndAllowsLater),
]
