import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createScrub } from './scrub-secrets.js'

it('takes out what is secret by its name, wherever it is nested', () => {
  const scrub = createScrub({ configuration: { host: 'db.acme.com', ssl: [{ client_key: 'hunter2"x' }] } })
  expect(scrub.text('host db.acme.com refused hunter2"x')).toBe('host db.acme.com refused **********')
  expect(scrub.text('{"got":"hunter2\\"x"}')).toBe('{"got":"**********"}')
})

it('takes out what stands below a secret name, and leaves the choice beside it', () => {
  const scrub = createScrub({ credentials: { auth_type: 'Client', login: 'root-login' } })
  expect(scrub.text('Client root-login')).toBe('Client **********')
})

it('takes out long values whatever their name, and keeps ids', () => {
  const workspaceId = '6f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11'
  const scrub = createScrub({ workspaceId, note: 'x'.repeat(40) })
  expect(scrub.text(`${workspaceId} ${'x'.repeat(40)}`)).toBe(`${workspaceId} **********`)
})

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
const password = 'Tr0ub4dor&3 é'
it.each([
  ['in a URL', `https://idp/?p=${encodeURIComponent(password)}`],
  ['in a form', new URLSearchParams({ p: password }).toString()],
  ['in a URL with small hex', encodeURIComponent(password).replaceAll('%C3%A9', '%c3%a9')],
  ['in JSON inside JSON', JSON.stringify(JSON.stringify({ p: password }))],
  ['in Basic auth', `Basic ${base64(`user:${password}`)}`],
  ['in Basic auth of another user', `Basic ${base64(`us:${password}!`)}`],
  ['in base64 for URLs', base64(`a:${password}`).replaceAll('+', '-')],
])('takes a password out %s', (_, text) => {
  const clean = createScrub({ password }).text(text)
  expect(clean).toContain('**********')
  for (const writing of [password, 'Tr0ub4dor', 'VHIwdWI0', 'RyMHViNG', 'UcjB1YjR'])
    expect(clean).not.toContain(writing)
})

it('takes out a line of a key, a key inside JSON inside a string, a number, and known secrets', () => {
  const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'
  const key = `-----BEGIN PRIVATE KEY-----\n${line}\nAgEAAoIBAQ==\n-----END PRIVATE KEY-----`
  const account = JSON.stringify({ type: 'service', private_key_id: 'kid-1234' })
  const scrub = createScrub({ ssh: { tunnel: key }, account, security: { pin: 918273 } }, ['token-of-the-call'])

  expect(scrub.text(`line 2: ${line}`)).toBe('line 2: **********')
  expect(scrub.text('key kid-1234 is revoked')).toBe('key ********** is revoked')
  expect(scrub.value({ pin: 918273, got: ['pin 918273'], 'token-of-the-call': 1 })).toEqual({
    pin: '**********',
    got: ['pin **********'],
    '**********': 1,
  })
})

it('never lets a password through, whatever it is made of', () => {
  const password = fc.string({ minLength: 4 }).filter((it) => !'**********'.includes(it))
  fc.assert(
    fc.property(password, (password) => {
      const scrub = createScrub({ password })
      expect(scrub.text(password)).not.toContain(password)
      expect(scrub.value([password])).toEqual(['**********'])
      const basic = base64(`me:${password}:x`)
      if (password.length >= 9) expect(scrub.text(basic)).not.toBe(basic)
    }),
  )
})
