import { describe, expect, it } from 'vitest'
import { readRefreshed, readTokens } from './read-tokens.js'
import { parse } from './test/parse.js'

const now = Date.parse('2026-01-01T00:00:00.000Z')
const answer = (body: unknown, status = 200, contentType = 'application/json') => ({
  status,
  contentType,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const spec = parse({ extract_output: ['access_token', 'refresh_token', 'expires_in'] })
const read = (body: unknown, status?: number, contentType?: string) =>
  readTokens(spec, answer(body, status, contentType), now)

describe('tokens', () => {
  it('are taken out, with the moment they end', () => {
    expect(read({ access_token: 'a', refresh_token: 'r', expires_in: 3600, scope: 'x' })).toEqual({
      kind: 'tokens',
      outputs: {
        access_token: 'a',
        refresh_token: 'r',
        expires_in: '3600',
        token_expiry_date: '2026-01-01T01:00:00.000Z',
      },
      accessToken: 'a',
      refreshToken: 'r',
      expiresAt: '2026-01-01T01:00:00.000Z',
    })
  })

  it('are found where they are nested', () => {
    const nested = parse({ extract_output: ['data.auth.access_token', 'authed[1].refresh_token'] })
    const body = { data: { auth: { access_token: 'a' } }, authed: [{}, { refresh_token: 'r' }] }
    expect(readTokens(nested, answer(body), now)).toMatchObject({ outputs: { access_token: 'a', refresh_token: 'r' } })
  })

  it.each([
    ['access_token=a&refresh_token=r&expires_in=60', 'application/x-www-form-urlencoded'],
    ['access_token=a&refresh_token=r', 'text/plain'],
  ])('may come as a form: %s', (body, type) =>
    expect(read(body, 200, type)).toMatchObject({ kind: 'tokens', accessToken: 'a' }),
  )

  it.each([
    [60, '2026-01-01T00:01:00.000Z'],
    ['60', '2026-01-01T00:01:00.000Z'],
    [0, '2026-01-01T00:00:00.000Z'],
    [1_767_229_200, '2026-01-01T01:00:00.000Z'],
    [1_767_229_200_000, '2026-01-01T01:00:00.000Z'],
    ['2026-01-01T02:00:00+01:00', '2026-01-01T01:00:00.000Z'],
    [-1, undefined],
    ['soon', undefined],
    [1e300, undefined],
    [null, undefined],
    [{}, undefined],
  ])('end at %j', (expires_in, expiresAt) => {
    expect(read({ access_token: 'a', refresh_token: 'r', expires_in })).toMatchObject({
      kind: 'tokens',
      ...(expiresAt && { expiresAt }),
    })
    const own = parse({ extract_output: ['access_token', 'until'], token_expiry_key: 'until' })
    const found = readTokens(own, answer({ access_token: 'a', until: expires_in }), now)
    expect(found.kind === 'tokens' && found.expiresAt).toBe(expiresAt)
  })

  it('that are missing are named', () => {
    expect(read({ access_token: 'a', refresh_token: '' })).toEqual({ kind: 'incomplete', missing: ['refresh_token'] })
    expect(read({ constructor: 1 })).toEqual({ kind: 'incomplete', missing: ['access_token', 'refresh_token'] })
    const proto = parse({ extract_output: ['__proto__.toString', 'constructor.name'] })
    expect(readTokens(proto, answer({}), now)).toMatchObject({ kind: 'incomplete', missing: ['toString', 'name'] })
  })
})

describe('a refusal', () => {
  it.each([
    [{ error: 'invalid_grant', error_description: 'Expired.' }, 400, 'invalid_grant', 'Expired.', true],
    [{ error: 'invalid_client' }, 401, 'invalid_client', undefined, false],
    [{ ok: false, error: 'invalid_code' }, 200, 'invalid_code', undefined, true],
    [{ error: 'bad_verification_code', error_description: 'No.' }, 200, 'bad_verification_code', 'No.', true],
    [{ error: { type: 'OAuthException', message: 'Bad.', code: 190 } }, 400, '190', 'Bad.', false],
    [{ error: { status: 'PERMISSION_DENIED', message: 'No.' } }, 403, 'PERMISSION_DENIED', 'No.', false],
    [{ errors: [{ code: 'Unauthorized', message: 'Wrong.' }] }, 401, 'Unauthorized', 'Wrong.', false],
    [
      { status: 'BAD_AUTH_CODE', message: 'missing or unknown auth code' },
      400,
      'BAD_AUTH_CODE',
      'missing or unknown auth code',
      true,
    ],
    [{ success: false, message: 'Nope' }, 200, 'http_200', 'Nope', false],
    [{ message: 'Nope' }, 422, 'http_422', 'Nope', false],
    ['<html>no</html>', 401, 'http_401', undefined, false],
    ['', 403, 'http_403', undefined, false],
    ['error=incorrect_client_credentials&error_description=Wrong', 200, 'incorrect_client_credentials', 'Wrong', false],
    [{ error: 'x', error_description: 'two\r\nlines\u202e' }, 400, 'x', 'two lines ', false],
  ])('%j with status %i', (body, status, code, description, needsSignIn) => {
    expect(read(body, status)).toEqual({ kind: 'refused', code, ...(description && { description }), needsSignIn })
  })

  it('is short, however long it is', () => {
    expect(read({ error: 'e'.repeat(9_999), error_description: 'd'.repeat(9_999) }, 400)).toMatchObject({
      code: 'e'.repeat(100),
      description: 'd'.repeat(500),
    })
  })
})

describe('nothing to go by', () => {
  it.each([
    ['', 200, 'empty'],
    ['  ', 200, 'empty'],
    ['<!doctype html><title>Sign in</title>', 200, 'not_json'],
    ['[]', 200, 'not_an_object'],
    ['"a"', 200, 'not_an_object'],
    ['null', 200, 'not_an_object'],
    ['', 302, 'redirected'],
    ['{"error":"server_error"}', 500, 'server_error'],
    ['{"error":"temporarily_unavailable"}', 400, 'server_error'],
    ['{"ok":false,"error":"ratelimited"}', 200, 'server_error'],
    ['{"error":"invalid_grant"}', 503, 'server_error'],
    ['bad gateway', 502, 'server_error'],
    ['', 408, 'server_error'],
    ['{"error":"x"}', 429, 'too_many_requests'],
  ])('%j with status %i', (body, status, reason) => {
    expect(read(body, status)).toEqual({ kind: 'unavailable', reason, status })
  })

  it.each([
    ['3', 3_000],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['86400', 3_600_000],
    ['soon', undefined],
  ])('says how long to wait: %s', (retryAfter, retryAfterMs) => {
    const found = readTokens(spec, { ...answer('', 429), retryAfter }, now)
    expect(found).toEqual({ kind: 'unavailable', reason: 'too_many_requests', status: 429, retryAfterMs })
  })
})

describe('a refresh', () => {
  const refreshed = (body: unknown, status?: number) => readRefreshed(spec, answer(body, status), 'r1', now)

  it('keeps the old refresh token where there is no new one', () => {
    expect(refreshed({ access_token: 'a2', expires_in: 60 })).toMatchObject({
      accessToken: 'a2',
      refreshToken: 'r1',
      isRotated: false,
    })
    expect(refreshed({ access_token: 'a2', refresh_token: '' })).toMatchObject({ refreshToken: 'r1', isRotated: false })
  })

  it('takes the new one where there is one, and both into the outputs', () => {
    expect(refreshed({ access_token: 'a2', refresh_token: 'r2' })).toMatchObject({
      outputs: { access_token: 'a2', refresh_token: 'r2' },
      refreshToken: 'r2',
      isRotated: true,
    })
  })

  it('asks not again for what was learned at sign-in, and finds nested tokens', () => {
    const shop = parse({ extract_output: ['data.access_token', 'data.refresh_token', 'data.shop'] })
    expect(readRefreshed(shop, answer({ data: { access_token: 'a2' } }), 'r1', now)).toMatchObject({
      outputs: { access_token: 'a2', refresh_token: 'r1' },
    })
    const accessOnly = parse({ extract_output: ['access_token'] })
    expect(readRefreshed(accessOnly, answer({ access_token: 'a2', refresh_token: 'r2' }), 'r1', now)).toMatchObject({
      refreshToken: 'r2',
    })
  })

  it('says when only a new sign-in helps, and when there is no token', () => {
    expect(refreshed({ error: 'invalid_grant' }, 400)).toMatchObject({ kind: 'refused', needsSignIn: true })
    expect(refreshed({ refresh_token: 'r2' })).toEqual({ kind: 'incomplete', missing: ['access_token'] })
    expect(refreshed('', 503)).toMatchObject({ kind: 'unavailable' })
  })
})
