import { expect, it } from 'vitest'
import { createAirbyteClient } from '../client.js'
import { airbyteWith, failureOf } from '../test/airbyte-with.js'

const flow = { workspaceId: 'w', definitionId: 'd', redirectUrl: 'https://app/callback' }

/** Cloud, whose calls are answered by the end of their address. */
function cloudWith(answers: Record<string, () => Response>) {
  const asked: { url: string; body: unknown }[] = []
  const fetch = async (request: Request) => {
    asked.push({ url: request.url, body: await request.json() })
    const found = Object.keys(answers).find((path) => request.url.endsWith(path))
    return (found && answers[found]?.()) || Response.json('Object not found.', { status: 404 })
  }
  return { airbyte: createAirbyteClient({ baseUrl: 'https://api.airbyte.com', fetch }), asked }
}

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
  const typed = { ...flow, input: { shop: 'acme' } }

  expect(await airbyte.oauth.getConsentUrl(typed)).toEqual({ consentUrl: 'https://idp/authorize?state=abc' })
  expect(await airbyte.oauth.complete({ ...typed, queryParams: { auth_code: 'c', state: 'abc', hmac: 'h' } })).toEqual({
    secretId: 'airbyte_oauth_workspace_w_secret_1_v1',
  })
  expect(asked.at(-1)?.body).toEqual({
    workspaceId: 'w',
    sourceDefinitionId: 'd',
    redirectUrl: 'https://app/callback',
    oAuthInputConfiguration: { shop: 'acme' },
    queryParams: { auth_code: 'c', state: 'abc', hmac: 'h' },
    returnSecretCoordinate: true,
  })
  expect(await failureOf(airbyte.oauth.complete({ ...flow, queryParams: { error: 'access_denied' } }))).toMatchObject({
    code: 'oauth_failed',
    detail: 'access_denied',
  })
})

it('trap 2: goes on with the Config API where initiateOAuth is an empty 501', async () => {
  const { airbyte, asked } = cloudWith({
    '/v1/sources/initiateOAuth': () => new Response(null, { status: 501 }),
    '/api/v1/source_oauths/get_consent_url': () => Response.json({ consentUrl: 'https://idp/authorize' }),
    '/api/v1/source_oauths/complete_oauth': () =>
      Response.json({ request_succeeded: true, auth_payload: { secretId: 's' } }),
  })
  expect(await airbyte.oauth.getConsentUrl({ ...flow, sourceType: 'hubspot' })).toEqual({
    consentUrl: 'https://idp/authorize',
  })
  expect(asked.map(({ url }) => url)).toEqual([
    'https://api.airbyte.com/v1/sources/initiateOAuth',
    'https://cloud.airbyte.com/api/v1/source_oauths/get_consent_url',
  ])
  expect(await airbyte.oauth.complete({ ...flow, queryParams: { code: 'c' } })).toEqual({ secretId: 's' })
})

it.each(['consentUrl', 'redirect_url', 'redirectUrl'])(
  'trap 3: initiateOAuth goes by name, and its page is read from %s',
  async (field) => {
    const { airbyte, asked } = cloudWith({ initiateOAuth: () => Response.json({ [field]: 'https://idp/authorize' }) })
    expect(await airbyte.oauth.getConsentUrl({ ...flow, sourceType: 'hubspot' })).toEqual({
      consentUrl: 'https://idp/authorize',
    })
    const body = { workspaceId: 'w', sourceType: 'hubspot', redirectUrl: 'https://app/callback' }
    expect(asked).toEqual([{ url: 'https://api.airbyte.com/v1/sources/initiateOAuth', body }])
    expect(await failureOf(airbyte.oauth.getConsentUrl(flow))).toMatchObject({ code: 'not_supported' })
    expect(asked).toHaveLength(1)
  },
)

it('is handed the secret id by Cloud itself', async () => {
  const { airbyte, asked } = cloudWith({})
  const queryParams = { secret_id: 'airbyte_oauth_1', state: 's', workspace_id: 'w' }
  expect(await airbyte.oauth.complete({ ...flow, queryParams })).toEqual({ secretId: 'airbyte_oauth_1' })
  expect(asked).toEqual([])
})

it('never trades a code twice, and tells nothing of what came back', async () => {
  let tries = 0
  const { airbyte } = await airbyteWith((app) =>
    app.post('/api/v1/source_oauths/complete_oauth', (c) => {
      if (++tries === 1) return c.body(null, 502)
      return c.json({ request_succeeded: true, auth_payload: { access_token: 'provider-token' } })
    }),
  )
  const lost = airbyte.oauth.complete({ ...flow, queryParams: { code: 'the-code' } })
  expect(await failureOf(lost)).toMatchObject({ code: 'unavailable', nothingDone: false })
  expect(tries).toBe(1)

  const error = await failureOf(airbyte.oauth.complete({ ...flow, queryParams: { code: 'the-code' } }))
  expect(error).toMatchObject({ code: 'oauth_failed', detail: 'no tokens came back' })
  expect(JSON.stringify(error) + error.stack).not.toMatch(/provider-token|the-code/)
})

it('signs destinations in, revokes, and knows the scopes', async () => {
  const { airbyte, asked } = await airbyteWith((app) => {
    app.post('/api/v1/destination_oauths/get_consent_url', (c) => c.json({ consentUrl: 'https://idp' }))
    app.post('/api/v1/destination_oauths/complete_oauth', (c) =>
      c.json({ request_succeeded: true, auth_payload: { refresh_token: 'r' } }),
    )
    app.post('/api/v1/source_oauths/revoke', (c) => c.body(null, 200))
    app.post('/api/v1/source_oauths/get_scopes', (c) =>
      c.json({ scopes: [{ scope: 'read' }], optionalScopes: [], scopeJoinStrategy: 'space' }),
    )
  })
  expect(await airbyte.oauth.getDestinationConsentUrl(flow)).toEqual({ consentUrl: 'https://idp' })
  expect(await airbyte.oauth.completeDestination({ ...flow, queryParams: { code: 'c' } })).toEqual({
    refresh_token: 'r',
  })
  await airbyte.oauth.revoke({ workspaceId: 'w', definitionId: 'd', sourceId: 's' })
  expect((await airbyte.oauth.getScopes(flow)).scopes).toEqual([{ scope: 'read' }])
  expect(asked.map(({ body }) => body).slice(1)).toEqual([
    { workspaceId: 'w', destinationDefinitionId: 'd', redirectUrl: 'https://app/callback', queryParams: { code: 'c' } },
    { workspaceId: 'w', sourceDefinitionId: 'd', sourceId: 's' },
    { workspaceId: 'w', sourceDefinitionId: 'd' },
  ])
})
