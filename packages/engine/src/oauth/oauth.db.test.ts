import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { listenAcmeCrm, type ListeningAcmeCrm } from '@opsai/sandbox'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAcmeCrmConnector } from '../native/acme-crm/acme-crm-connector.js'
import { connectTo, makeTestDatabase } from '../test/test-database.js'
import { failureOf, startTestEngine, until, type TestEngine } from '../test/test-engine.js'

const redirectUrl = 'http://localhost:4999/callback'
const app = { clientId: 'engine-test', clientSecret: 'canary-app-secret' }
const configuration = { credentials: { auth_type: 'oauth2.0' } }

let crm: ListeningAcmeCrm
let engine: TestEngine
let workspaceId: string
let definitionId: string

beforeAll(async () => {
  const client = { ...app, name: 'Engine test', redirectUris: [redirectUrl], requirePkce: true }
  crm = await listenAcmeCrm({
    port: 0,
    clients: [client],
    records: { contacts: 30, companies: 5, deals: 7 },
    rateLimit: false,
  })
  const connector = createAcmeCrmConnector({ baseUrl: crm.url })
  definitionId = connector.definitionId
  engine = await startTestEngine({ connectors: [connector], oauthApps: { 'acme-crm': app } })
  workspaceId = (await engine.airbyte.workspaces.create({ name: 'acme' })).workspaceId
})
afterAll(async () => {
  await engine.close()
  await crm.close()
})

const begin = async () => {
  const { consentUrl } = await engine.airbyte.oauth.getConsentUrl({ workspaceId, definitionId, redirectUrl })
  return new URL(consentUrl)
}
const complete = (queryParams: Record<string, string>, changes: object = {}) =>
  engine.airbyte.oauth.complete({ workspaceId, definitionId, redirectUrl, queryParams, ...changes })
const signIn = async () => {
  const { secretId } = await complete(Object.fromEntries((await answerAtAcmeCrm(await begin())).searchParams))
  return secretId
}
const createSource = (secretId: string, changes: object = {}) =>
  engine.airbyte.sources.create({ workspaceId, name: 'CRM', definitionId, configuration, secretId, ...changes })

describe('signing in', () => {
  it('sends the user to the provider with a state and a challenge of its own, and no secret', async () => {
    const [once, twice] = [await begin(), await begin()]
    expect(once.origin + once.pathname).toBe(`${crm.url}/oauth/authorize`)
    expect(Object.fromEntries(once.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: redirectUrl,
      scope: 'crm.read',
      code_challenge_method: 'S256',
    })
    expect(once.searchParams.get('state')).not.toBe(twice.searchParams.get('state'))
    expect(once.searchParams.get('code_challenge')).toHaveLength(
      createHash('sha256').update('').digest('base64url').length,
    )
    expect(once.href).not.toContain(app.clientSecret)
  })

  it('ends in a source that works, whose tokens nobody sees', async () => {
    const secretId = await signIn()
    expect(secretId).toMatch(new RegExp(`^airbyte_oauth_workspace_${workspaceId}_secret_[0-9a-f-]{36}_v1$`))
    const source = await createSource(secretId)
    expect(source.configuration).toEqual({
      credentials: {
        auth_type: 'oauth2.0',
        client_id: app.clientId,
        client_secret: '**********',
        refresh_token: '**********',
      },
    })
    for (let round = 0; round < 3; round += 1) {
      expect(await engine.airbyte.sources.check(source.sourceId)).toMatchObject({ status: 'succeeded' })
    }
  })

  it('again gives a source new tokens', async () => {
    const { sourceId } = await createSource(await signIn())
    const revoked = await engine.airbyte.sources.patch(sourceId, {
      configuration: { credentials: { refresh_token: 'gone' } },
    })
    expect(revoked.sourceId).toBe(sourceId)
    expect(await engine.airbyte.sources.check(sourceId)).toMatchObject({ status: 'failed' })
    await engine.airbyte.sources.patch(sourceId, { secretId: await signIn() })
    expect(await engine.airbyte.sources.check(sourceId)).toMatchObject({ status: 'succeeded' })
  })

  it('says what the provider said when the user does not allow it', async () => {
    const back = await answerAtAcmeCrm(await begin(), 'Deny')
    const error = await failureOf(complete(Object.fromEntries(back.searchParams)))
    expect(error).toMatchObject({ code: 'oauth_failed' })
    expect(error.detail).toContain('access_denied')
  })
})

