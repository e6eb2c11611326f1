// A stored source is signed in again: it stays the same source, and only its owner's new tokens take the old ones' place.
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Flow, SignInNeeded, SourceDetail } from '@opsai/contract'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { askConsent, comeBack, openPopup, signInAtAcme, type Start } from '../test/acme-browser.js'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { type SecondServer, startSecondServer } from '../test/second-server.js'
import { acmeApp, createWorld, query, type World } from '../test/world.js'

let world: World
let second: SecondServer
let recorder: Recorder
let ada: string
const sourceType = 'acme-crm'
const newFlowId = () => randomBytes(16).toString('base64url')

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  second = await startSecondServer(world, { airbyte: recorder.airbyte })
  ada = await world.newSession('acme', 'ada')
})
afterAll(async () => {
  await second.server.close()
  await world.close()
})
afterEach(() => {
  recorder.seen.length = 0
  recorder.instead = undefined
  world.acme.control.reset()
})

const confirm = (flowId: string, nonce: string, token = ada) =>
  world.call('confirmFlow', { token, params: { flowId }, body: { nonce } })
const readFlow = async (flowId: string) =>
  (await (await world.call('getFlow', { token: ada, params: { flowId } })).json()) as Flow
async function waitForEnd(flowId: string): Promise<Flow> {
  await expect.poll(async () => (await readFlow(flowId)).status, { timeout: 30_000 }).not.toMatch(/confirmed|creating/)
  return await readFlow(flowId)
}
async function signIn(start: Partial<Start> = {}): Promise<Flow> {
  const flowId = newFlowId()
  const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, ...start })
  await confirm(flowId, nonce)
  return await waitForEnd(flowId)
}
const connect = async (name = 'Our CRM') => (await signIn({ name })).sourceId ?? ''
const readSource = async (sourceId: string) =>
  (await (await world.call('getSource', { token: ada, params: { sourceId } })).json()) as SourceDetail
const testSource = async (sourceId: string) =>
  (await (await world.call('testSource', { token: ada, body: { sourceId } })).json()) as { status: string }
/** As time does: what is stored is good for nothing any more. */
const loseTokens = (sourceId: string) =>
  world.engine.fetch(
    new Request(`http://engine.test/api/public/v1/sources/${sourceId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ configuration: { credentials: { refresh_token: 'lost' } } }),
    }),
  )
const patchesSeen = () => recorder.seen.filter(({ path }) => path.endsWith('/sources/partial_update'))
const countSources = async () => (await query(world.database, 'SELECT 1 FROM opsai.sources')).length
const auditOf = (action: string, sourceId: string) =>
  query<{ facts: object; user_id: string; flow_id: string }>(
    world.database,
    'SELECT facts, user_id, flow_id FROM opsai.audit WHERE action = $1 AND subject = $2',
    [action, sourceId],
  )

describe('a source whose tokens are lost', () => {
  test('works again after its owner has signed in, and is the same source', async () => {
    const sourceId = await connect()
    await loseTokens(sourceId)
    expect((await testSource(sourceId)).status).toBe('failed')
    const [before, count] = [await readSource(sourceId), await countSources()]
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    expect(await readFlow(flowId)).toMatchObject({ status: 'returned', sourceId })
    await confirm(flowId, nonce)
    expect(await waitForEnd(flowId)).toMatchObject({ status: 'completed', sourceId })
    const { updatedAt: _, ...after } = await readSource(sourceId)
    expect(after).toEqual({ ...before, checkStatus: 'succeeded', updatedAt: undefined })
    expect((await testSource(sourceId)).status).toBe('succeeded')
    expect(await countSources()).toBe(count)
    expect(await auditOf('source_signed_in_again', sourceId)).toEqual([
      { facts: { sourceType, check: 'succeeded' }, user_id: 'ada', flow_id: flowId },
    ])
    const [row] = await query(world.database, 'SELECT secret, configuration, for_source_id, assurance FROM opsai.flows WHERE flow_id = $1', [flowId]) // prettier-ignore
    expect(row).toEqual({ secret: null, configuration: null, for_source_id: sourceId, assurance: 'host' })
    expect(await query(world.database, `SELECT 1 FROM opsai.outbox WHERE status = 'pending'`)).toEqual([])
  })

  test('is signed in again by whoever posts no form, and the page says what it is asked for', async () => {
    const sourceId = await connect()
    await loseTokens(sourceId)
    const needed = await world.call('signInAgain', { token: ada, params: { sourceId }, body: {} })
    const { authUrl, flowId } = (await needed.json()) as SignInNeeded
    expect(authUrl).toBe(`http://app.test/api/airbyte/oauth/start/${flowId}`)
    const page = await world.call('openFlow', { params: { flowId } })
    expect(await page.text()).toContain('host.test asks to sign Acme CRM in again for ada. If you did not start this')
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { consentUrl } = (await (await askConsent(world, flowId, cookie)).json()) as { consentUrl: string }
    const back = await comeBack(world, await answerAtAcmeCrm(consentUrl), cookie)
    await confirm(flowId, new URL(back.headers.get('location') ?? '').hash.slice(3))
    expect(await waitForEnd(flowId)).toMatchObject({ status: 'completed', sourceId })
    expect((await testSource(sourceId)).status).toBe('succeeded')
  })
})

