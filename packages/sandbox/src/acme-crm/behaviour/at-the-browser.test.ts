// What a person's browser, and the callback it is sent back to, meet when the provider behaves so.
import { afterEach, describe, expect, it } from 'vitest'
import type { ListeningAcmeCrm } from '../listen-acme-crm.js'
import { authorizeUrl, client, createPkce, listen, otherClient } from '../test/acme.js'
import { ada, answerAtAcmeCrm } from '../testing/answer-at-acme-crm.js'
import { createBrowser } from '../testing/browser.js'
import { behaviourWords, type Behaviour } from './behaviour.js'

let acme: ListeningAcmeCrm | undefined
afterEach(() => acme?.close())

async function start(behaviour: Partial<Behaviour> = {}) {
  acme = await listen({ behaviour })
  return acme.url
}

/** Opens the link as somebody who is not asked; answers what the callback gets. */
async function answerOf(base: string, parameters: Record<string, string> = {}): Promise<URL> {
  const { left } = await createBrowser(base).open(authorizeUrl(base, { state: 's1', ...parameters }))
  if (!left) throw new Error('the browser was not sent back')
  return left
}
const said = (url: URL) => Object.fromEntries(url.searchParams)
const acmeCode = expect.stringMatching(/^acme_code_/) as string

it.each(behaviourWords.openerPolicy)(
  'sends the opener policy %s with every page and redirect',
  async (openerPolicy) => {
    const base = await start({ openerPolicy })
    const browser = createBrowser(base)
    const signIn = await browser.open(authorizeUrl(base))
    const consent = await browser.press(signIn, 'Sign in', ada)
    const back = await browser.press(consent, 'Allow')
    const seen = [signIn, consent, back].map(({ headers }) => headers.get('Cross-Origin-Opener-Policy'))
    expect(seen).toEqual(Array(3).fill(openerPolicy === 'none' ? null : openerPolicy))
  },
)

it('behaves to each client in that client’s way, on every page of its flow', async () => {
  acme = await listen({
    clients: [client, { ...otherClient, requirePkce: false, behaviour: { openerPolicy: 'same-origin' } }],
  })
  const policyOf = async (clientId: string) => {
    const browser = createBrowser(acme?.url ?? '')
    const signIn = await browser.open(authorizeUrl(acme?.url ?? '', { client_id: clientId }))
    const { headers } = await browser.press(signIn, 'Sign in', ada)
    return headers.get('Cross-Origin-Opener-Policy')
  }
  expect([await policyOf(client.clientId), await policyOf(otherClient.clientId)]).toEqual([null, 'same-origin'])
})

it('is slow to show the page', async () => {
  const base = await start({ authorizeDelayMs: 150 })
  const from = performance.now()
  expect((await createBrowser(base).open(authorizeUrl(base))).status).toBe(200)
  expect(performance.now() - from).toBeGreaterThan(145)
})

describe('the answer at the callback', () => {
  it('is access_denied at once', async () => {
    const base = await start({ answerError: 'access_denied' })
    expect(said(await answerOf(base))).toMatchObject({ error: 'access_denied', state: 's1', iss: base })
  })

  it('is a code at once, of somebody who allowed it long ago', async () => {
    const base = await start({ decision: 'allow' })
    expect(said(await answerOf(base))).toEqual({ code: acmeCode, state: 's1', iss: base })
  })

  it.each([
    ['lacks what is left out', { answerWithout: ['state', 'iss'] }, { code: acmeCode }],
    [
      'has what is put in',
      { answerWith: { hd: 'a&b' }, answerWithout: ['iss'] },
      { code: acmeCode, state: 's1', hd: 'a&b' },
    ],
    [
      'has another state',
      { answerWithout: ['state', 'iss'], answerWith: { state: 'x' } },
      { code: acmeCode, state: 'x' },
    ],
    [
      'calls the code otherwise',
      { names: { code: 'auth_code' }, answerWithout: ['iss', 'state'] },
      { auth_code: acmeCode },
    ],
    ['says nothing', { answerShape: 'nothing' }, {}],
    [
      'says code and error at once',
      { answerShape: 'error_with_code', answerWithout: ['iss', 'state'] },
      { code: acmeCode, error: 'server_error' },
    ],
    [
      'has an error by other names',
      { answerShape: 'error_message', answerError: 'server_error', answerWithout: ['iss', 'state'] },
      { error_code: 'server_error', error_message: 'Acme CRM was told to answer so' },
    ],
  ] satisfies [string, Partial<Behaviour>, object][])('%s', async (_, behaviour, expected) => {
    const base = await start({ decision: 'allow', ...behaviour })
    expect(said(await answerOf(base))).toEqual(expected)
  })

  it('stands after the #', async () => {
    const base = await start({ decision: 'allow', answerShape: 'fragment' })
    const { search, hash } = await answerOf(base)
    expect([search, Object.fromEntries(new URLSearchParams(hash.slice(1)))]).toEqual([
      '',
      { code: acmeCode, state: 's1', iss: base },
    ])
  })

  it('says everything twice', async () => {
    const base = await start({ decision: 'allow', answerShape: 'twice' })
    expect([...(await answerOf(base)).searchParams.keys()]).toEqual(['code', 'code', 'state', 'state', 'iss', 'iss'])
  })

  it('keeps its shape when a person has decided', async () => {
    const base = await start({ names: { code: 'auth_code' } })
    expect((await answerAtAcmeCrm(authorizeUrl(base))).searchParams.get('auth_code')).toMatch(/^acme_code_/)
  })
})

describe('the request', () => {
  it('says who asks under the provider’s own name, and under no other', async () => {
    const base = await start({ decision: 'allow', names: { client_id: 'app_id', state: 'custom' } })
    const url = new URL(authorizeUrl(base))
    expect((await createBrowser(base).open(url.href)).status).toBe(400)
    url.searchParams.delete('client_id')
    url.searchParams.set('app_id', client.clientId)
    url.searchParams.set('custom', 's2')
    const { left } = await createBrowser(base).open(url.href)
    expect(left && said(left)).toEqual({ code: acmeCode, custom: 's2', iss: base })
  })

  it.each([
    ['required', {}, 'code_challenge is missing'],
    [
      'refused',
      { code_challenge: createPkce().challenge, code_challenge_method: 'S256' },
      'code_challenge is not supported',
    ],
  ] as const)('is wrong about PKCE where that is %s', async (pkce, parameters, description) => {
    const base = await start({ decision: 'allow', pkce })
    expect(said(await answerOf(base, parameters))).toMatchObject({
      error: 'invalid_request',
      error_description: description,
    })
  })

  it('may ask for a scope only where there is one', async () => {
    const scope = 'crm.read crm.write'
    const strict = await start({ decision: 'allow' })
    expect(said(await answerOf(strict, { scope })).error).toBe('invalid_scope')
    await acme?.close()
    const generous = await start({ decision: 'allow', moreScopes: ['crm.write'] })
    expect(said(await answerOf(generous, { scope })).code).toEqual(acmeCode)
  })
})

it('describes itself as it behaves', async () => {
  const base = await start({ clientAuthentication: 'body', pkce: 'refused', moreScopes: ['crm.write'] })
  const response = await fetch(`${base}/.well-known/oauth-authorization-server`)
  expect(await response.json()).toMatchObject({
    scopes_supported: ['crm.read', 'crm.write'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    code_challenge_methods_supported: [],
  })
})