describe('what came back', () => {
  it('is taken once', async () => {
    const params = Object.fromEntries((await answerAtAcmeCrm(await begin())).searchParams)
    await complete(params)
    expect(await failureOf(complete(params))).toMatchObject({
      code: 'oauth_failed',
      detail: expect.stringContaining('expired'),
    })
  })

  it('is of no use in another workspace, with another address, with another state, or too late', async () => {
    const other = await engine.airbyte.workspaces.create({ name: 'other' })
    const params = Object.fromEntries((await answerAtAcmeCrm(await begin())).searchParams)
    const attempts = [
      () => complete(params, { workspaceId: other.workspaceId }),
      () => complete({ ...params, state: randomBytes(32).toString('base64url') }),
      () => complete(params, { redirectUrl: 'http://localhost:4999/other' }),
    ]
    for (const attempt of attempts) expect(await failureOf(attempt())).toMatchObject({ code: 'oauth_failed' })

    const late = Object.fromEntries((await answerAtAcmeCrm(await begin())).searchParams)
    await connectTo(engine.databaseUrl)(`UPDATE airbyte_engine.oauth_flow SET expires_at = now() - interval '1 s'`)
    expect(await failureOf(complete(late))).toMatchObject({ code: 'oauth_failed' })
  })

  it('with a wrong code is refused in the provider’s words', async () => {
    const state = (await begin()).searchParams.get('state') ?? ''
    const error = await failureOf(complete({ state, code: 'made-up' }))
    expect(error.detail).toContain('invalid_grant')
  })
})

