// The app in a sandboxed frame of another company's page: what each missing token does.
import { expect } from 'vitest'
import { allowAtAcme, press } from '../person.js'
import { blocked, expectConnected, expectEnding, open, openWindow, readEnding, signInBy, type Stage } from '../stage.js'

const tokens = [
  'allow-scripts',
  'allow-same-origin',
  'allow-forms',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
] as const
type Token = (typeof tokens)[number]

const openWithout = (stage: Stage, missing?: Token) =>
  open(stage, { proxy: 'crossSite' }, { framed: { sandbox: tokens.filter((token) => token !== missing).join(' ') } })

export async function worksWithAllTokens(stage: Stage): Promise<void> {
  const person = await openWithout(stage)
  await signInBy(stage, person)
  stage.note('with all tokens', await readEnding(person.app), 'works')
  await person.leave()
}

const sandboxed = {
  state: 'failed',
  said: 'You are not signed in yet This page does not allow sign-in windows. Ask the site owner for help.',
  buttons: [],
  told: 'failed: sandboxed_frame',
}

/** Said at once for forms, and once the silence is long enough for windows; the owner's remedy works. */
export async function saysWhatIsForbidden(stage: Stage, missing: 'allow-forms' | 'allow-popups'): Promise<void> {
  const person = await openWithout(stage, missing)
  await press(person.app, 'Sign in to Acme CRM')
  // Firefox gives no page a reason: it is then told as the blocked window that it also is.
  const isUntold = missing === 'allow-popups' && stage.browserName === 'Firefox'
  const told = isUntold ? { ...blocked, buttons: ['Open sign-in', 'Cancel'] } : sandboxed
  const ending = await expectEnding(person.app, told)
  await person.leave()
  stage.note(`without ${missing}`, ending, 'the owner adds it → connected, below')
  await worksWithAllTokens(stage)
}

/** The window lives in the same sandbox, which is enough for it. */
export async function worksInASandboxedWindow(stage: Stage): Promise<void> {
  const person = await openWithout(stage, 'allow-popups-to-escape-sandbox')
  const popup = await openWindow(person)
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  stage.note('without allow-popups-to-escape-sandbox', await readEnding(person.app), 'works')
  await person.leave()
}

/** Nothing of the app runs: there is nobody who could say anything. */
export async function doesNotRun(stage: Stage, missing: 'allow-scripts' | 'allow-same-origin'): Promise<void> {
  const person = await openWithout(stage, missing)
  expect(await person.app.$('[data-part=oauth]')).toBeNull()
  stage.note(`without ${missing}`, { state: 'none', said: '', buttons: [], told: '' }, 'the app itself does not run')
  await person.leave()
}
