// Time passes at the host: sessions end, pages sleep, the proxy is started anew.
import { expect } from 'vitest'
import { allowAtAcme, patienceMs, pressLast, signInAtAcme, read } from '../person.js'
import { expectConnected, expectEnding, open, openWindow, type Stage, waiting } from '../stage.js'

/** The session it began with is gone, and every one that comes after it lives for a second. */
export async function livesOnShortSessions(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  person.visitor.ttlSeconds = 1
  await stage.world.endSessions(person.visitor)
  // Long enough for many of them, each of which ends while the page follows.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const ending = await expectEnding(person.app, waiting)
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  stage.note('sessions of one second', ending, 'renewed unseen → connected')
  await person.leave()
}

const signedOut = {
  ...waiting,
  said: `Your session ended. Sign in to this app again, in another tab: this goes on by itself then. ${waiting.said}`,
  told: '',
}

/** The host does not know the person any more, and the proxy ended their sessions: said, and no end of the sign-in. */
export async function losesTheSession(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  await expectEnding(person.app, waiting)
  person.visitor.isSignedOut = true
  await stage.world.endSessions(person.visitor)
  const ending = await expectEnding(person.app, signedOut)
  person.visitor.isSignedOut = false
  await expectEnding(person.app, { ...waiting, told: '' })
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  stage.note('signed out at the host', ending, 'sign in there, it goes on → connected')
  await person.leave()
}

/** A page that sleeps hears and asks nothing; awake again, it knows at once. Chromium alone can be told to sleep. */
export async function sleepsThroughIt(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  const ending = await expectEnding(person.app, waiting)
  const devtools = await person.page.createCDPSession()
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await pressLast(popup, 'Allow')
  await expect
    .poll(() => stage.world.countSources(person.visitor), { timeout: patienceMs })
    .toEqual({ atProxy: 1, atAirbyte: 1 })
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  await expectConnected(stage, person)
  stage.note('asleep', ending, 'awake → connected')
  await person.leave()
}

/** Killed while the person is at the provider, and back before they allow. */
export async function outlivesARestart(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  await expectEnding(person.app, waiting)
  await stage.world.killProxy()
  const ending = await expectEnding(person.app, waiting)
  await stage.world.startProxy()
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  stage.note('proxy killed and started', ending, 'it goes on → connected')
  await person.leave()
}

/** Killed, and not there when the person comes back: the same page once more, as they would, and it goes on. */
export async function comesBackToADeadProxy(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  await stage.world.killProxy()
  await pressLast(popup, 'Allow')
  await read(popup, 'Bad gateway')
  const ending = await expectEnding(person.app, waiting)
  await stage.world.startProxy()
  await popup.reload().catch((error: unknown) => {
    if (!popup.isClosed()) throw error
  })
  await expectConnected(stage, person)
  stage.note('come back to a dead proxy', ending, 'reload → connected')
  await person.leave()
}