describe('the old tokens stay', () => {
  test('until their owner has confirmed; a stranger who comes back changes nothing', async () => {
    const sourceId = await connect()
    const eve = await world.newSession('acme', 'eve')
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    expect((await confirm(flowId, nonce, eve)).status).toBe(403)
    expect((await confirm(flowId, nonce)).status).toBe(200)
    expect((await readFlow(flowId)).status).toBe('user_mismatch')
    expect(patchesSeen()).toEqual([])
    expect((await testSource(sourceId)).status).toBe('succeeded')
  })

  test('where it is cancelled or denied', async () => {
    const sourceId = await connect()
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    await world.call('cancelFlow', { token: ada, params: { flowId }, body: {} })
    await confirm(flowId, nonce)
    expect((await readFlow(flowId)).status).toBe('cancelled')
    const denied = newFlowId()
    const { cookie } = await openPopup(world, { sessionToken: ada, flowId: denied, sourceType, sourceId })
    const { consentUrl } = (await (await askConsent(world, denied, cookie)).json()) as { consentUrl: string }
    await comeBack(world, await answerAtAcmeCrm(consentUrl, 'Deny'), cookie)
    expect(await readFlow(denied)).toMatchObject({ status: 'denied', sourceId })
    expect(patchesSeen()).toEqual([])
    expect((await readSource(sourceId)).checkStatus).toBe('succeeded')
  })
})

test('a source that fails its test after signing in is kept, says so, and may be signed in once more', async () => {
  const sourceId = await connect()
  const flowId = newFlowId()
  const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
  world.acme.control.behave({ tokenFault: 'rfc6749', tokenError: 'invalid_grant', tokenFaultFor: 'refresh_token' })
  await confirm(flowId, nonce)
  expect(await waitForEnd(flowId)).toMatchObject({ status: 'failed', sourceId, error: { code: 'check_failed' } })
  expect((await readSource(sourceId)).checkStatus).toBe('failed')
  expect(await auditOf('source_deleted', sourceId)).toEqual([])
  world.acme.control.reset()
  expect((await signIn({ sourceId })).status).toBe('completed')
  expect((await readSource(sourceId)).checkStatus).toBe('succeeded')
})

describe('however often it is finished, the tokens go in once', () => {
  test('confirmed five times over two proxies', async () => {
    const sourceId = await connect()
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    const twice = () => second.call('confirmFlow', { token: ada, params: { flowId }, body: { nonce } })
    await Promise.all([confirm(flowId, nonce), twice(), confirm(flowId, nonce), twice(), confirm(flowId, nonce)])
    expect((await waitForEnd(flowId)).status).toBe('completed')
    expect(patchesSeen()).toHaveLength(1)
    expect(await auditOf('source_signed_in_again', sourceId)).toHaveLength(1)
  })

  test('the answer was lost after Airbyte had them: it is seen that they are in', async () => {
    const sourceId = await connect()
    await loseTokens(sourceId)
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    recorder.instead = async (request) => {
      if (!request.url.endsWith('/sources/partial_update')) return undefined
      recorder.instead = undefined
      await world.engine.fetch(request.clone())
      throw new TypeError('fetch failed')
    }
    await confirm(flowId, nonce)
    expect(await waitForEnd(flowId)).toMatchObject({ status: 'completed', sourceId })
    expect(patchesSeen()).toHaveLength(1)
    expect((await testSource(sourceId)).status).toBe('succeeded')
    expect((await readSource(sourceId)).name).toBe('Our CRM')
  })

  test('a process died before it had begun: the next one finishes', async () => {
    const sourceId = await connect()
    await loseTokens(sourceId)
    const flowId = newFlowId()
    await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    await query(world.database, `UPDATE opsai.flows SET status = 'confirmed', confirm_hash = NULL WHERE flow_id = $1`, [
      flowId,
    ])
    const third = await startSecondServer(world, { airbyte: recorder.airbyte })
    expect(await waitForEnd(flowId)).toMatchObject({ status: 'completed', sourceId })
    await third.server.close()
    expect((await testSource(sourceId)).status).toBe('succeeded')
  })

  test('one at a time with everything else on the source', async () => {
    const sourceId = await connect()
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    world.acme.control.forgetRefreshTokens()
    let [now, most] = [0, 0]
    recorder.instead = async ({ url }) => {
      if (!/\/(run\/check|check_connection|partial_update)$/.test(url)) return undefined
      most = Math.max(most, (now += 1))
      await sleep(200)
      now -= 1
      return undefined
    }
    await Promise.all([confirm(flowId, nonce), ...Array.from({ length: 5 }, () => testSource(sourceId))])
    expect((await waitForEnd(flowId)).status).toBe('completed')
    expect(most, 'at Airbyte at once').toBe(1)
    expect(world.acme.control.seenRefreshTokens().mostSeen).toBe(1)
  })
})

