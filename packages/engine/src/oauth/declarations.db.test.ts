// Where a sign-in comes from, the connector's declaration or the table of providers, and what it needs to know first.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connector } from '../connector/connector.js'
import { createAcmeCrmConnector } from '../native/acme-crm/acme-crm-connector.js'
import { redeclare } from '../test/redeclare.js'
import { failureOf, startTestEngine, type TestEngine } from '../test/test-engine.js'

const redirectUrl = 'https://hub.test/callback'
const app = { clientId: 'app-1', clientSecret: 'canary-secret' }

/** Slack as its connector is: it says that there is OAuth, and not how. */
const slack: Connector = {
  ...createAcmeCrmConnector(),
  definitionId: '2b7f8a10-0000-4000-8000-000000000001',
  sourceType: 'slack',
  name: 'Slack',
  spec: {
    connectionSpecification: { type: 'object', properties: { credentials: { type: 'object' } } },
    advanced_auth: {
      auth_flow_type: 'oauth2.0',
      oauth_config_specification: {
        complete_oauth_output_specification: inCredentials('access_token'),
        complete_oauth_server_input_specification: inCredentials(),
        complete_oauth_server_output_specification: inCredentials('client_id', 'client_secret'),
      },
    },
  },
}
const desk = redeclare(createAcmeCrmConnector(), 'desk', {
  consent_url: 'https://{{subdomain}}.desk.example/authorize?{{client_id_param}}&{{scope_param}}&{{state_param}}',
  access_token_url: 'https://{{subdomain}}.desk.example/token',
  revocation_url: 'https://{{subdomain}}.desk.example/revoke',
  scopes: undefined,
  scope: 'read',
})
const userInput = { subdomain: { type: 'string', path_in_connector_config: ['subdomain'] } }
desk.spec.advanced_auth!.oauth_config_specification.oauth_user_input_from_connector_config_specification = {
  type: 'object',
  properties: userInput,
}
const scoped = redeclare(createAcmeCrmConnector(), 'scoped', {
  consent_url: 'https://scoped.example/authorize?{{scopes_param}}&{{optional_scopes_param}}&{{state_param}}',
  optional_scopes: [{ scope: 'tasks' }],
  scopes_join_strategy: 'comma',
})
const odd = redeclare(createAcmeCrmConnector(), 'odd', { consent_url: 'https://odd.example/{{ nobody }}' })

function inCredentials(...names: string[]) {
  const fields = names.map((name) => [name, { type: 'string', path_in_connector_config: ['credentials', name] }])
  return { type: 'object' as const, properties: Object.fromEntries(fields) }
}

let engine: TestEngine
let workspaceId: string
let answer: unknown = {}
const asked: { url: string; body: string }[] = []

/** Every host is this one, which answers what it is told to. */
const internet = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    asked.push({ url: String(request.headers['x-asked']), body: Buffer.concat(chunks).toString() })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
})

beforeAll(async () => {
  await new Promise<void>((listening) => internet.listen(0, '127.0.0.1', listening))
  const { port } = internet.address() as AddressInfo
  engine = await startTestEngine({
    connectors: [slack, desk, scoped, odd],
    oauthApps: { slack: { ...app, scope: 'users:read' }, desk: app, scoped: app, odd: app },
    fetch: (input, init) => {
      const headers = { ...(init?.headers as Record<string, string>), 'x-asked': String(input) }
      return fetch(`http://127.0.0.1:${port}/`, { ...init, headers })
    },
  })
  workspaceId = (await engine.airbyte.workspaces.create({ name: 'acme' })).workspaceId
})
afterAll(async () => {
  await engine?.close()
  internet.close()
})

const begin = async ({ definitionId }: Connector, more: object = {}) => {
  const body = { workspaceId, sourceDefinitionId: definitionId, redirectUrl, ...more }
  const response = await engine.send('POST', '/api/v1/source_oauths/get_consent_url', body)
  return { status: response.status, ...((await response.json()) as { consentUrl: string; message: string }) }
}

