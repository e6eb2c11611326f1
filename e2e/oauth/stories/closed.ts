// The person closes the window. Nobody is refused for that: what is finished later, in whatever window, counts.
import { expect } from 'vitest'
import { allowAtAcme, patienceMs, type Person, press, pressLast, signInAtAcme, read } from '../person.js'
import {
  blocked,
  expectConnected,
  expectEnding,
  failed,
  idle,
  open,
  openWindow,
  signInBy,
  type Stage,
  stillWaiting,
  waiting,
} from '../stage.js'

/** Another tab of the same browser, at an address that was kept. */
async function openKept(person: Person, url: string) {
  const tab = await person.context.newPage()
  tab.setDefaultTimeout(patienceMs)
  await tab.goto(url)
  return tab
}

/** The proxy has not heard of it: a window that stands says why, and one that is gone is as good as none. */
export async function closedBeforeItsForm(stage: Stage): Promise<void> {
  const badGateway = { status: 502, body: 'Bad gateway', times: 1 }
  stage.world.sites.gate.answerInstead(/^POST .*\/oauth\/start$/, badGateway)
  const person = await open(stage)
  const popup = await openWindow(person)
  await expectEnding(person.app, {
    state: 'awaitingUser',
    said: `Nothing has come from the sign-in window yet. See what it says. Reopen it or cancel. ${waiting.said}`,
    buttons: ['Reopen window', 'Continue in this tab', 'Cancel'],
  })
  await read(popup, 'Bad gateway')
  await popup.close()
  const ending = await expectEnding(person.app, blocked)
  await signInBy(stage, person, 'Open sign-in')
  stage.note('closed before its form has arrived', ending, 'Open sign-in → connected')
  await person.leave()
}

export async function closedOnTheFirstPage(stage: Stage): Promise<void> {
  const consent = stage.world.sites.gate.hold(/^POST .*\/consent$/)
  const person = await open(stage)
  const popup = await openWindow(person)
  await consent.arrived
  await popup.close()
  await consent.left
  consent.release()
  const ending = await expectEnding(person.app, stillWaiting)
  await signInBy(stage, person, 'Reopen window')
  stage.note('closed on our first page', ending, 'Reopen window → connected')
  await person.leave()
}

export async function closedWhileSigningIn(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await read(popup, 'to continue to')
  const kept = popup.url()
  await popup.close()
  const ending = await expectEnding(person.app, stillWaiting)
  await allowAtAcme(await openKept(person, kept))
  await expectConnected(stage, person)
  stage.note('closed while signing in', ending, 'finished late in another tab → connected')
  await person.leave()
}

export async function closedAtTheQuestion(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  const kept = popup.url()
  await popup.close()
  const ending = await expectEnding(person.app, stillWaiting)
  await allowAtAcme(await openKept(person, kept))
  await expectConnected(stage, person)
  stage.note('closed at the question', ending, 'finished late in another tab → connected')
  await person.leave()
}

export async function closedOnTheWayBack(stage: Stage): Promise<void> {
  const { gate, app } = stage.world.sites
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  const callback = gate.hold(/^GET .*\/oauth\/callback\//)
  await pressLast(popup, 'Allow')
  await callback.arrived
  await popup.close()
  await callback.left
  callback.release()
  const ending = await expectEnding(person.app, stillWaiting)
  const [, path] = (gate.seen.findLast((asked) => /\/oauth\/callback\//.test(asked)) ?? '').split(' ')
  await openKept(person, app + path)
  await expectConnected(stage, person)
  stage.note('closed on the way back', ending, 'the same address once more → connected')
  await person.leave()
}

/** The proof of who it was is lost with the window: there is nothing to finish, and a button to begin anew. */
export async function closedBeforeTheProof(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  const proof = stage.world.sites.gate.hold(/^POST .*\/confirm$/)
  await pressLast(popup, 'Allow')
  await proof.arrived
  await popup.close()
  await proof.left
  proof.release()
  const ending = await expectEnding(person.app, {
    state: 'confirming',
    said: 'Signed in. Setting up the connection.',
    buttons: ['Cancel'],
  })
  await press(person.app, 'Cancel')
  await expectEnding(person.app, idle)
  await signInBy(stage, person)
  stage.note('closed before the proof', ending, 'Cancel → Sign in → connected')
  await person.leave()
}

const denied = failed('denied', 'You chose not to give access. Nothing was connected. Try again to give access.')

export async function deniesAccess(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  await pressLast(popup, 'Deny')
  const ending = await expectEnding(person.app, denied)
  await expect.poll(() => popup.isClosed(), { timeout: patienceMs }).toBe(true)
  await signInBy(stage, person, 'Try again')
  stage.note('“Deny”', ending, 'Try again → connected')
  await person.leave()
}

export async function givesUpBeforeSigningIn(stage: Stage): Promise<void> {
  const person = await open(stage)
  await pressLast(await openWindow(person), 'Cancel')
  const ending = await expectEnding(person.app, denied)
  await signInBy(stage, person, 'Try again')
  stage.note('“Cancel” at the provider', ending, 'Try again → connected')
  await person.leave()
}

/** Cancelled here: what is allowed at the provider afterwards connects nothing. */
export async function cancelsAndAllowsLater(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  const kept = popup.url()
  await expectEnding(person.app, waiting)
  await press(person.app, 'Cancel')
  const ending = await expectEnding(person.app, idle)
  await expect.poll(() => popup.isClosed(), { timeout: patienceMs }).toBe(true)
  const late = await openKept(person, kept)
  await press(late, 'Allow')
  await read(late, 'The sign-in was cancelled. Nothing was connected.')
  expect(await stage.world.countSources(person.visitor)).toEqual({ atProxy: 0, atAirbyte: 0 })
  await signInBy(stage, person)
  stage.note('cancelled, allowed later', ending, 'Sign in → connected')
  await person.leave()
}

/** Ten minutes, which the proxy's database is told have passed. */
export async function takesTooLong(stage: Stage): Promise<void> {
  const person = await open(stage)
  const popup = await openWindow(person)
  await signInAtAcme(popup)
  await stage.world.query(`UPDATE opsai.flows SET expires_at = now() - interval '1 second' WHERE tenant_id = $1`, [
    person.visitor.tenantId,
  ])
  await pressLast(popup, 'Allow')
  const ending = await expectEnding(
    person.app,
    failed('expired', 'The sign-in took longer than 10 minutes. Start again.'),
  )
  await signInBy(stage, person, 'Try again')
  stage.note('more than ten minutes', ending, 'Try again → connected')
  await person.leave()
}
