import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ListeningAcmeCrm } from './listen-acme-crm.js'
import {
  askForToken,
  authorizeUrl,
  basic,
  client,
  connect,
  createClock,
  createPkce,
  get,
  listen,
  otherClient,
  refresh,
} from './test/acme.js'
import { answerAtAcmeCrm } from './testing/answer-at-acme-crm.js'
import type { AcmeCrmOptions } from './options.js'

let acme: ListeningAcmeCrm | undefined
afterEach(() => acme?.close())

async function start(options: AcmeCrmOptions = {}) {
  acme = await listen(options)
  return acme.url
}

const isAccepted = async (base: string, token: string) => (await get(base, '/api/v1/me', token)).status === 200

async function codeFor(base: string, parameters: Record<string, string> = {}) {
  return (await answerAtAcmeCrm(authorizeUrl(base, parameters))).searchParams.get('code') ?? ''
}

const exchange = (code: string, more: Record<string, string> = {}) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: client.redirectUris[0] ?? '',
  ...more,
})

describe('an authorization code', () => {
  it('works once; using it again ends what came of it', async () => {
    const base = await start()
    const code = await codeFor(base)
    const first = await askForToken(base, exchange(code))
    expect(await isAccepted(base, first.body.access_token)).toBe(true)

    expect((await askForToken(base, exchange(code))).body.error).toBe('invalid_grant')
    expect(await isAccepted(base, first.body.access_token)).toBe(false)
  })

  it('lives for a minute', async () => {
    const clock = createClock()
    const base = await start({ now: clock.now })
    const [inTime, late] = [await codeFor(base), await codeFor(base)]
    clock.pass(59)
    expect((await askForToken(base, exchange(inTime))).status).toBe(200)
    clock.pass(1)
    expect((await askForToken(base, exchange(late))).body.error).toBe('invalid_grant')
  })

  it.each([
    ['another verifier', { code_verifier: createPkce().verifier }],
    ['no verifier', {}],
    ['another redirect_uri', { redirect_uri: client.redirectUris[1] ?? '' }],
  ])('is refused with %s', async (_, more) => {
    const base = await start()
    const { challenge, verifier } = createPkce()
    const code = await codeFor(base, { code_challenge: challenge, code_challenge_method: 'S256' })
    const answer = await askForToken(
      base,
      exchange(code, 'redirect_uri' in more ? { ...more, code_verifier: verifier } : more),
    )
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant'])
  })

  it('is refused with a verifier that nothing was promised for', async () => {
    const base = await start()
    const answer = await askForToken(base, exchange(await codeFor(base), { code_verifier: createPkce().verifier }))
    expect(answer.body.error).toBe('invalid_grant')
  })

  it('is no use to another client', async () => {
    const base = await start()
    const answer = await askForToken(base, exchange(await codeFor(base)), {
      Authorization: basic(otherClient),
    })
    expect(answer.body.error).toBe('invalid_grant')
  })
})

describe('a client', () => {
  it('may say who it is in the form', async () => {
    const base = await start()
    const { clientId, clientSecret } = client
    const answer = await askForToken(
      base,
      exchange(await codeFor(base), { client_id: clientId, client_secret: clientSecret }),
      {},
    )
    expect(answer.status).toBe(200)
  })

  it.each([
    ['nothing', {}, {}, 401, 'invalid_client'],
    [
      'a wrong secret in the header',
      {},
      { Authorization: basic({ ...client, clientSecret: 'x' }) },
      401,
      'invalid_client',
    ],
    ['a wrong secret in the form', { client_id: 'hub', client_secret: 'x' }, {}, 401, 'invalid_client'],
    ['both ways at once', { client_secret: 'x' }, { Authorization: basic(client) }, 400, 'invalid_request'],
    ['a broken header', {}, { Authorization: 'Basic %%%' }, 401, 'invalid_client'],
  ])('is refused with %s', async (_, form, headers: Record<string, string>, status, error) => {
    const base = await start()
    const answer = await askForToken(base, { grant_type: 'refresh_token', refresh_token: 'x', ...form }, headers)
    expect([answer.status, answer.body.error]).toEqual([status, error])
    expect(answer.headers.has('WWW-Authenticate')).toBe(status === 401 && 'Authorization' in headers)
  })

  it.each([
    ['no grant_type', '', 'invalid_request'],
    ['a grant_type we do not know', 'grant_type=password', 'unsupported_grant_type'],
    ['no code', 'grant_type=authorization_code', 'invalid_request'],
    ['no refresh token', 'grant_type=refresh_token', 'invalid_request'],
    ['a parameter twice', 'grant_type=refresh_token&refresh_token=a&refresh_token=b', 'invalid_request'],
  ])('is told what is wrong with %s', async (_, body, error) => {
    const base = await start()
    const headers = { Authorization: basic(client), 'Content-Type': 'application/x-www-form-urlencoded' }
    const response = await fetch(`${base}/oauth/token`, { method: 'POST', headers, body })
    expect([response.status, await response.json()]).toMatchObject([400, { error }])
  })
})