describe('a connector that does not say how its sign-in goes', () => {
  it('gets it from the table, with the scopes of the operator’s app', async () => {
    const { consentUrl } = await begin(slack)
    const url = new URL(consentUrl)
    expect(url.origin + url.pathname).toBe('https://slack.com/oauth/v2/authorize')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ client_id: 'app-1', scope: 'users:read' })
    expect(url.searchParams.has('code_challenge')).toBe(false)

    const complete = (queryParams: Record<string, string>) =>
      engine.airbyte.oauth.complete({ workspaceId, definitionId: slack.definitionId, redirectUrl, queryParams })
    answer = { ok: false, error: 'invalid_code' }
    const state = url.searchParams.get('state') ?? ''
    expect((await failureOf(complete({ state, code: 'c1' }))).detail).toContain('invalid_code')

    answer = { ok: true, access_token: 'xoxb-canary' }
    const next = new URL((await begin(slack)).consentUrl).searchParams.get('state') ?? ''
    const { secretId } = await complete({ state: next, code: 'c2' })
    expect(asked.at(-1)?.url).toBe('https://slack.com/api/oauth.v2.access')
    expect(Object.fromEntries(new URLSearchParams(asked.at(-1)?.body))).toEqual({
      code: 'c2',
      redirect_uri: redirectUrl,
      client_id: 'app-1',
      client_secret: 'canary-secret',
    })
    const source = { workspaceId, name: 'Slack', definitionId: slack.definitionId, configuration: {}, secretId }
    expect(await engine.airbyte.sources.create(source)).toMatchObject({
      configuration: { credentials: { client_id: 'app-1', access_token: 'xoxb-canary' } },
    })
  })

  it('has it named nowhere', async () => {
    const spec = await engine.send('POST', '/api/v1/source_definition_specifications/get', {
      workspaceId,
      sourceDefinitionId: desk.definitionId,
    })
    const text = await spec.text()
    expect(JSON.parse(text)).toMatchObject({
      advancedAuth: {
        predicateKey: ['credentials', 'auth_type'],
        oauthConfigSpecification: { oauthUserInputFromConnectorConfigSpecification: { properties: userInput } },
      },
    })
    expect(text).not.toMatch(/desk\.example|nput_?[sS]pecification":\{"consent/)
  })
})

describe('what a sign-in needs to know first', () => {
  it('is asked for by name, and leads nowhere else', async () => {
    expect(await begin(desk)).toMatchObject({ status: 422, message: expect.stringContaining('"subdomain" is needed') })
    const evil = { oAuthInputConfiguration: { subdomain: 'evil.test/#' } }
    expect(await begin(desk, evil)).toMatchObject({ status: 422, message: expect.stringContaining('"subdomain"') })
    const { consentUrl } = await begin(desk, { oAuthInputConfiguration: { subdomain: 'acme' } })
    expect(consentUrl).toMatch(/^https:\/\/acme\.desk\.example\/authorize\?client_id=app-1&scope=read&state=[\w-]{43}$/)
  })

  it('is taken from the source that is signed in to again, where stars stand for it', async () => {
    const credentials = { auth_type: 'oauth2.0', client_id: 'own', client_secret: 'own-canary', refresh_token: 'old' }
    const { sourceId } = await engine.airbyte.sources.create({
      workspaceId,
      name: 'Desk',
      definitionId: desk.definitionId,
      configuration: { credentials },
    })
    const input = { subdomain: 'acme', client_id: 'own', client_secret: '**********' }
    const { consentUrl } = await begin(desk, { sourceId, oAuthInputConfiguration: input })
    const state = new URL(consentUrl).searchParams.get('state') ?? ''
    answer = { access_token: 'a', refresh_token: 'new', expires_in: 60 }
    const definitionId = desk.definitionId
    await engine.airbyte.oauth.complete({ workspaceId, definitionId, redirectUrl, queryParams: { state, code: 'c' } })
    expect(asked.at(-1)).toMatchObject({
      url: 'https://acme.desk.example/token',
      body: expect.stringContaining('client_id=own&client_secret=own-canary'),
    })
    const other = await engine.airbyte.workspaces.create({ name: 'other' })
    const foreign = { sourceId, workspaceId: other.workspaceId, oAuthInputConfiguration: input }
    expect(await begin(desk, foreign)).toMatchObject({ status: 404 })
  })
})

describe('other scopes', () => {
  it('may be asked for where the connector lists its own', async () => {
    const plain = new URL((await begin(scoped)).consentUrl).searchParams
    expect([plain.get('scope'), plain.get('optional_scopes')]).toEqual(['crm.read', 'tasks'])
    const scopes = { requestedScopes: ['a', 'b'], requestedOptionalScopes: ['c'] }
    const asked = new URL((await begin(scoped, scopes)).consentUrl).searchParams
    expect([asked.get('scope'), asked.get('optional_scopes')]).toEqual(['a,b', 'c'])
    expect(await begin(desk, scopes)).toMatchObject({
      status: 400,
      message: expect.stringContaining('no list of scopes'),
    })
  })

  it('are told apart', async () => {
    const get = ({ definitionId: sourceDefinitionId }: Connector) =>
      engine.send('POST', '/api/v1/source_oauths/get_scopes', { sourceDefinitionId, workspaceId })
    expect(await (await get(scoped)).json()).toEqual({
      scopes: [{ scope: 'crm.read' }],
      optionalScopes: [{ scope: 'tasks' }],
      scopeJoinStrategy: 'comma',
    })
    expect((await get(desk)).status).toBe(404)
    expect((await get(slack)).status).toBe(404)
  })
})

it('says what is wrong with a declaration nobody can run', async () => {
  expect(await begin(odd)).toMatchObject({ status: 400, message: expect.stringContaining('names "nobody"') })
})
