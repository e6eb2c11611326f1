// What a sign-in at Airbyte Cloud leaves behind: the id of stored tokens. Airbyte gives them to whoever names the id.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askConsent, openPopup } from '../test/acme-browser.js'
import { asCloud } from '../test/as-cloud.js'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, publicUrl, query, type World } from '../test/world.js'

let world: World
let recorder: Recorder
let token: string
let workspaceId: string
let definitionId: string

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  recorder.instead = asCloud(world)
  await world.restart({ airbyte: { ...recorder.airbyte, baseUrl: 'https://api.airbyte.com' }, edition: 'cloud' })
  token = await world.newSession('acme')
  const [row] = await query<{ workspace_id: string }>(world.database, 'SELECT workspace_id FROM opsai.tenants')
  workspaceId = row?.workspace_id ?? ''
})
afterAll(() => world.close())

/** The way to the provider and back, with what Cloud's callback adds to ours. */
async function comeBackWith(parameters: Record<string, string>) {
  const flowId = randomBytes(16).toString('base64url')
  const { cookie, page } = await openPopup(world, { sessionToken: token, flowId, sourceType: 'acme-crm' })
  expect(page.status).toBe(200)
  const consent = await askConsent(world, flowId, cookie)
  expect(consent.status).toBe(200)
  const asked = recorder.seen.findLast(({ path }) => path.endsWith('/initiateOAuth'))
  const { redirectUrl } = JSON.parse(asked?.body ?? '{}') as { redirectUrl: string }
  definitionId =
    (await query<{ definition_id: string }>(world.database, 'SELECT definition_id FROM opsai.flows LIMIT 1'))[0]
      ?.definition_id ?? ''
  const callback = new URL(redirectUrl)
  for (const [name, value] of Object.entries({ state: 'abcdefg', definition_id: definitionId, ...parameters }))
    callback.searchParams.set(name, value)
  const answer = await world.send(new Request(callback, { headers: { cookie, accept: 'text/html' } }))
  const nonce = /#c=(.+)$/.exec(answer.headers.get('location') ?? '')?.[1]
  if (nonce) await world.call('confirmFlow', { token, params: { flowId }, body: { nonce } })
  const status = async () =>
    ((await (await world.call('getFlow', { token, params: { flowId } })).json()) as { status: string }).status
  await expect.poll(status, { timeout: 15_000 }).toMatch(/completed|mismatch|failed|provider_error|expired/)
  return { status: await status(), answer }
}

const created = () =>
  recorder.seen
    .filter(({ method, path }) => method === 'POST' && path === '/v1/sources')
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>)

test('trap 4: the callback’s secret_id is the secretId of the create, and no browser ever sees it', async () => {
  recorder.seen.length = 0
  const secretId = `airbyte_oauth_workspace_${workspaceId}_secret_${randomUUID()}_v1`
  const { status, answer } = await comeBackWith({ secret_id: secretId, workspace_id: workspaceId })
  expect(status).toBe('completed')
  expect(created()).toHaveLength(1)
  expect(created()[0]).toMatchObject({ secretId, workspaceId, definitionId })
  expect(created()[0]).not.toHaveProperty('secret_id')
  expect(`${await answer.text()}${answer.headers.get('location')}${world.logLines.join('')}`).not.toContain(secretId)
})

test.each<[string, () => Record<string, string>]>([
  [
    'another workspace’s secret',
    () => ({
      secret_id: `airbyte_oauth_workspace_${randomUUID()}_secret_${randomUUID()}_v1`,
      workspace_id: workspaceId,
    }),
  ],
  [
    'a callback of another workspace',
    () => ({
      secret_id: `airbyte_oauth_workspace_${workspaceId}_secret_${randomUUID()}_v1`,
      workspace_id: randomUUID(),
    }),
  ],
  [
    'a callback of another connector',
    () => ({
      secret_id: `airbyte_oauth_workspace_${workspaceId}_secret_${randomUUID()}_v1`,
      definition_id: randomUUID(),
    }),
  ],
])('trap 5: %s makes nothing, for Airbyte would not have asked', async (_, parameters) => {
  recorder.seen.length = 0
  expect((await comeBackWith(parameters())).status).toBe('context_mismatch')
  expect(created()).toEqual([])
})

test('trap 5: Airbyte’s own seven letters are no state of ours', async () => {
  const answer = await world.send(
    new Request(`${publicUrl}/api/airbyte/oauth/callback/abcdefg`, { headers: { accept: 'text/html' } }),
  )
  expect(answer.status).toBe(404)
})

test('trap 5: a secretId a browser sends is taken from nobody', async () => {
  recorder.seen.length = 0
  const secretId = `airbyte_oauth_workspace_${workspaceId}_secret_${randomUUID()}_v1`
  const base = { tenantId: 'acme', sourceType: 'acme-crm', name: 'x' }
  for (const body of [
    { ...base, secretId },
    { ...base, configuration: { secretId } },
    { ...base, configuration: { credentials: { auth_type: 'api_key', api_key: secretId } } },
  ]) {
    expect((await world.call('createSource', { token, body })).status).toBe(400)
  }
  expect(created()).toEqual([])
})
