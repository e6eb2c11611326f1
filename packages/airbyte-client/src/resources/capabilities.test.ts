import type { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createAirbyteClient } from '../client.js'
import { airbyteWith, failureOf } from '../test/airbyte-with.js'
import type { AirbyteCapabilities } from './capabilities.js'

const token = (app: Hono) =>
  app.post('/api/public/v1/applications/token', (c) => c.json({ access_token: 't', expires_in: 900 }))
const credentials = { auth: { kind: 'client', clientId: 'me', clientSecret: 'shh' } } as const
const forbidden = { status: 403, type: 'https://reference.airbyte.com/reference/errors#forbidden', title: 'forbidden' }

/** A self-managed Airbyte of today. */
function selfManaged(app: Hono) {
  token(app)
  app.get('/api/public/v1/health', (c) => c.text('Successful operation'))
  app.get('/api/public/v1/workspaces', (c) =>
    c.req.header('authorization') ? c.json({ data: [] }) : c.body(null, 401),
  )
  app.get('/api/v1/instance_configuration', (c) => c.json({ version: '2.0.1', edition: 'community' }))
  app.post('/api/v1/commands/status', (c) => c.json(forbidden, 403))
  app.post('/api/public/v1/sources/initiateOAuth', () => new Response(null, { status: 501 }))
}

/** The engine's own route, before the rest. */
function engine(app: Hono) {
  app.get('/api/v1/opsai/capabilities', (c) => c.json({ sampleRows: true, loadsUnderForcedRowSecurity: true, more: 1 }))
  selfManaged(app)
}

/** Before commands, and with authentication off: its web app answers every path it does not know. */
function old(app: Hono) {
  app.get('/api/public/v1/health', (c) => c.text('Successful operation'))
  app.get('/api/public/v1/workspaces', (c) => c.json({ data: [], next: '', previous: '' }))
  app.get('/api/v1/health', (c) => c.json({ available: true }))
  app.all('*', (c) => (c.req.method === 'GET' ? c.html('<!doctype html>') : c.json('Object not found.', 404)))
}

/** Only the public API is let through. */
function behindGateway(app: Hono) {
  app.all('/api/v1/*', (c) => c.json({ message: 'Forbidden' }, 403))
  selfManaged(app)
}

const real: AirbyteCapabilities = {
  edition: 'selfManaged',
  version: '2.0.1',
  authentication: 'required',
  publicApi: 'present',
  configApi: 'present',
  commands: 'present',
  initiateOAuth: 'absent',
  sampleRows: false,
  loadsUnderForcedRowSecurity: false,
}
const { version: _, ...unversioned } = real

it.each<[string, (app: Hono) => void, AirbyteCapabilities]>([
  ['self-managed Airbyte', selfManaged, real],
  ['the engine', engine, { ...real, edition: 'embedded', sampleRows: true, loadsUnderForcedRowSecurity: true }],
  ['an old Airbyte without authentication', old, { ...unversioned, authentication: 'off', commands: 'absent' }],
  ['Airbyte behind a gateway', behindGateway, { ...unversioned, configApi: 'forbidden', commands: 'absent' }],
  [
    'something else',
    (app) => void app.all('*', (c) => c.html('<!doctype html>')),
    { ...unversioned, authentication: 'unknown', publicApi: 'absent', configApi: 'absent', commands: 'absent' },
  ],
])('finds out what %s offers', async (_, routes, offered) => {
  const { airbyte, asked } = await airbyteWith(routes, credentials)
  expect(await airbyte.capabilities()).toEqual(offered)
  // What it asks makes nothing: an empty body, an id nobody has, a page beyond the end.
  for (const { method, path, search, body } of asked) {
    if (path.endsWith('/workspaces')) expect(search).toBe('?limit=1&offset=1000000')
    if (method !== 'POST' || path.endsWith('/token')) continue
    const harmless = path.endsWith('/initiateOAuth') ? {} : { id: expect.stringMatching(/^[0-9a-f-]{36}$/) }
    expect([path, body]).toEqual([expect.stringMatching(/\/(sources\/initiateOAuth|commands\/status)$/), harmless])
  }
})

it('knows Cloud by its address, and takes a refused empty sign-in for one that is offered', async () => {
  const airbyte = createAirbyteClient({
    baseUrl: 'https://api.airbyte.com',
    fetch: ({ url }) => {
      if (url === 'https://api.airbyte.com/v1/health') return new Response('Successful operation')
      if (url.endsWith('/commands/status')) return Response.json(forbidden, { status: 403 })
      if (url.endsWith('/initiateOAuth')) return Response.json({ title: 'bad-request' }, { status: 400 })
      return Response.json('Object not found.', { status: 404 })
    },
  })
  expect(await airbyte.capabilities()).toEqual({ ...unversioned, edition: 'cloud', initiateOAuth: 'present' })
})

it('is asked once, also by many at once', async () => {
  const { airbyte, asked } = await airbyteWith(selfManaged, credentials)
  await Promise.all(Array.from({ length: 20 }, () => airbyte.capabilities()))
  await airbyte.capabilities()
  expect(asked.filter(({ path }) => path.endsWith('/commands/status'))).toHaveLength(1)
})

it('takes no failure for an answer, and remembers none', async () => {
  let down = true
  const { airbyte } = await airbyteWith((app) => {
    app.use('/api/v1/opsai/*', async (c, next) => (down ? c.json({ message: 'down' }, 500) : await next()))
    engine(app)
  }, credentials)
  expect(await failureOf(airbyte.capabilities())).toMatchObject({ status: 500 })
  down = false
  expect(await airbyte.capabilities()).toMatchObject({ edition: 'embedded' })
})

it('is given up by the one who gives up, and by nobody else', async () => {
  const { airbyte } = await airbyteWith(selfManaged, credentials)
  const giveUp = new AbortController()
  const first = airbyte.capabilities({ signal: giveUp.signal })
  const second = airbyte.capabilities()
  giveUp.abort(new Error('changed my mind'))
  await expect(first).rejects.toThrow('changed my mind')
  expect(await second).toEqual(real)
})
