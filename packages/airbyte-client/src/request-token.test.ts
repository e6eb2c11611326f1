// Tokens over real HTTP: got, shared, refused, replaced.
import { expect, it } from 'vitest'
import { createAirbyteClient } from './client.js'
import { airbyteWith, failureOf } from './test/airbyte-with.js'

const withClient = { auth: { kind: 'client', clientId: 'me', clientSecret: 'shh-secret' } } as const
const workspace = { workspaceId: 'w1', name: 'acme', dataResidency: 'auto' }

it('asks once for a token, however many calls wait for it, and uses it until it runs out', async () => {
  let tokens = 0
  const { airbyte, asked } = await airbyteWith((app) => {
    app.post('/api/public/v1/applications/token', (c) => c.json({ access_token: `t${++tokens}`, expires_in: 900 }))
    app.get('/api/public/v1/workspaces/:id', (c) => c.json(workspace))
  }, withClient)

  await Promise.all([1, 2, 3, 4].map(() => airbyte.workspaces.get('w1')))

  expect(tokens).toBe(1)
  expect(asked[0]?.body).toEqual({ client_id: 'me', client_secret: 'shh-secret', 'grant-type': 'client_credentials' })
  expect(asked.slice(1).map((it) => it.authorization)).toEqual(Array(4).fill('Bearer t1'))
})

it('takes a new token and tries again, once, when the old one is refused', async () => {
  let tokens = 0
  const { airbyte, asked } = await airbyteWith((app) => {
    app.post('/api/public/v1/applications/token', (c) => c.json({ access_token: `t${++tokens}`, expires_in: 900 }))
    app.get('/api/public/v1/workspaces/:id', (c) =>
      c.req.header('authorization') === 'Bearer t2' ? c.json(workspace) : c.body(null, 401),
    )
    app.get('/api/public/v1/jobs/:id', (c) => c.body(null, 401))
  }, withClient)

  expect(await airbyte.workspaces.get('w1')).toEqual(workspace)
  expect(await failureOf(airbyte.jobs.get(1))).toMatchObject({ code: 'unauthorized', status: 401 })
  expect(asked.filter((it) => it.path.endsWith('/jobs/1'))).toHaveLength(2)
})

it('asks for one new token when a hundred calls are refused at once', async () => {
  let tokens = 0
  const { airbyte, asked } = await airbyteWith((app) => {
    app.post('/api/public/v1/applications/token', (c) => c.json({ access_token: `t${++tokens}`, expires_in: 900 }))
    app.get('/api/public/v1/workspaces/:id', (c) =>
      c.req.header('authorization') === 'Bearer t1' ? c.body(null, 401) : c.json(workspace),
    )
  }, withClient)

  await Promise.all(Array.from({ length: 100 }, () => airbyte.workspaces.get('w1')))

  expect(tokens).toBe(2)
  expect(asked).toHaveLength(202)
})

it.each(['with', 'without'])('gets tokens at the Config API %s the public door being empty', async (door) => {
  const { airbyte, asked } = await airbyteWith((app) => {
    if (door === 'without') app.post('/api/public/v1/applications/token', (c) => c.body(null, 501))
    app.post('/api/v1/applications/token', (c) => c.json({ access_token: 'second' }))
    app.get('/api/public/v1/workspaces/:id', (c) => c.json(workspace))
  }, withClient)

  await airbyte.workspaces.get('w1')
  expect(asked[1]).toMatchObject({
    path: '/api/v1/applications/token',
    body: { client_id: 'me', client_secret: 'shh-secret' },
  })
  expect(asked[2]?.authorization).toBe('Bearer second')
})

it('sends a static key as it is, and refuses one that no header can carry, without saying it', async () => {
  const { airbyte, asked } = await airbyteWith(
    (app) => app.get('/api/public/v1/workspaces/:id', (c) => c.body(null, 401)),
    { auth: { kind: 'apiKey', apiKey: 'key-1' } },
  )
  expect(await failureOf(airbyte.workspaces.get('w1'))).toMatchObject({ code: 'unauthorized' })
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer key-1'])
  const broken = () =>
    createAirbyteClient({ baseUrl: 'http://127.0.0.1:9', auth: { kind: 'apiKey', apiKey: 'key\n2' } })
  expect(broken).toThrow(/^auth\.apiKey is empty or holds spaces/)
})

it('goes without a token where a web page answers for it, as Airbyte without authentication does', async () => {
  const { airbyte, asked } = await airbyteWith((app) => {
    app.post('/api/public/v1/applications/token', (c) => c.html('<!doctype html><title>Airbyte</title>'))
    app.get('/api/public/v1/workspaces/:id', (c) => c.json(workspace))
  }, withClient)

  await airbyte.workspaces.get('w1')
  expect(asked.at(-1)?.authorization).toBeUndefined()
})

it.each([400, 401, 500] as const)('says wrong credentials are wrong, also where Airbyte answers %i', async (status) => {
  const { airbyte } = await airbyteWith((app) => {
    app.post('/api/public/v1/applications/token', (c) => c.json({ errorId: 'e1' }, status))
  }, withClient)

  const error = await failureOf(airbyte.workspaces.get('w1'))
  expect(error).toMatchObject({ code: 'unauthorized', requestId: 'e1' })
  expect(JSON.stringify(error) + error.message).not.toContain('shh-secret')
})
