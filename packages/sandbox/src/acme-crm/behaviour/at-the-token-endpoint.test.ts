// What a client's server meets at the token endpoint when the provider behaves so.
import { afterEach, describe, expect, it } from 'vitest'
import type { ListeningAcmeCrm } from '../listen-acme-crm.js'
import { authorizeUrl, basic, client, createPkce, get, listen, refresh } from '../test/acme.js'
import { createBrowser } from '../testing/browser.js'
import type { Behaviour } from './behaviour.js'

let acme: ListeningAcmeCrm | undefined
afterEach(() => acme?.close())

async function start(behaviour: Partial<Behaviour> = {}) {
  acme = await listen({ behaviour: { decision: 'allow', ...behaviour } })
  return acme.url
}
const behave = (behaviour: Partial<Behaviour>) => acme?.control.behave({ decision: 'allow', ...behaviour })

async function codeFrom(base: string, parameters: Record<string, string> = {}, name = 'code'): Promise<string> {
  const { left } = await createBrowser(base).open(authorizeUrl(base, parameters))
  return left?.searchParams.get(name) ?? ''
}

async function send(base: string, form: Record<string, string>, headers = { Authorization: basic(client) }) {
  const response = await fetch(`${base}/oauth/token`, { method: 'POST', headers, body: new URLSearchParams(form) })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const exchange = (code: string) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: client.redirectUris[0] ?? '',
})

interface Tokens {
  access_token: string
  refresh_token: string
  [name: string]: unknown
}
async function connect(base: string, parameters: Record<string, string> = {}): Promise<Tokens> {
  const { status, text } = await send(base, exchange(await codeFrom(base, parameters)))
  expect([status, text]).toEqual([200, expect.any(String)])
  return JSON.parse(text) as Tokens
}
const isAccepted = async (base: string, token: string) => (await get(base, '/api/v1/me', token)).status === 200

describe('a fault', () => {
  const description = 'Acme CRM was told to answer so'
  it.each([
    ['rfc6749', {}, 400, JSON.stringify({ error: 'invalid_grant', error_description: description })],
    [
      'rfc6749',
      { tokenError: 'invalid_client' },
      401,
      JSON.stringify({ error: 'invalid_client', error_description: description }),
    ],
    [
      'error_200',
      { tokenError: 'bad_code' },
      200,
      JSON.stringify({ error: 'bad_code', error_description: description }),
    ],
    ['ok_false', {}, 200, '{"ok":false,"error":"invalid_grant"}'],
    ['html_500', {}, 500, '<!doctype html><title>Error</title><h1>Something went wrong</h1>'],
    ['empty_200', {}, 200, ''],
    ['invalid_json', {}, 200, '{"access_token": "acme_at_'],
    ['array', {}, 200, '[]'],
    ['rate_limited', {}, 429, '{"error":"rate_limited","error_description":"too many requests"}'],
  ] satisfies [Behaviour['tokenFault'], Partial<Behaviour>, number, string][])(
    '%s %o is answered so, and uses up no code',
    async (tokenFault, more, status, text) => {
      const base = await start({ tokenFault, ...more })
      const code = await codeFrom(base)
      expect(await send(base, exchange(code))).toMatchObject({ status, text })
      behave({})
      expect((await send(base, exchange(code))).status).toBe(200)
    },
  )

  it.each([
    ['7', '7'],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'],
    ['soon', 'soon'],
    ['', null],
  ])('rate_limited says Retry-After: %o', async (retryAfter, header) => {
    const base = await start({ tokenFault: 'rate_limited', retryAfter })
    expect((await send(base, exchange('x'))).headers.get('Retry-After')).toBe(header)
  })

  it('connection_cut ends the connection without an answer, and nothing was done', async () => {
    const base = await start({ tokenFault: 'connection_cut' })
    const code = await codeFrom(base)
    await expect(send(base, exchange(code))).rejects.toThrow('fetch failed')
    behave({})
    expect((await send(base, exchange(code))).status).toBe(200)
  })

  it('answer_lost does so when the work is done: the refresh token is gone, and its next use ends the family', async () => {
    const base = await start()
    const tokens = await connect(base)
    behave({ tokenFault: 'answer_lost' })
    await expect(refresh(base, tokens.refresh_token)).rejects.toThrow('fetch failed')
    behave({})
    expect(await isAccepted(base, tokens.access_token)).toBe(true)
    expect((await refresh(base, tokens.refresh_token)).body.error).toBe('invalid_grant')
    expect(await isAccepted(base, tokens.access_token)).toBe(false)
  })

  it('strikes only the grant type it is for, and only so many times', async () => {
    const base = await start({ tokenFault: 'html_500', tokenFaultFor: 'refresh_token', tokenFaultTimes: 2 })
    const { refresh_token } = await connect(base)
    const form = { grant_type: 'refresh_token', refresh_token }
    const statuses = [await send(base, form), await send(base, form), await send(base, form)].map(
      ({ status }) => status,
    )
    expect(statuses).toEqual([500, 500, 200])
  })
})

it('is slow, apart for codes and for refreshes', async () => {
  const base = await start()
  const took = async (act: () => Promise<unknown>) => {
    const from = performance.now()
    await act()
    return performance.now() - from
  }
  const forever = 600_000
  const { refresh_token } = await connect(base)
  behave({ tokenDelayMs: 150, refreshDelayMs: forever })
  expect(await took(() => connect(base))).toBeGreaterThan(145)
  behave({ tokenDelayMs: forever, refreshDelayMs: 150 })
  expect(await took(() => refresh(base, refresh_token))).toBeGreaterThan(145)
})