describe('tokens', () => {
  it('expire, and a refresh brings new ones', async () => {
    const clock = createClock()
    const base = await start({ now: clock.now, accessTokenSeconds: 60 })
    const first = await connect(base)
    expect(first.expires_in).toBe(60)
    clock.pass(60)
    const expired = await get(base, '/api/v1/contacts', first.access_token)
    expect([expired.status, expired.body.error.code]).toEqual([401, 'invalid_token'])
    expect(expired.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"')

    const second = await refresh(base, first.refresh_token)
    expect(second.body.refresh_token).not.toBe(first.refresh_token)
    expect(await isAccepted(base, second.body.access_token)).toBe(true)
  })

  it('die with their whole family when a refresh token is used twice', async () => {
    const base = await start()
    const bystander = await connect(base)
    const first = await connect(base)
    const second = (await refresh(base, first.refresh_token)).body
    const third = (await refresh(base, second.refresh_token)).body

    const reused = await refresh(base, first.refresh_token)

    expect([reused.status, reused.body.error]).toEqual([400, 'invalid_grant'])
    expect((await refresh(base, third.refresh_token)).body.error).toBe('invalid_grant')
    expect(await isAccepted(base, third.access_token)).toBe(false)
    expect(await isAccepted(base, bystander.access_token)).toBe(true)
  })

  it('leave one winner and no family when two refresh at once', async () => {
    const base = await start()
    const { refresh_token } = await connect(base)
    const both = await Promise.all([refresh(base, refresh_token), refresh(base, refresh_token)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  it('cannot be refreshed by another client, which does not harm them', async () => {
    const base = await start()
    const { refresh_token } = await connect(base)
    const form = { grant_type: 'refresh_token', refresh_token }
    expect((await askForToken(base, form, { Authorization: basic(otherClient) })).body.error).toBe('invalid_grant')
    expect((await refresh(base, refresh_token)).status).toBe(200)
  })

  it('cannot be widened', async () => {
    const base = await start()
    const { refresh_token } = await connect(base)
    const wider = await askForToken(base, {
      grant_type: 'refresh_token',
      refresh_token,
      scope: 'crm.read crm.write',
    })
    expect(wider.body.error).toBe('invalid_scope')
  })

  it('can be revoked: an access token alone, a refresh token with all that came of it', async () => {
    const base = await start()
    const tokens = await connect(base)
    const revoke = (token: string, by = client) =>
      fetch(`${base}/oauth/revoke`, {
        method: 'POST',
        headers: { Authorization: basic(by) },
        body: new URLSearchParams({ token }),
      }).then(({ status }) => status)

    expect(await revoke('never-issued')).toBe(200)
    expect(await revoke(tokens.access_token, otherClient)).toBe(400)
    expect(await isAccepted(base, tokens.access_token)).toBe(true)
    expect(await revoke(tokens.access_token)).toBe(200)
    expect(await isAccepted(base, tokens.access_token)).toBe(false)

    const next = (await refresh(base, tokens.refresh_token)).body
    expect(await revoke(next.refresh_token)).toBe(200)
    expect(await isAccepted(base, next.access_token)).toBe(false)
    expect((await refresh(base, next.refresh_token)).body.error).toBe('invalid_grant')
  })

  it('outlive a restart, in a file that holds none of them', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'opsai-acme-'))
    const stateFile = join(directory, 'state.json')
    const before = await start({ stateFile })
    const first = await connect(before)
    const second = (await refresh(before, first.refresh_token)).body
    await acme?.close()

    const text = await readFile(stateFile, 'utf8')
    for (const secret of [first, second].flatMap((tokens) => [tokens.access_token, tokens.refresh_token])) {
      expect(text).not.toContain(secret)
    }
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600)

    const after = await start({ stateFile })
    expect(await isAccepted(after, second.access_token)).toBe(true)
    expect((await refresh(after, second.refresh_token)).status).toBe(200)
    expect((await refresh(after, first.refresh_token)).body.error).toBe('invalid_grant')
    expect(await isAccepted(after, second.access_token)).toBe(false)
    await acme?.close()

    await writeFile(stateFile, '{"grants": 1}')
    await expect(start({ stateFile })).rejects.toThrow(`${stateFile} is not a state file`)
    await rm(directory, { recursive: true })
  })
})