describe('a secret id', () => {
  it('is taken by one source, once', async () => {
    const secretId = await signIn()
    const results = await Promise.allSettled([createSource(secretId), createSource(secretId)])
    expect(results.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is still there after a source that could not be made', async () => {
    const secretId = await signIn()
    const wrong = { configuration: { credentials: { auth_type: 'oauth2.0' }, start_date: 'yesterday' } }
    expect(await failureOf(createSource(secretId, wrong))).toMatchObject({ status: 422 })
    expect(await createSource(secretId)).toMatchObject({ name: 'CRM' })
  })

  it('is of no use to another workspace', async () => {
    const other = await engine.airbyte.workspaces.create({ name: 'thief' })
    const secretId = await signIn()
    expect(await failureOf(createSource(secretId, { workspaceId: other.workspaceId }))).toMatchObject({ status: 422 })
    expect(
      await failureOf(createSource(`airbyte_oauth_workspace_${workspaceId}_secret_${randomUUID()}_v1`)),
    ).toMatchObject({ status: 422 })
  })
})

describe('trap 11: tokens that are asked for', () => {
  it('are handed out with six stars for what is the operator’s, and work in a source as they came', async () => {
    const params = Object.fromEntries((await answerAtAcmeCrm(await begin())).searchParams)
    const body = { sourceDefinitionId: definitionId, workspaceId, redirectUrl, queryParams: params }
    const response = await engine.send('POST', '/api/v1/source_oauths/complete_oauth', body)
    const text = await response.text()
    expect(text).not.toContain(app.clientSecret)
    const { auth_payload: payload } = JSON.parse(text) as { auth_payload: Record<string, string> }
    expect(payload).toEqual({
      refresh_token: expect.stringMatching(/^acme_rt_/),
      client_id: '******',
      client_secret: '******',
    })
    const credentials = { auth_type: 'oauth2.0', ...payload }
    const source = await engine.airbyte.sources.create({
      workspaceId,
      name: 'Six stars',
      definitionId,
      configuration: { credentials },
    })
    for (let round = 0; round < 2; round += 1) {
      expect(await engine.airbyte.sources.check(source.sourceId)).toMatchObject({ status: 'succeeded' })
    }
    expect(source.configuration).toMatchObject({ credentials: { client_secret: '**********' } })
  })

  it('mean nothing to an engine that has no app', async () => {
    const without = await startTestEngine({ connectors: [createAcmeCrmConnector({ baseUrl: crm.url })] })
    const { workspaceId } = await without.airbyte.workspaces.create({ name: 'x' })
    const credentials = { auth_type: 'oauth2.0', refresh_token: 'r', client_id: '******', client_secret: '******' }
    const check = await without.airbyte.sources.checkConfiguration({
      workspaceId,
      definitionId,
      configuration: { credentials },
    })
    expect(check).toMatchObject({ status: 'failed' })
    await without.close()
  })
})

it('takes an app for the whole instance over the API, and keeps its secret to itself', async () => {
  const instance = await startTestEngine({ connectors: [createAcmeCrmConnector({ baseUrl: crm.url })] })
  const { workspaceId } = await instance.airbyte.workspaces.create({ name: 'x' })
  const available = async () =>
    (await instance.airbyte.connectors.spec({ workspaceId, definitionId })).advancedAuthGlobalCredentialsAvailable
  expect(await available()).toBe(false)
  const params = { client_id: app.clientId, client_secret: app.clientSecret }
  const set = { sourceDefinitionId: definitionId, params }
  expect((await instance.send('POST', '/api/v1/source_oauths/oauth_params/create', set)).status).toBe(200)
  expect(await available()).toBe(true)
  const { consentUrl } = await instance.airbyte.oauth.getConsentUrl({ workspaceId, definitionId, redirectUrl })
  expect(new URL(consentUrl).searchParams.get('client_id')).toBe(app.clientId)
  const scopes = { sourceDefinitionId: definitionId, workspaceId }
  const answer = await instance.send('POST', '/api/v1/source_oauths/get_scopes', scopes)
  expect(await answer.json()).toEqual({
    scopes: [{ scope: 'crm.read' }],
    optionalScopes: [],
    scopeJoinStrategy: 'space',
  })
  const dump = await connectTo(instance.databaseUrl)('SELECT t::text AS row FROM airbyte_engine.oauth_app t')
  expect(JSON.stringify(dump)).not.toContain(Buffer.from(app.clientSecret).toString('hex'))
  await instance.close()
})

it('wants an app, the operator’s or the user’s own', async () => {
  const without = await startTestEngine({ connectors: [createAcmeCrmConnector({ baseUrl: crm.url })] })
  const { workspaceId } = await without.airbyte.workspaces.create({ name: 'x' })
  const flow = { workspaceId, definitionId, redirectUrl }
  expect((await failureOf(without.airbyte.oauth.getConsentUrl(flow))).detail).toContain('oauthApps')
  const input = { client_id: app.clientId, client_secret: app.clientSecret }
  const { consentUrl } = await without.airbyte.oauth.getConsentUrl({ ...flow, input })
  const queryParams = Object.fromEntries((await answerAtAcmeCrm(new URL(consentUrl))).searchParams)
  const { secretId } = await without.airbyte.oauth.complete({ ...flow, queryParams, input })
  const source = await without.airbyte.sources.create({
    workspaceId,
    name: 'Own app',
    definitionId,
    configuration,
    secretId,
  })
  expect(await without.airbyte.sources.check(source.sourceId)).toMatchObject({ status: 'succeeded' })
  await without.close()
})

it('syncs what was signed in to, and leaves no secret readable in the database', async () => {
  const warehouse = await makeTestDatabase('warehouse')
  const source = await createSource(await signIn())
  const destination = await engine.airbyte.destinations.create({
    workspaceId,
    name: 'D',
    definitionId: '25c5221d-dce2-4163-ade9-739ef790f503',
    configuration: { ...warehouse.configuration, schema: 'public' },
  })
  const { connectionId } = await engine.airbyte.connections.create({
    name: 'CRM → D',
    sourceId: source.sourceId,
    destinationId: destination.destinationId,
    streams: [{ name: 'contacts', syncMode: 'incremental_deduped_history' }, { name: 'deals' }],
  })
  const { jobId } = await engine.airbyte.jobs.create({ connectionId, jobType: 'sync' })
  const job = await until(async () => {
    const found = await engine.airbyte.jobs.get(jobId)
    return found.status !== 'running' && found.status !== 'pending' && found
  })
  expect(job).toMatchObject({ status: 'succeeded', rowsSynced: 37 })
  expect(await warehouse.query('SELECT count(*)::int AS count FROM contacts')).toEqual([{ count: 30 }])

  const tables = ['actor', 'oauth_flow', 'oauth_secret', 'job', 'attempt', 'connection', 'discovered_streams']
  const query = connectTo(engine.databaseUrl)
  const dump = await Promise.all(tables.map((table) => query(`SELECT t::text AS row FROM airbyte_engine.${table} t`)))
  const { password } = warehouse.configuration
  for (const secret of [app.clientSecret, 'acme_rt_', ...(password ? [password] : [])]) {
    const hex = Buffer.from(secret).toString('hex')
    expect(JSON.stringify(dump)).not.toContain(secret)
    expect(JSON.stringify(dump)).not.toContain(hex)
  }
})
