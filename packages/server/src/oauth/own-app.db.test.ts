// Signing in with the operator's own app, which the engine knows nothing of: at the real Acme CRM, however it behaves.
import type { ConnectorSpec, Flow, Source } from '@opsai/contract'
import type { Behaviour } from '@opsai/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OAuthAppOptions } from '../options.js'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { askConsent, openPopup } from '../test/acme-browser.js'
import { acmeTemplates, toAcmeApp } from '../test/declared-acme.js'
import { createSteps } from '../test/sign-in-steps.js'
import { acmeApp, createWorld, hostOrigin, publicUrl, query, type World } from '../test/world.js'

const sourceType = 'acme-crm'
const callbackPath = `${publicUrl}/api/airbyte/oauth/callback/app/acme-crm`
let world: World
let ada: string
let steps: ReturnType<typeof createSteps>

beforeAll(async () => {
  world = await createWorld({}, { engineHasApp: false })
  await useApp()
  ada = await world.newSession('acme', 'ada')
  steps = createSteps(world, () => ada)
})
afterAll(() => world.close())
beforeEach(() => world.acme.control.reset())

/** Starts the proxy anew with the app declared so. */
const useApp = (changes: Record<string, unknown> = {}, more: Partial<OAuthAppOptions> = {}) =>
  world.restart({ oauthApps: { [sourceType]: toAcmeApp(world, changes, more) } })

test('sign-in is on offer where only the proxy has an app, and nobody is asked for one', async () => {
  const readSpec = async () =>
    (await (await world.call('getConnectorSpec', { token: ada, params: { sourceType } })).json()) as ConnectorSpec
  expect((await readSpec()).advancedAuthGlobalCredentialsAvailable).toBe(true)
  expect(JSON.stringify(await readSpec())).not.toContain('access_token_url')
  await world.restart()
  expect((await readSpec()).advancedAuthGlobalCredentialsAvailable).toBe(false)
  expect((await openPopup(world, { sessionToken: ada, flowId: 'x'.repeat(22), sourceType })).page.status).toBe(422)
  await useApp()
})

test('the whole way: our state, our verifier, one exact redirect URL, and a source that works with the tokens', async () => {
  const { consent, flowId, cookie, callback } = await steps.goToProvider()
  const parameters = Object.fromEntries(new URL(consent.consentUrl).searchParams)
  expect(parameters).toMatchObject({ client_id: acmeApp.clientId, code_challenge_method: 'S256' })
  expect(parameters.redirect_uri).toBe(callbackPath)
  expect(parameters.state).toMatch(/^[\w-]{43}$/)
  expect(consent.question).toBeUndefined()
  const { flow } = await steps.finish({ flowId, cookie, callback })
  expect(flow).toMatchObject({ status: 'completed' })
  const sourceId = flow.sourceId ?? ''
  const source = await (await world.call('getSource', { token: ada, params: { sourceId } })).json()
  expect(source).toMatchObject({
    checkStatus: 'succeeded',
    configuration: {
      credentials: { auth_type: 'oauth2.0', client_id: acmeApp.clientId, client_secret: '**********' },
    },
  })
  const [row] = await query(world.database, 'SELECT way, secret, code_verifier FROM opsai.flows WHERE flow_id = $1', [
    flowId,
  ])
  expect(row).toEqual({ way: 'own_app', secret: null, code_verifier: null })
  const [stored] = await query(world.database, 'SELECT authorized_by FROM opsai.sources WHERE source_id = $1', [
    sourceId,
  ])
  expect(stored).toEqual({ authorized_by: 'oauth' })
  const again = await world.call('testSource', { token: ada, body: { sourceId } })
  expect(await again.json()).toMatchObject({ status: 'succeeded' })
})

test('a source asked for by the host without tokens gets a link to sign in, and is made by it', async () => {
  const body = { tenantId: 'acme', sourceType, name: 'By link', configuration: {} }
  const answer = await world.call('createSource', { token: ada, body })
  const { authUrl, flowId } = (await answer.json()) as { authUrl: string; flowId: string }
  const page = await world.send(new Request(authUrl, { headers: { accept: 'text/html' } }))
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { consentUrl } = (await (await askConsent(world, flowId, cookie)).json()) as { consentUrl: string }
  const { flow } = await steps.finish({ flowId, cookie, callback: await answerAtAcmeCrm(consentUrl) })
  expect(flow.status).toBe('completed')
  const { sources } = (await (await world.call('listConnectedSources', { token: ada })).json()) as { sources: Source[] }
  expect(sources.map(({ name }) => name)).toContain('By link')
})