describe('a client', () => {
  const form = { client_id: client.clientId, client_secret: client.clientSecret }
  const header = { Authorization: basic(client) }
  const wrong = { client_id: client.clientId, client_secret: 'wrong' }
  const ways: [string, Record<string, string>, Record<string, string>][] = [
    ['by Basic', {}, header],
    ['by body', form, {}],
    ['by both', form, header],
    ['by both, one wrong', wrong, header],
  ]
  it.each([
    ['any', [200, 200, 400, 400]],
    ['basic', [200, 401, 400, 400]],
    ['body', [401, 200, 400, 400]],
    ['both', [401, 401, 200, 401]],
  ] as const)('that must authenticate by %s is answered so for every way', async (clientAuthentication, expected) => {
    const base = await start({ clientAuthentication })
    const statuses = []
    for (const [, more, headers] of ways) {
      const sent = await send(base, { ...exchange(await codeFrom(base)), ...more }, headers as typeof header)
      statuses.push(sent.status)
    }
    expect(statuses).toEqual(expected)
  })

  it('sends everything by the provider’s own names', async () => {
    const names = { client_id: 'app_id', client_secret: 'secret', code: 'auth_code' }
    const base = await start({ names, clientAuthentication: 'body' })
    const url = authorizeUrl(base).replace('client_id=', 'app_id=')
    const { left } = await createBrowser(base).open(url)
    const { code, ...rest } = exchange(left?.searchParams.get('auth_code') ?? '')
    const own = { ...rest, auth_code: code, app_id: client.clientId, secret: client.clientSecret }
    expect((await send(base, { ...rest, code, ...form }, {} as typeof header)).status).toBe(401)
    expect((await send(base, own, {} as typeof header)).status).toBe(200)
  })

  it('sends JSON where that is wanted, and only there', async () => {
    const base = await start({ tokenBody: 'json', clientAuthentication: 'body' })
    const sendJson = async (body: unknown) => {
      const headers = { 'Content-Type': 'application/json; charset=utf-8' }
      const response = await fetch(`${base}/oauth/token`, { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await response.json()) as { error?: string }).error
    }
    const whole = { ...exchange(await codeFrom(base)), ...form }
    expect(await send(base, whole, {} as typeof header)).toMatchObject({
      status: 400,
      text: expect.stringContaining('the body must be application/json') as string,
    })
    expect(await sendJson([])).toBe('invalid_client')
    expect(await sendJson({ ...whole, code: 7 })).toBe('invalid_request')
    expect(await sendJson(whole)).toBeUndefined()
    behave({})
    expect(await sendJson(whole)).toBe('invalid_request')
  })

  it('sends no verifier where PKCE is refused', async () => {
    const base = await start({ pkce: 'refused' })
    const sent = await send(base, { ...exchange(await codeFrom(base)), code_verifier: createPkce().verifier })
    expect([sent.status, sent.text]).toEqual([400, expect.stringContaining('code_verifier is not supported')])
  })
})

describe('tokens', () => {
  it.each([
    ['number', 7],
    ['string', '7'],
    ['absent', undefined],
  ] as const)('say how long they live as %s', async (expiresIn, expected) => {
    const base = await start({ accessTokenSeconds: 7, expiresIn })
    expect((await connect(base)).expires_in).toBe(expected)
  })

  it('live as long as the switch says', async () => {
    const base = await start({ accessTokenSeconds: 0 })
    expect(await isAccepted(base, (await connect(base)).access_token)).toBe(false)
    behave({})
    expect((await connect(base)).expires_in).toBe(900)
  })

  it('come one level down, or as a form', async () => {
    const base = await start({ tokenFormat: 'nested' })
    expect(await connect(base)).toMatchObject({ code: 0, data: { token_type: 'Bearer', scope: 'crm.read' } })
    behave({ tokenFormat: 'form' })
    const { headers, text } = await send(base, exchange(await codeFrom(base)))
    expect(headers.get('Content-Type')).toBe('application/x-www-form-urlencoded')
    expect(new URLSearchParams(text).get('access_token')).toMatch(/^acme_at_/)
  })

  it('have the scopes that were granted, and open nothing else', async () => {
    const base = await start({ moreScopes: ['crm.write'], withheldScopes: ['crm.write'] })
    const some = await connect(base, { scope: 'crm.read crm.write' })
    expect([some.scope, await isAccepted(base, some.access_token)]).toEqual(['crm.read', true])
    behave({ withheldScopes: ['crm.read'] })
    const none = await connect(base)
    expect(none.scope).toBe('')
    expect((await get(base, '/api/v1/me', none.access_token)).body.error.code).toBe('insufficient_scope')
  })
})

describe('refresh tokens', () => {
  it.each([
    ['rotate', [200, 400, 400], false],
    ['rotate_lenient', [200, 400, 200], true],
  ] as const)('that %s: one use, then the old one again, then the new one', async (refreshTokens, statuses, lives) => {
    const base = await start({ refreshTokens })
    const first = await connect(base)
    const second = await refresh(base, first.refresh_token)
    const reused = await refresh(base, first.refresh_token)
    const third = await refresh(base, second.body.refresh_token)
    expect([second, reused, third].map(({ status }) => status)).toEqual(statuses)
    expect(await isAccepted(base, second.body.access_token)).toBe(lives)
  })

  it('that stay are not sent again', async () => {
    const base = await start({ refreshTokens: 'keep' })
    const { refresh_token } = await connect(base)
    for (let round = 0; round < 3; round += 1) {
      const { status, body } = await refresh(base, refresh_token)
      expect([status, body.refresh_token, await isAccepted(base, body.access_token)]).toEqual([200, undefined, true])
    }
  })

  it('that there never are', async () => {
    expect((await connect(await start({ refreshTokens: 'never' }))).refresh_token).toBeUndefined()
  })
})
