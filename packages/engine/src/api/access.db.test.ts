import { createAirbyteClient } from '@opsai/airbyte-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { failureOf, startTestEngine, type TestEngine } from '../test/test-engine.js'

const auth = { clientId: 'me', clientSecret: 'only-i-know' }
let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine({ auth, connectors: [] })
})
afterAll(() => engine.close())

const clientWith = (clientSecret: string) =>
  createAirbyteClient({
    baseUrl: 'http://engine',
    fetch: engine.fetch,
    auth: { kind: 'client', clientId: auth.clientId, clientSecret },
  })

it('is closed without a token, except for its health', async () => {
  await engine.airbyte.health()
  expect(await failureOf(engine.airbyte.workspaces.create({ name: 'x' }))).toMatchObject({
    code: 'unauthorized',
    status: 401,
  })
  expect((await engine.send('POST', '/api/v1/source_definitions/list', {})).status).toBe(401)
})

it('gives a token for the right secret only, and takes it', async () => {
  expect(await failureOf(clientWith('a guess').workspaces.create({ name: 'x' }))).toMatchObject({
    code: 'unauthorized',
  })
  expect(await clientWith(auth.clientSecret).workspaces.create({ name: 'x' })).toMatchObject({ name: 'x' })
})

it('takes no token of its own making by others', async () => {
  const forged = `${btoa('{"alg":"none","typ":"JWT"}')}.${btoa('{"sub":"me","exp":9999999999}')}.`
  const client = createAirbyteClient({
    baseUrl: 'http://engine',
    fetch: engine.fetch,
    auth: { kind: 'apiKey', apiKey: forged },
  })
  expect(await failureOf(client.workspaces.create({ name: 'x' }))).toMatchObject({ code: 'unauthorized' })
})

it('has nothing for web pages', async () => {
  const url = 'http://engine/api/public/v1/health'
  expect((await engine.fetch(new Request(url, { headers: { 'sec-fetch-site': 'cross-site' } }))).status).toBe(403)
  const posted = new Request(url, { method: 'POST', headers: { origin: 'https://evil.example' }, body: '{}' })
  expect((await engine.fetch(posted)).status).toBe(403)
})

it('says an unknown route is none', async () => {
  const response = await engine.fetch(new Request('http://engine/api/v2/nothing'))
  expect([response.status, await response.json()]).toEqual([404, 'Object not found.'])
})

it('refuses what is no JSON', async () => {
  const open = await startTestEngine({ connectors: [] })
  const post = (body: string, type: string) =>
    open.fetch(
      new Request('http://engine/api/public/v1/workspaces', {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      }),
    )
  expect((await post('{"name":"x"}', 'text/plain')).status).toBe(400)
  expect((await post('{"name":', 'application/json')).status).toBe(422)
  expect((await post('{"name":""}', 'application/json')).status).toBe(400)
  await open.close()
})
