// The engine's sign-in against providers of every manner: Acme CRM's switches, and a declaration that fits them.
import { listenAcmeCrm, type Behaviour, type ListeningAcmeCrm } from '@opsai/sandbox'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAcmeCrmConnector } from '../native/acme-crm/acme-crm-connector.js'
import { startTestEngine, type TestEngine } from '../test/test-engine.js'
import { redeclare } from '../test/redeclare.js'

const redirectUrl = 'http://localhost:4999/callback'
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const basic = {
  Authorization: 'Basic {{ ((client_id_value | urlencode) ~ ":" ~ (client_secret_value | urlencode)) | b64encode }}',
}
const code = {
  grant_type: 'authorization_code',
  '{{ auth_code_key }}': '{{ auth_code_value }}',
  '{{ redirect_uri_key }}': '{{ redirect_uri_value }}',
}
const clientInBody = {
  '{{ client_id_key }}': '{{ client_id_value }}',
  '{{ client_secret_key }}': '{{ client_secret_value }}',
}
const verifier = { code_verifier: '{{ state_value }}' }
const names = {
  client_id: 'app',
  client_secret: 'app_secret',
  code: 'auth_code',
  redirect_uri: 'back_to',
  scope: 'may',
  state: 'st',
}

interface Case {
  behaviour: Partial<Behaviour>
  declaration?: Record<string, unknown>
}

const works: Record<string, Case> = {
  'as RFC 6749 says': { behaviour: {} },
  '`auth_code` for `code`': {
    behaviour: { names: { code: 'auth_code' } },
    declaration: { auth_code_key: 'auth_code', access_token_params: { ...code, ...clientInBody, ...verifier } },
  },
  'every parameter under another name': {
    behaviour: { names },
    declaration: {
      client_id_key: 'app',
      client_secret_key: 'app_secret',
      auth_code_key: 'auth_code',
      redirect_uri_key: 'back_to',
      scope_key: 'may',
      state_key: 'st',
      access_token_params: { ...code, ...clientInBody, ...verifier },
    },
  },
  'tokens asked for as JSON': {
    behaviour: { tokenBody: 'json' },
    declaration: { access_token_headers: { 'Content-Type': 'application/json' } },
  },
  'the client in a header': {
    behaviour: { clientAuthentication: 'basic' },
    declaration: { access_token_headers: { ...form, ...basic }, access_token_params: { ...code, ...verifier } },
  },
  'the client in the body': { behaviour: { clientAuthentication: 'body' } },
  'the client in both': {
    behaviour: { clientAuthentication: 'both' },
    declaration: { access_token_headers: { ...form, ...basic } },
  },
  'PKCE required': { behaviour: { pkce: 'required' } },
  'PKCE refused': {
    behaviour: { pkce: 'refused' },
    declaration: {
      consent_url:
        '{{ACME}}/oauth/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{scopes_param}}&{{state_param}}',
      access_token_params: { ...code, ...clientInBody },
    },
  },
  'tokens as a form': { behaviour: { tokenFormat: 'form' } },
  'tokens one level down': {
    behaviour: { tokenFormat: 'nested' },
    declaration: { extract_output: ['data.access_token', 'data.refresh_token', 'data.expires_in'] },
  },
  'an expiry in words': { behaviour: { expiresIn: 'string' } },
  'no expiry': { behaviour: { expiresIn: 'absent' } },
  'refresh tokens for good': { behaviour: { refreshTokens: 'keep' } },
  'refresh tokens that rotate without a grudge': { behaviour: { refreshTokens: 'rotate_lenient' } },
  'two scopes': {
    behaviour: { moreScopes: ['crm.write'] },
    declaration: { scopes: [{ scope: 'crm.read' }, { scope: 'crm.write' }] },
  },
  'parameters nobody asked for': { behaviour: { answerWith: { hd: 'acme.test', scope: 'x y' } } },
  'no issuer': { behaviour: { answerWithout: ['iss'] } },
  'a slow token endpoint': { behaviour: { tokenDelayMs: 400, refreshDelayMs: 400 } },
  'one answer lost in a renewal that rotates nothing': {
    behaviour: { refreshTokens: 'keep', tokenFault: 'answer_lost', tokenFaultFor: 'refresh_token', tokenFaultTimes: 1 },
  },
  'one renewal that never arrived': {
    behaviour: { tokenFault: 'connection_cut', tokenFaultFor: 'refresh_token', tokenFaultTimes: 1 },
  },
  'one renewal at a bad moment': {
    behaviour: { tokenFault: 'html_500', tokenFaultFor: 'refresh_token', tokenFaultTimes: 1 },
  },
  'one renewal too many': {
    behaviour: { tokenFault: 'rate_limited', tokenFaultFor: 'refresh_token', tokenFaultTimes: 1 },
  },
}