describe('what can not be signed in again', () => {
  const startAgain = async (start: Partial<Start>, token = ada) => {
    const flowId = newFlowId()
    const { page } = await openPopup(world, { sessionToken: token, flowId, sourceType, ...start })
    const text = await page.text()
    return { status: page.status, body: text.replace(/"requestId":"[^"]*"/, ''), flowId }
  }

  test("another tenant's source is as unknown as one there never was", async () => {
    const sourceId = await connect()
    const mallory = await world.newSession('globex', 'ada')
    const foreign = await startAgain({ sourceId }, mallory)
    const unknown = await startAgain({ sourceId: randomUUID() }, mallory)
    expect([foreign.status, foreign.body]).toEqual([404, unknown.body])
    expect((await startAgain({ sourceId: 'x' })).status).toBe(400)
  })

  test('as another connector, or under the id of a sign-in for something else', async () => {
    const sourceId = await connect()
    const other = await startAgain({ sourceId, sourceType: 'sample-data' })
    expect(other.status).toBe(409)
    expect((await world.call('getFlow', { token: ada, params: { flowId: other.flowId } })).status).toBe(404)
    const flowId = newFlowId()
    await openPopup(world, { sessionToken: ada, flowId, sourceType })
    const { page } = await openPopup(world, { sessionToken: ada, flowId, sourceType, sourceId })
    expect(page.status).toBe(409)
  })

  test('a source that was connected by a key', async () => {
    const configuration = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
    const body = { tenantId: 'acme', sourceType, name: 'By key', configuration }
    const { sourceId } = (await (await world.call('createSource', { token: ada, body })).json()) as SourceDetail
    const answer = await world.call('signInAgain', { token: ada, params: { sourceId }, body: {} })
    expect(await answer.json()).toMatchObject({ code: 'oauth_unsupported', remedy: 'Edit its settings instead.' })
  })

  test('a source that is deleted meanwhile', async () => {
    const sourceId = await connect()
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, sourceId })
    await world.call('deleteSource', { token: ada, params: { sourceId } })
    await confirm(flowId, nonce)
    expect(await waitForEnd(flowId)).toMatchObject({ status: 'failed', error: { code: 'not_found' } })
  })

  test('and what was signed in again is no new source to be made', async () => {
    const { flowId } = await signIn({ sourceId: await connect() })
    const body = { tenantId: 'acme', sourceType, name: 'Mine now', authorizationId: flowId }
    expect((await world.call('createSource', { token: ada, body })).status).toBe(409)
  })
})

test("the secret of a user's own app is asked for, and no mask of it goes anywhere", async () => {
  const withoutApp = async (request: Request) => {
    if (!/source_definition_specifications\/get/.test(request.url)) return undefined
    const answer = await world.engine.fetch(request)
    const spec = (await answer.json()) as object
    return Response.json({ ...spec, advancedAuthGlobalCredentialsAvailable: false })
  }
  recorder.instead = withoutApp
  await world.restart({ airbyte: recorder.airbyte })
  const credentials = { client_id: acmeApp.clientId, client_secret: acmeApp.clientSecret }
  const typed = JSON.stringify({ credentials })
  const { sourceId = '' } = await signIn({ configuration: typed })
  recorder.seen.length = 0

  const answer = await world.call('signInAgain', { token: ada, params: { sourceId }, body: {} })
  expect(await answer.json()).toMatchObject({
    code: 'invalid_request',
    fieldErrors: [{ path: ['configuration', 'credentials', 'client_secret'], code: 'secret_needed' }],
  })
  const masked = JSON.stringify({ credentials: { ...credentials, refresh_token: '**********' } })
  expect(await signIn({ sourceId, configuration: masked })).toMatchObject({ status: 'completed', sourceId })
  const sent = recorder.seen.filter(({ path }) => /source_oauths|partial_update/.test(path))
  expect(sent.length).toBeGreaterThanOrEqual(3)
  for (const { body } of sent) expect(body).not.toContain('***')
  await world.restart({ airbyte: recorder.airbyte })
})
