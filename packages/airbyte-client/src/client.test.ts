import type { Hono } from 'hono'
import { afterEach, expect, it } from 'vitest'
import { isAirbyteError, type AirbyteError } from './airbyte-error.js'
import { createAirbyteClient, type AirbyteClientOptions } from './client.js'
import { startAirbyte } from './test/start-airbyte.js'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function airbyteWith(routes: (app: Hono) => void, options: Partial<AirbyteClientOptions> = {}) {
  const server = await startAirbyte(routes)
  closers.push(server.close)
  return { asked: server.asked, airbyte: createAirbyteClient({ baseUrl: server.baseUrl, ...options }) }
}

const withClient = { auth: { kind: 'client', clientId: 'me', clientSecret: 'shh-secret' } } as const
const workspace = { workspaceId: 'w1', name: 'acme', dataResidency: 'auto' }
const failure = async (promise: Promise<unknown>): Promise<AirbyteError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isAirbyteError(error)) throw new Error(`expected an AirbyteError, got ${String(error)}`)
  return error
}

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
  expect(await failure(airbyte.jobs.get(1))).toMatchObject({ code: 'unauthorized', status: 401 })
  expect(asked.filter((it) => it.path.endsWith('/jobs/1'))).toHaveLength(2)
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

  const error = await failure(airbyte.workspaces.get('w1'))
  expect(error).toMatchObject({ code: 'unauthorized', requestId: 'e1' })
  expect(JSON.stringify(error) + error.message).not.toContain('shh-secret')
})

it('repeats reads that fail on the way, and never a create', async () => {
  let failures = 2
  const { airbyte, asked } = await airbyteWith((app) => {
    app.get('/api/public/v1/workspaces/:id', (c) => (failures-- > 0 ? c.text('', 503) : c.json(workspace)))
    app.post('/api/public/v1/workspaces', (c) => c.text('', 503))
  })

  expect(await airbyte.workspaces.get('w1')).toEqual(workspace)
  expect(await failure(airbyte.workspaces.create({ name: 'acme' }))).toMatchObject({
    code: 'unavailable',
    retryable: true,
  })
  expect(asked.map((it) => it.method)).toEqual(['GET', 'GET', 'GET', 'POST'])
})

it('walks all pages by its own offset, whatever next says', async () => {
  const source = (n: number) => ({
    sourceId: `s${n}`,
    name: 'x',
    sourceType: '',
    definitionId: 'd',
    workspaceId: 'w1',
    configuration: {},
    createdAt: 1,
  })
  const { airbyte, asked } = await airbyteWith((app) => {
    app.get('/api/public/v1/sources', (c) => {
      const { limit = '20', offset = '0' } = c.req.query()
      const data = Array.from({ length: Math.max(0, Math.min(+limit, 230 - +offset)) }, (_, n) => source(+offset + n))
      return c.json({ data, next: 'http://localhost:1/trap', previous: '' })
    })
  })

  const sources = await airbyte.sources.list({ workspaceId: 'w1' })

  expect(new Set(sources.map((it) => it.sourceId)).size).toBe(230)
  expect(asked.map((it) => it.search)).toEqual([
    '?workspaceIds=w1&limit=100&offset=0',
    '?workspaceIds=w1&limit=100&offset=100',
    '?workspaceIds=w1&limit=100&offset=200',
  ])
})

it('never lists the workspaces of everybody', async () => {
  const { airbyte, asked } = await airbyteWith(() => undefined)
  expect(await airbyte.workspaces.list({ workspaceIds: [] })).toEqual([])
  expect(asked).toEqual([])
})

it('does not repeat a password that Airbyte quotes', async () => {
  const { airbyte } = await airbyteWith((app) => {
    app.post('/api/public/v1/sources', async (c) => {
      const { configuration } = await c.req.json<{ configuration: { password: string } }>()
      return c.json(
        { status: 422, title: 'unprocessable-entity', data: { message: `bad ${configuration.password}` } },
        422,
      )
    })
  })

  const configuration = { password: 'correct horse' }
  const error = await failure(airbyte.sources.create({ workspaceId: 'w', name: 'n', definitionId: 'd', configuration }))

  expect(error).toMatchObject({ code: 'invalid', detail: 'bad **********' })
  expect(JSON.stringify(error) + String(error.cause)).not.toContain('correct horse')
})

it('says which field of an answer is not as documented, without its value', async () => {
  const { airbyte } = await airbyteWith((app) => {
    app.get('/api/public/v1/jobs/:id', (c) => c.json({ jobId: 'seven', status: 'running' }))
  })
  const error = await failure(airbyte.jobs.get(7))
  expect(error.code).toBe('invalid_answer')
  expect(error.message).toContain('jobId')
})

