// The whole way at a provider that is strict about OAuth 2: the sandbox, on a real port, with somebody at a browser.
import { listenAcmeCrm, type ListeningAcmeCrm } from '@opsai/sandbox'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toConsentUrl } from './consent-url.js'
import type { OAuthSpec } from './oauth-spec.js'
import { readCallback } from './read-callback.js'
import { readRefreshed, readTokens } from './read-tokens.js'
import { toRefreshRequest } from './refresh-request.js'
import { sendTokenRequest } from './send-token-request.js'
import { createCodeVerifier, createState } from './state.js'
import { parse } from './test/parse.js'
import { toTokenRequest, type TokenRequest } from './token-request.js'

const client = {
  clientId: 'hub',
  clientSecret: 'hub secret: 100%',
  name: 'Integration Hub',
  redirectUris: ['http://localhost:4999/callback', 'http://localhost:4999/callback?from=acme'],
}
const otherClient = { ...client, clientId: 'other', clientSecret: 'other-secret', requirePkce: true }

let acme: ListeningAcmeCrm
let spec: OAuthSpec
beforeAll(async () => {
  acme = await listenAcmeCrm({ port: 0, clients: [client, otherClient] })
  spec = parse(
    {
      consent_url: `${acme.url}/oauth/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{scopes_param}}&{{state_param}}`,
      access_token_url: `${acme.url}/oauth/token`,
      scopes: ['crm.read'],
      access_token_headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      access_token_params: {
        grant_type: 'authorization_code',
        code: '{{ auth_code_value }}',
        client_id: '{{ client_id_value }}',
        client_secret: '{{ client_secret_value }}',
        redirect_uri: '{{ redirect_uri_value }}',
      },
      extract_output: ['access_token', 'refresh_token', 'expires_in'],
    },
    undefined,
    { allowHttpLoopback: true },
  )
})
afterAll(() => acme.close())

async function send(request: TokenRequest) {
  const sent = await sendTokenRequest(request)
  if (sent.kind !== 'answered') throw new Error(sent.reason)
  return sent
}

it.each([
  // The secret of the first has a space, a colon and a percent sign; the second has to use PKCE.
  { app: client, redirectUrl: client.redirectUris[1] ?? '' },
  { app: otherClient, redirectUrl: otherClient.redirectUris[0] ?? '' },
])('signs $app.clientId in with PKCE, back to $redirectUrl', async ({ app, redirectUrl }) => {
  const flow = { ...app, redirectUrl, state: createState(spec), codeVerifier: createCodeVerifier() }
  const signIn = async () => {
    const back = readCallback(spec, (await answerAtAcmeCrm(toConsentUrl(spec, flow))).searchParams)
    if (back.kind !== 'code') throw new Error(back.kind)
    expect(back.state).toBe(flow.state)
    return back.code
  }
  const tokens = readTokens(spec, await send(toTokenRequest(spec, { ...flow, code: await signIn() })))
  if (tokens.kind !== 'tokens') return expect.unreachable(tokens.kind)
  expect(Date.parse(tokens.expiresAt ?? '') - Date.now()).toBeGreaterThan(800_000)

  const otherVerifier = { ...flow, code: await signIn(), codeVerifier: createCodeVerifier() }
  expect(readTokens(spec, await send(toTokenRequest(spec, otherVerifier)))).toMatchObject({
    kind: 'refused',
    code: 'invalid_grant',
    needsSignIn: true,
  })
})

it('follows a refresh token that rotates, and knows when one is spent', async () => {
  const flow = { ...client, redirectUrl: client.redirectUris[0] ?? '', state: createState(spec) }
  const back = (await answerAtAcmeCrm(toConsentUrl(spec, flow))).searchParams.get('code') ?? ''
  const first = readTokens(spec, await send(toTokenRequest(spec, { ...flow, code: back })))
  if (first.kind !== 'tokens' || !first.refreshToken) return expect.unreachable(first.kind)

  const refresh = async (refreshToken: string) =>
    readRefreshed(spec, await send(toRefreshRequest(spec, { ...client, refreshToken })), refreshToken)
  const second = await refresh(first.refreshToken)
  if (second.kind !== 'tokens') return expect.unreachable(second.kind)
  expect(second).toMatchObject({ isRotated: true })
  expect(second.refreshToken).not.toBe(first.refreshToken)
  expect(await refresh(second.refreshToken)).toMatchObject({ kind: 'tokens', isRotated: true })
  expect(await refresh(first.refreshToken)).toMatchObject({ kind: 'refused', code: 'invalid_grant', needsSignIn: true })
})

it('hears a no', async () => {
  const flow = { ...client, redirectUrl: client.redirectUris[0] ?? '', state: createState(spec) }
  const back = await answerAtAcmeCrm(toConsentUrl(spec, flow), 'Deny')
  expect(readCallback(spec, back.searchParams)).toMatchObject({
    kind: 'refused',
    error: 'access_denied',
    state: flow.state,
  })
  const wrong = await send(toTokenRequest(spec, { ...flow, clientSecret: 'wrong', code: 'x' }))
  expect(readTokens(spec, wrong)).toMatchObject({ kind: 'refused', code: 'invalid_client', needsSignIn: false })
})