const refused: Record<string, Case & { reason: string; press?: 'Deny' }> = {
  'somebody who says no': { behaviour: {}, press: 'Deny', reason: 'access_denied: the person did not allow it' },
  'a no before anybody was asked': {
    behaviour: { answerError: 'temporarily_unavailable' },
    reason: 'temporarily_unavail',
  },
  'a no in other words': {
    behaviour: { answerError: 'access_denied', answerShape: 'error_message' },
    reason: 'access_denied: Acme CRM was told',
  },
  'an error beside the code': { behaviour: { answerShape: 'error_with_code' }, reason: 'server_error' },
  'everything after the #': { behaviour: { answerShape: 'fragment' }, reason: 'did not send one code' },
  'everything twice': { behaviour: { answerShape: 'twice' }, reason: 'did not send one code' },
  nothing: { behaviour: { answerShape: 'nothing' }, reason: 'did not send one code' },
  'no state': { behaviour: { answerWithout: ['state'] }, reason: 'did not send one state' },
  'no code': { behaviour: { answerWithout: ['code'] }, reason: 'did not send one code' },
  'a state of its own': {
    behaviour: { answerWithout: ['state'], answerWith: { state: 'theirs' } },
    reason: 'unknown or has expired',
  },
  'an error of RFC 6749': { behaviour: { tokenFault: 'rfc6749' }, reason: 'invalid_grant: Acme CRM was told' },
  'an error with status 200': { behaviour: { tokenFault: 'error_200' }, reason: 'invalid_grant: Acme CRM was told' },
  'ok: false': { behaviour: { tokenFault: 'ok_false' }, reason: 'invalid_grant' },
  'no refresh token': { behaviour: { refreshTokens: 'never' }, reason: 'sent no refresh_token' },
}

const faults = [
  'html_500',
  'empty_200',
  'invalid_json',
  'array',
  'rate_limited',
  'connection_cut',
  'answer_lost',
] as const
const broken: Record<string, Case> = Object.fromEntries(
  faults.map((tokenFault) => [tokenFault, { behaviour: { tokenFault } }]),
)

const all = Object.entries({ ...works, ...refused, ...broken })
const idOf = (name: string) => `client-${all.findIndex(([it]) => it === name)}`

let crm: ListeningAcmeCrm
let engine: TestEngine
let workspaceId: string

beforeAll(async () => {
  crm = await listenAcmeCrm({
    port: 0,
    clients: all.map(([name, { behaviour }]) => ({
      clientId: idOf(name),
      clientSecret: 'canary: 100% secret',
      name,
      redirectUris: [redirectUrl],
      behaviour,
    })),
    records: { contacts: 3, companies: 1, deals: 1 },
    rateLimit: false,
  })
  const acme = createAcmeCrmConnector({ baseUrl: crm.url })
  engine = await startTestEngine({
    connectors: all.map(([name, { declaration = {} }]) =>
      redeclare(acme, idOf(name), JSON.parse(JSON.stringify(declaration).replaceAll('{{ACME}}', crm.url))),
    ),
    oauthApps: Object.fromEntries(
      all.map(([name]) => [idOf(name), { clientId: idOf(name), clientSecret: 'canary: 100% secret' }]),
    ),
  })
  workspaceId = (await engine.airbyte.workspaces.create({ name: 'acme' })).workspaceId
})
afterAll(async () => {
  await engine?.close()
  await crm?.close()
})

/** Signs in and answers what Airbyte's API says. */
async function signIn(name: string, press: 'Allow' | 'Deny' = 'Allow') {
  const definitions = await engine.airbyte.definitions.sources.list({ workspaceId })
  const definitionId = definitions.find((it) => it.name === idOf(name))?.sourceDefinitionId ?? ''
  const { consentUrl } = await engine.airbyte.oauth.getConsentUrl({ workspaceId, definitionId, redirectUrl })
  const back = await answerAtAcmeCrm(consentUrl, press)
  const names = [...new Set(back.searchParams.keys())]
  const queryParams = Object.fromEntries(
    names.map((name) => {
      const values = back.searchParams.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
  const response = await engine.send('POST', '/api/v1/source_oauths/complete_oauth', {
    sourceDefinitionId: definitionId,
    workspaceId,
    redirectUrl,
    queryParams,
    returnSecretCoordinate: true,
  })
  const text = await response.text()
  expect(text).not.toContain('canary')
  return { definitionId, status: response.status, body: JSON.parse(text) as Record<string, unknown> }
}

describe('a provider with', () => {
  it.each(Object.keys(works))('%s is signed in to, and its sign-in renewed', async (name) => {
    const { definitionId, body } = await signIn(name)
    expect(body).toMatchObject({ request_succeeded: true })
    const { secretId } = body.auth_payload as { secretId: string }
    const configuration = { credentials: { auth_type: 'oauth2.0' } }
    const source = { workspaceId, name, definitionId, configuration, secretId }
    const { sourceId } = await engine.airbyte.sources.create(source)
    expect(await engine.airbyte.sources.check(sourceId)).toMatchObject({ status: 'succeeded' })
    expect(await engine.airbyte.sources.check(sourceId)).toMatchObject({ status: 'succeeded' })
  })

  it.each(Object.entries(refused))('%s is heard', async (name, { press, reason }) => {
    const { status, body } = await signIn(name, press)
    expect([status, body]).toEqual([
      200,
      { request_succeeded: false, request_error: expect.stringContaining(reason), auth_payload: {} },
    ])
  })

  it.each(Object.keys(broken))('%s is no answer, and not the user’s fault', async (name) => {
    const { status, body } = await signIn(name)
    expect(status).toBe(500)
    expect(body).toMatchObject({
      title: 'oauth-callback-failure',
      data: { message: expect.stringMatching(/^client-/) },
    })
  })
})
