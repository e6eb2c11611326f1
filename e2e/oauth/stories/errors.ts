// A provider or Airbyte that answers with something else than a code or tokens, in each of the shapes there are.
import type { Behaviour } from '@opsai/sandbox'
import { expect } from 'vitest'
import { allowAtAcme, patienceMs, press, read } from '../person.js'
import {
  expectConnected,
  expectEnding,
  failed,
  failedWithReference,
  open,
  openWindow,
  signInBy,
  type Stage,
  stillWaiting,
} from '../stage.js'

interface Shape {
  what: string
  /** How Acme CRM behaves. */
  provider?: Partial<Behaviour>
  /** What Airbyte says instead, once, to a request such as this. */
  airbyte?: { match: RegExp; status: number; body: string }
  ending: object
}

const providerError = (said: string) =>
  failedWithReference('provider_error', `${said} Try again, or check your permissions there.`)
const reported = providerError('Acme CRM reported a problem: “Acme CRM was told to answer so”.')
const incomplete = providerError('Acme CRM did not complete the sign-in.')
const unavailable = failedWithReference(
  'upstream_unavailable',
  'The data service does not answer. Nothing is lost. Try again in a moment.',
)

const mismatch = failed('context_mismatch', 'The answer did not match the request. Nothing was connected. Start again.')

/** The proxy knows which sign-in it is about, and ends it. */
export const told: Shape[] = [
  { what: 'server_error', provider: { answerError: 'server_error' }, ending: reported },
  { what: 'temporarily_unavailable', provider: { answerError: 'temporarily_unavailable' }, ending: reported },
  {
    what: 'invalid_scope',
    provider: { answerError: 'invalid_scope' },
    ending: failed(
      'scope_insufficient',
      'More permission is needed. Try again, and tick all boxes on the consent screen.',
    ),
  },
  {
    what: 'an error beside the code',
    provider: { answerShape: 'error_with_code' },
    ending: providerError('Acme CRM reported a problem: “server_error”.'),
  },
  { what: 'no code', provider: { answerWithout: ['code'] }, ending: incomplete },
  {
    what: 'an error under other names',
    provider: { answerShape: 'error_message', answerError: 'server_error' },
    ending: reported,
  },
  { what: 'a code that is refused', provider: { tokenFault: 'rfc6749', tokenFaultTimes: 1 }, ending: incomplete },
  { what: 'an error with status 200', provider: { tokenFault: 'error_200', tokenFaultTimes: 1 }, ending: incomplete },
  { what: 'no tokens', provider: { tokenFault: 'empty_200', tokenFaultTimes: 1 }, ending: unavailable },
  { what: 'a page for tokens', provider: { tokenFault: 'html_500', tokenFaultTimes: 1 }, ending: unavailable },
  { what: 'a connection cut', provider: { tokenFault: 'connection_cut', tokenFaultTimes: 1 }, ending: unavailable },
  { what: 'no state', provider: { answerWithout: ['state'] }, ending: mismatch },
  { what: 'nothing at all', provider: { answerShape: 'nothing' }, ending: mismatch },
  { what: 'everything after the #', provider: { answerShape: 'fragment' }, ending: mismatch },
  { what: 'everything twice', provider: { answerShape: 'twice' }, ending: mismatch },
  {
    what: 'Airbyte names no secret',
    airbyte: { match: /complete_oauth/, status: 200, body: '{"request_succeeded":true}' },
    ending: incomplete,
  },
]

export async function saysWhatWasWrong(stage: Stage, shape: Shape): Promise<void> {
  const { acme, airbyte } = stage.world
  const { what, provider = {}, airbyte: instead, ending: expected } = shape
  acme.control.behave(provider)
  if (instead) airbyte.answerInstead(instead.match, { ...instead, times: 1 })
  const person = await open(stage)
  const popup = await openWindow(person)
  if (!provider.answerError) await allowAtAcme(popup)
  const ending = await expectEnding(person.app, expected)
  await expect.poll(() => popup.isClosed(), { timeout: patienceMs }).toBe(true)
  acme.control.reset()
  await signInBy(stage, person, 'Try again')
  stage.note(what, ending, 'Try again → connected')
  await person.leave()
}

/** Of no sign-in that anybody knows: the window says so, the page waits on, and the way leads on from it. */
export async function waitsOnForItsOwnState(stage: Stage): Promise<void> {
  stage.world.acme.control.behave({ answerWithout: ['state'], answerWith: { state: 'A'.repeat(43) } })
  const person = await open(stage)
  const popup = await openWindow(person)
  await allowAtAcme(popup)
  await read(popup, 'Nothing was connected This sign-in link was already used.')
  await popup.close()
  const ending = await expectEnding(person.app, stillWaiting)
  stage.world.acme.control.reset()
  await signInBy(stage, person, 'Reopen window')
  stage.note('another state', ending, 'Reopen window → connected')
  await person.leave()
}

/** Our own page says it, with a button; the window stays where it is. */
export async function saysThatAirbyteIsDown(stage: Stage): Promise<void> {
  const { airbyte } = stage.world
  const person = await open(stage)
  airbyte.answerInstead(/get_consent_url|initiateOAuth/, { status: 503, body: '{"message":"down"}', times: 99 })
  const popup = await openWindow(person)
  await read(popup, 'Nothing is lost')
  const ending = await expectEnding(person.app, { state: 'awaitingUser' })
  airbyte.clear()
  // What failed just now is left alone for a few seconds: until then the page says the same again.
  await expect
    .poll(
      async () => {
        await press(popup, 'Try again')
        return popup.waitForSelector('input[type=password]', { timeout: 1_000 }).then(Boolean, () => false)
      },
      { timeout: patienceMs },
    )
    .toBe(true)
  await allowAtAcme(popup)
  await expectConnected(stage, person)
  stage.note('Airbyte is down at the start', ending, 'Try again in the window → connected')
  await person.leave()
}