describe('providers that are otherwise, and complete', () => {
  const { form, clientInBody, code } = acmeTemplates
  const basic = { ...form, Authorization: 'Basic {{ (client_id_value ~ ":" ~ client_secret_value) | b64encode }}' }
  const names = {
    client_id: 'client_key',
    client_secret: 'app_secret',
    code: 'auth_code',
    redirect_uri: 'return_to',
    scope: 'permissions',
    state: 'passback',
  }
  const renamed = {
    client_id_key: names.client_id,
    client_secret_key: names.client_secret,
    auth_code_key: names.code,
    redirect_uri_key: names.redirect_uri,
    scope_key: names.scope,
    state_key: names.state,
    access_token_params: {
      grant_type: 'authorization_code',
      auth_code: '{{ auth_code_value }}',
      return_to: '{{ redirect_uri_value }}',
      client_key: '{{ client_id_value }}',
      app_secret: '{{ client_secret_value }}',
    },
  }
  const asJson = { access_token_headers: { 'Content-Type': 'application/json' } }
  test.each<[string, Partial<Behaviour>, Record<string, unknown>, Partial<OAuthAppOptions>?]>([
    ['names of its own for every parameter', { names }, renamed],
    ['tokens one level down', { tokenFormat: 'nested' }, { extract_output: ['data.refresh_token'] }],
    ['tokens as a form', { tokenFormat: 'form' }, {}],
    ['a JSON body', { tokenBody: 'json' }, asJson],
    [
      'the client in the header alone',
      { clientAuthentication: 'basic' },
      { access_token_headers: basic, access_token_params: code },
    ],
    [
      'the client in the body alone',
      { clientAuthentication: 'body' },
      { access_token_params: { ...code, ...clientInBody } },
    ],
    ['PKCE that is required', { pkce: 'required' }, {}],
    ['PKCE that is refused', { pkce: 'refused' }, {}, { pkce: 'none' }],
    ['a state of 24 characters at most', {}, { state: { min: 16, max: 24 } }],
    ['a second and a half for an answer', { tokenDelayMs: 1_500 }, {}],
    ['no consent page at all', { decision: 'allow' }, {}],
    ['an expiry as text, and tokens that stay', { expiresIn: 'string', refreshTokens: 'keep' }, {}],
  ])('%s', async (_, behaviour, changes, more) => {
    await useApp(changes, more)
    world.acme.control.behave(behaviour)
    const { flow } = await steps.signIn()
    expect(flow.error).toBeUndefined()
    expect(flow.status).toBe('completed')
  })
})

describe('providers that do not give what was asked for', () => {
  beforeAll(() => useApp({ scope: 'crm.read crm.write' }))
  const moreScopes = ['crm.write']
  test.each<[string, Partial<Behaviour>, Flow['status'], string, RegExp]>([
    [
      'a scope withheld',
      { withheldScopes: moreScopes },
      'provider_error',
      'scope_insufficient',
      /crm\.write is missing/,
    ],
    [
      'no refresh token',
      { refreshTokens: 'never' },
      'provider_error',
      'scope_insufficient',
      /refresh_token is missing/,
    ],
    ['a spent code', { tokenFault: 'rfc6749' }, 'provider_error', 'provider_error', /Acme CRM was told to answer so/],
    ['an error with status 200', { tokenFault: 'error_200' }, 'provider_error', 'provider_error', /told to answer so/],
    ['ok: false', { tokenFault: 'ok_false' }, 'provider_error', 'provider_error', /“invalid_grant”/],
    [
      'an app it does not know',
      { tokenFault: 'rfc6749', tokenError: 'invalid_client' },
      'provider_error',
      'provider_error',
      /does not accept the app/,
    ],
    [
      'a scope it refuses at the end',
      { tokenFault: 'rfc6749', tokenError: 'invalid_scope' },
      'provider_error',
      'scope_insufficient',
      /./,
    ],
    ['an error page', { tokenFault: 'html_500' }, 'provider_error', 'upstream_unavailable', /does not answer/],
    ['nothing', { tokenFault: 'empty_200' }, 'provider_error', 'upstream_unavailable', /does not answer/],
    ['half of its JSON', { tokenFault: 'invalid_json' }, 'provider_error', 'upstream_unavailable', /does not answer/],
    ['a list', { tokenFault: 'array' }, 'provider_error', 'upstream_unavailable', /does not answer/],
    ['too many requests', { tokenFault: 'rate_limited' }, 'provider_error', 'upstream_unavailable', /does not answer/],
    ['a cut line', { tokenFault: 'connection_cut' }, 'provider_error', 'upstream_unavailable', /does not answer/],
    ['a lost answer', { tokenFault: 'answer_lost' }, 'provider_error', 'upstream_unavailable', /does not answer/],
    ['no at once', { answerError: 'access_denied' }, 'denied', 'denied', /chose not to give access/],
    [
      'a no in words of its own',
      { answerError: 'access_denied', answerShape: 'error_message' },
      'denied',
      'denied',
      /chose not to give access/,
    ],
    ['another error', { answerError: 'server_error' }, 'provider_error', 'provider_error', /reported a problem/],
    [
      'an error beside a code',
      { answerShape: 'error_with_code' },
      'provider_error',
      'provider_error',
      /“server_error”/,
    ],
    ['a no without the state', { answerError: 'access_denied', answerWithout: ['state'] }, 'denied', 'denied', /./],
    ['no code', { answerWithout: ['code'] }, 'provider_error', 'provider_error', /sent no answer/],
    ['no state', { answerWithout: ['state'] }, 'context_mismatch', 'context_mismatch', /did not match/],
    ['everything twice', { answerShape: 'twice' }, 'context_mismatch', 'context_mismatch', /did not match/],
    ['everything behind the #', { answerShape: 'fragment' }, 'context_mismatch', 'context_mismatch', /did not match/],
    ['nothing at all', { answerShape: 'nothing' }, 'context_mismatch', 'context_mismatch', /did not match/],
  ])('%s', async (_, behaviour, status, code, words) => {
    world.acme.control.behave({ moreScopes, ...behaviour })
    const { flow, answer } = await steps.signIn()
    expect(flow).toMatchObject({ status, error: { code } })
    expect(flow.error?.displayMessage).toMatch(words)
    // The window goes back to the host, or says itself what happened.
    if (status !== 'context_mismatch') expect(answer.headers.get('location')).toContain(`${hostOrigin}/airbyte-return`)
    else expect(await answer.text()).toContain('Nothing was connected')
    const [row] = await query(world.database, 'SELECT secret, code_verifier FROM opsai.flows WHERE flow_id = $1', [
      flow.flowId,
    ])
    expect(row).toEqual({ secret: null, code_verifier: null })
  })

  test('all of it, where all boxes are ticked', async () => {
    world.acme.control.behave({ moreScopes })
    expect((await steps.signIn()).flow).toMatchObject({ status: 'completed' })
  })
})
