// Who deletes a source is rid of it at the provider too, as far as that can be done; and is told what could not.
import { randomBytes } from 'node:crypto'
import type { Flow, SourceDetail } from '@opsai/contract'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signInAtAcme } from '../test/acme-browser.js'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let recorder: Recorder
let ada: string
const sourceType = 'acme-crm'

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  ada = await world.newSession('acme', 'ada')
})
afterAll(() => world.close())
afterEach(() => {
  recorder.instead = undefined
  recorder.seen.length = 0
  world.acme.control.reset()
})

async function signIn(): Promise<Flow> {
  const flowId = randomBytes(16).toString('base64url')
  const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
  await world.call('confirmFlow', { token: ada, params: { flowId }, body: { nonce } })
  const read = async () => (await (await world.call('getFlow', { token: ada, params: { flowId } })).json()) as Flow
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toMatch(/completed|failed/)
  return await read()
}
const connect = async () => (await signIn()).sourceId ?? ''
const remove = (sourceId: string) => world.call('deleteSource', { token: ada, params: { sourceId } })
const isRevoke = (request: Request) => request.url.endsWith('/source_oauths/revoke')
const factsOf = async (sourceId: string) =>
  (
    await query<{ facts: object }>(
      world.database,
      `SELECT facts FROM opsai.audit WHERE action = 'source_deleted' AND subject = $1`,
      [sourceId],
    )
  ).map(({ facts }) => facts)

test('Airbyte ends the tokens before it forgets them', async () => {
  const sourceId = await connect()
  expect((await remove(sourceId)).status).toBe(200)
  expect(await factsOf(sourceId)).toEqual([{ revocation: 'revoked' }])
  const asked = recorder.seen.map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`)
  expect(asked.filter((each) => /revoke|DELETE/.test(each))).toEqual([
    'POST source_oauths/revoke',
    `DELETE sources/${sourceId}`,
  ])
})

test.each([
  ['an Airbyte that has no such call', () => new Response('', { status: 404 }), 'not_offered'],
  ['an Airbyte whose connector throws', () => new Response('{"errorId":"x"}', { status: 500 }), 'not_offered'],
  ['an Airbyte that is busy', () => new Response('', { status: 429, headers: { 'retry-after': '60' } }), 'no_answer'],
  ['an Airbyte that is not there', () => Promise.reject(new TypeError('fetch failed')), 'no_answer'],
  ['an Airbyte that never answers', () => new Promise<Response>(() => {}), 'no_answer'],
] as const)('%s is no reason to keep a source', async (_, answer, revocation) => {
  const sourceId = await connect()
  recorder.instead = (request) => (isRevoke(request) ? answer() : undefined)
  const at = performance.now()
  expect((await remove(sourceId)).status).toBe(200)
  expect(performance.now() - at).toBeLessThan(15_000)
  expect(await factsOf(sourceId)).toEqual([{ revocation }])
})

test('of a source that was connected by a key nothing is asked', async () => {
  const configuration = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
  const body = { tenantId: 'acme', sourceType, name: 'By key', configuration }
  const { sourceId } = (await (await world.call('createSource', { token: ada, body })).json()) as SourceDetail
  await remove(sourceId)
  expect([await factsOf(sourceId), recorder.seen.filter(({ path }) => path.endsWith('/revoke'))]).toEqual([[{}], []])
})

test('a new source whose test failed is not left behind with its tokens either', async () => {
  world.acme.control.behave({ tokenFault: 'rfc6749', tokenError: 'invalid_grant', tokenFaultFor: 'refresh_token' })
  const asked: string[] = []
  recorder.instead = async (request) => {
    if (!isRevoke(request)) return undefined
    asked.push(((await request.clone().json()) as { sourceId: string }).sourceId)
    return new Response(null, { status: 200 })
  }
  expect((await signIn()).status).toBe('failed')
  expect(asked).toHaveLength(1)
  expect(await factsOf(asked[0] ?? '')).toEqual([{ sourceType, why: 'check_failed', revocation: 'revoked' }])
})
