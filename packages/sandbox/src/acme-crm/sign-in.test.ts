import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListeningAcmeCrm } from './listen-acme-crm.js'
import { askForToken, authorizeUrl, client, connect, createPkce, get, listen, otherClient } from './test/acme.js'
import { ada, answerAtAcmeCrm } from './testing/answer-at-acme-crm.js'
import { createBrowser } from './testing/browser.js'

let acme: ListeningAcmeCrm
beforeAll(async () => {
  acme = await listen()
})
afterAll(() => acme.close())

describe('signing in', () => {
  it('leads from the link over sign-in and consent to tokens that read the CRM', async () => {
    const pkce = createPkce()
    const browser = createBrowser(acme.url)
    const signIn = await browser.open(
      authorizeUrl(acme.url, {
        state: 'a b&c=ü',
        code_challenge: pkce.challenge,
        code_challenge_method: 'S256',
      }),
    )
    expect(signIn.html).toContain('to continue to <strong>Integration Hub</strong>')

    const consent = await browser.press(signIn, 'Sign in', ada)
    expect(consent.html).toContain('Allow Integration Hub to read from Acme Trading?')
    expect(consent.html).toContain('crm.read')

    const { left, status } = await browser.press(consent, 'Allow')
    expect(status).toBe(303)
    expect(left?.origin + (left?.pathname ?? '')).toBe('http://localhost:4999/callback')
    expect(left?.searchParams.get('state')).toBe('a b&c=ü')
    expect(left?.searchParams.get('iss')).toBe(acme.url)

    const {
      status: exchanged,
      body,
      headers,
    } = await askForToken(acme.url, {
      grant_type: 'authorization_code',
      code: left?.searchParams.get('code') ?? '',
      redirect_uri: client.redirectUris[0] ?? '',
      code_verifier: pkce.verifier,
    })
    expect([exchanged, headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'crm.read' })
    expect((await get(acme.url, '/api/v1/me', body.access_token)).body.user?.email).toBe('ada@acme.test')
    expect((await get(acme.url, '/api/v1/contacts', body.access_token)).body.data).toHaveLength(100)
  })

  it('asks again, kindly, after a wrong password', async () => {
    const browser = createBrowser(acme.url)
    const wrong = await browser.press(await browser.open(authorizeUrl(acme.url)), 'Sign in', {
      ...ada,
      password: 'guess',
    })
    expect(wrong.status).toBe(401)
    expect(wrong.html).toContain('do not belong together')
    expect(wrong.html).toContain('value="ada@acme.test"')
    expect((await browser.press(wrong, 'Sign in', ada)).html).toContain('Signed in as <strong>ada@acme.test</strong>')
  })

  it('goes straight to consent for somebody who is signed in, who may still be somebody else', async () => {
    const browser = createBrowser(acme.url)
    await answerAtAcmeCrm(authorizeUrl(acme.url), 'Allow', browser)
    const consent = await browser.open(authorizeUrl(acme.url))
    expect(consent.html).toContain('ada@acme.test')

    const signIn = await browser.press(consent, 'Use another account')
    const grace = await browser.press(signIn, 'Sign in', {
      email: 'Grace@acme.test ',
      password: 'nanosecond-wire',
    })
    expect(grace.html).toContain('Signed in as <strong>grace@acme.test</strong>')
  })

  it.each(['Deny', 'Cancel'])('sends a refusal back on %s', async (button) => {
    const browser = createBrowser(acme.url)
    const signIn = await browser.open(authorizeUrl(acme.url, { state: 's1' }))
    const page = button === 'Deny' ? await browser.press(signIn, 'Sign in', ada) : signIn
    const { left } = await browser.press(page, button)
    expect(Object.fromEntries(left?.searchParams ?? [])).toEqual({
      error: 'access_denied',
      error_description: 'the person did not allow it',
      state: 's1',
      iss: acme.url,
    })
  })

  it('lets nobody decide twice, or in another browser', async () => {
    const browser = createBrowser(acme.url)
    const consent = await browser.press(await browser.open(authorizeUrl(acme.url)), 'Sign in', ada)
    const stranger = createBrowser(acme.url)
    await answerAtAcmeCrm(authorizeUrl(acme.url), 'Allow', stranger)

    expect((await stranger.press(consent, 'Allow')).status).toBe(400)
    expect((await browser.press(consent, 'Allow')).left).toBeDefined()
    expect((await browser.press(consent, 'Allow')).status).toBe(400)
  })

  it('gives a browser a new cookie when somebody signs in, so that a planted one gains nothing', async () => {
    const browser = createBrowser(acme.url)
    const signIn = await browser.open(authorizeUrl(acme.url))
    const planted = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect(signIn.headers.getSetCookie()[0]).toMatch(/; Path=\/oauth; HttpOnly; SameSite=Lax$/)
    await browser.press(signIn, 'Sign in', ada)
    const response = await fetch(authorizeUrl(acme.url), { headers: { Cookie: planted } })
    expect(await response.text()).toContain('<h1>Sign in</h1>')
  })

  it('asks for PKCE where the client is registered so', async () => {
    const { left } = await createBrowser(acme.url).open(authorizeUrl(acme.url, { client_id: otherClient.clientId }))
    expect(left?.searchParams.get('error')).toBe('invalid_request')
    expect(left?.searchParams.get('error_description')).toBe('code_challenge is missing')
  })

  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['another host', { redirect_uri: 'http://evil.test/callback' }],
    ['a longer path', { redirect_uri: 'http://localhost:4999/callback/more' }],
    ['another query', { redirect_uri: 'http://localhost:4999/callback?from=evil' }],
    ['another case', { redirect_uri: 'http://LOCALHOST:4999/callback' }],
  ])('redirects nobody for %s', async (_, parameters) => {
    const page = await createBrowser(acme.url).open(authorizeUrl(acme.url, parameters))
    expect([page.status, page.left]).toEqual([400, undefined])
    expect(page.html).toContain('This sign-in link does not work')
  })

  it('keeps the query of a registered address', async () => {
    const back = await answerAtAcmeCrm(
      authorizeUrl(acme.url, { redirect_uri: 'http://localhost:4999/callback?from=acme' }),
    )
    expect([...back.searchParams.keys()]).toEqual(['from', 'code', 'iss'])
  })

  it('runs no script, sits in no frame, and escapes what it is given', async () => {
    const browser = createBrowser(acme.url)
    const wrong = await browser.press(await browser.open(authorizeUrl(acme.url)), 'Sign in', {
      email: '"><script>x</script>',
    })
    expect(wrong.html).toContain('&quot;&gt;&lt;script&gt;')
    expect(wrong.html).not.toContain('<script')
    expect(wrong.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(wrong.headers.get('X-Frame-Options')).toBe('DENY')
    expect(wrong.headers.get('Cross-Origin-Opener-Policy')).toBeNull()
  })

  it('says where everything is', async () => {
    const response = await fetch(`${acme.url}/.well-known/oauth-authorization-server`)
    const metadata = (await response.json()) as Record<string, unknown>
    expect(metadata).toMatchObject({
      issuer: acme.url,
      token_endpoint: `${acme.url}/oauth/token`,
      code_challenge_methods_supported: ['S256'],
    })
    expect((await connect(acme.url)).access_token).toMatch(/^acme_at_/)
  })
})