it('says so when nobody is there, when it takes too long, and gives up when asked to', async () => {
  const { airbyte } = await airbyteWith(
    (app) => {
      app.post(
        '/api/public/v1/workspaces',
        () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response()), 500)),
      )
    },
    { timeoutMs: 50 },
  )
  const nobody = createAirbyteClient({ baseUrl: 'http://127.0.0.1:9' })

  expect(await failure(nobody.workspaces.create({ name: 'x' }))).toMatchObject({ code: 'network', retryable: true })
  expect(await failure(airbyte.workspaces.create({ name: 'x' }))).toMatchObject({ code: 'timeout', retryable: true })
  const signal = AbortSignal.abort(new Error('changed my mind'))
  await expect(airbyte.workspaces.create({ name: 'x' }, { signal })).rejects.toThrow('changed my mind')
})

it('says that sample rows are not offered by an Airbyte without them', async () => {
  const { airbyte } = await airbyteWith(() => undefined)
  expect(await failure(airbyte.sources.sample({ sourceId: 's' }))).toMatchObject({ code: 'not_supported', status: 404 })
})

it.each([
  [
    'the engine',
    (app: Hono) =>
      app.get('/api/v1/opsai/capabilities', (c) =>
        c.json({ sampleRows: true, loadsUnderForcedRowSecurity: true, more: 1 }),
      ),
    true,
    true,
  ],
  [
    'an older engine',
    (app: Hono) => app.get('/api/v1/opsai/capabilities', (c) => c.json({ sampleRows: true })),
    true,
    false,
  ],
  ['an Airbyte without the route', () => undefined, false, false],
  ['an Airbyte behind a gateway', (app: Hono) => app.get('/api/v1/*', (c) => c.text('no', 403)), false, false],
])('asks %s what it can do beyond Airbyte', async (_, routes, sampleRows, loadsUnderForcedRowSecurity) => {
  const { airbyte } = await airbyteWith((app) => void routes(app))
  expect(await airbyte.capabilities()).toEqual({ sampleRows, loadsUnderForcedRowSecurity })
})

it('takes no failure for an answer about capabilities', async () => {
  const { airbyte } = await airbyteWith((app) => app.get('/api/v1/*', (c) => c.json({ message: 'down' }, 500)))
  expect(await failure(airbyte.capabilities())).toMatchObject({ status: 500 })
})

it('signs in through the Config API, and says what the provider said when it did not work', async () => {
  const { airbyte, asked } = await airbyteWith((app) => {
    app.post('/api/v1/source_oauths/get_consent_url', (c) => c.json({ consentUrl: 'https://idp/authorize?state=abc' }))
    app.post('/api/v1/source_oauths/complete_oauth', async (c) => {
      const { queryParams } = await c.req.json<{ queryParams: Record<string, string> }>()
      if (queryParams.error)
        return c.json({ request_succeeded: false, request_error: queryParams.error, auth_payload: {} })
      return c.json({ request_succeeded: true, auth_payload: { secretId: 'airbyte_oauth_workspace_w_secret_1_v1' } })
    })
  })
  const flow = { workspaceId: 'w', definitionId: 'd', redirectUrl: 'https://app/callback' }

  expect(await airbyte.oauth.getConsentUrl(flow)).toEqual({ consentUrl: 'https://idp/authorize?state=abc' })
  expect(await airbyte.oauth.complete({ ...flow, queryParams: { code: 'c', state: 'abc' } })).toEqual({
    secretId: 'airbyte_oauth_workspace_w_secret_1_v1',
  })
  expect(asked.at(-1)?.body).toMatchObject({ returnSecretCoordinate: true, queryParams: { code: 'c', state: 'abc' } })
  expect(await failure(airbyte.oauth.complete({ ...flow, queryParams: { error: 'access_denied' } }))).toMatchObject({
    code: 'oauth_failed',
    detail: 'access_denied',
  })
})

it('signs in through Cloud, which goes by name and hands the secret id to the callback itself', async () => {
  const asked: Request[] = []
  const airbyte = createAirbyteClient({
    baseUrl: 'https://api.airbyte.com',
    fetch: (request) => {
      asked.push(request)
      return Response.json({ consentUrl: 'https://idp/authorize' })
    },
  })
  const flow = { workspaceId: 'w', definitionId: 'd', redirectUrl: 'https://app/callback' }

  await airbyte.oauth.getConsentUrl({ ...flow, sourceType: 'hubspot' })
  expect(asked[0]?.url).toBe('https://api.airbyte.com/v1/sources/initiateOAuth')
  expect(await airbyte.oauth.complete({ ...flow, queryParams: { secret_id: 'airbyte_oauth_1' } })).toEqual({
    secretId: 'airbyte_oauth_1',
  })
  expect(await failure(airbyte.oauth.getConsentUrl(flow))).toMatchObject({ code: 'not_supported' })
})
