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

it('trap 24: takes the credentials as JSON or as a form, with either spelling of the grant, and says how long', async () => {
  const credentials = { client_id: auth.clientId, client_secret: auth.clientSecret }
  const path = '/api/public/v1/applications/token'
  const form = new Request(`http://engine${path}`, {
    method: 'POST',
    body: new URLSearchParams({ ...credentials, grant_type: 'client_credentials' }),
  })
  const answers = [
    await engine.send('POST', path, { ...credentials, 'grant-type': 'client_credentials' }),
    await engine.send('POST', path, credentials),
    await engine.fetch(form),
  ]
  for (const answer of answers) {
    const body = (await answer.json()) as { access_token: string }
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
    const opened = new Request('http://engine/api/public/v1/workspaces', {
      headers: { authorization: `Bearer ${body.access_token}` },
    })
    expect((await engine.fetch(opened)).status).toBe(200)
  }
})

it('answers a wrong secret as Airbyte with its simple authentication does', async () => {
  const wrong = { client_id: auth.clientId, client_secret: 'a guess', 'grant-type': 'client_credentials' }
  const response = await engine.send('POST', '/api/public/v1/applications/token', wrong)
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({
    message: 'Invalid client id or token',
    errorId: expect.any(String) as string,
  })
})

it('trap 12: gives credentials to further applications, and takes them away with a 200 and a body', async () => {
  const { applications } = clientWith(auth.clientSecret)
  const made = await applications.create({ name: 'reports' })
  expect((await applications.list()).map(({ clientId }) => clientId)).toEqual([auth.clientId, made.clientId])
  expect(await applications.get(made.id)).toEqual(made)
  const client = createAirbyteClient({
    baseUrl: 'http://engine',
    fetch: engine.fetch,
    auth: { kind: 'client', clientId: made.clientId, clientSecret: made.clientSecret },
  })
  expect(await client.workspaces.create({ name: 'by another' })).toMatchObject({ name: 'by another' })
  expect(await applications.delete(made.id)).toEqual(made)
  expect(await failureOf(applications.get(made.id))).toMatchObject({ status: 404 })
  const late = await engine.send('POST', '/api/public/v1/applications/token', {
    client_id: made.clientId,
    client_secret: made.clientSecret,
  })
  expect(late.status).toBe(400)
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
