import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankSecrets, lastLines, withoutColours } from './blank-secrets.js'

const url = 'postgres://t_1_app:p%40ss-w0rd@db.example:5432/warehouse'

test.each([
  ['the value as it is', `no route to ${url}`, 'no route to [DATABASE_URL]'],
  ['the password alone, as it stands in the address', 'auth: p%40ss-w0rd', 'auth: [DATABASE_URL]'],
  ['the password alone, decoded', 'auth: p@ss-w0rd', 'auth: [DATABASE_URL]'],
  ['the value in a query', `?next=${encodeURIComponent(url)}`, '?next=[DATABASE_URL]'],
  ['a short password', 'APP_PASSWORD is abc', 'APP_PASSWORD is [APP_PASSWORD]'],
  ['a line of a long key', 'line: MIIEvQIBADANBg', 'line: [PEM]'],
  ['a value in JSON', '{"v":"say \\"friend\\""}', '{"v":"[QUOTED]"}'],
  ['the password in a header, in base64', `Basic ${btoa('t_1_app:p@ss-w0rd')}`, 'Basic dF8xX2FwcDp[DATABASE_URL]Q='],
  ['a harmless value stays', 'POSTGRES_ENABLED is true', 'POSTGRES_ENABLED is true'],
])('%s', (_, text, blanked) => {
  const env = {
    DATABASE_URL: url,
    APP_PASSWORD: 'abc',
    PEM: 'BEGIN-KEY\nMIIEvQIBADANBg\n',
    QUOTED: 'say "friend"',
    POSTGRES_ENABLED: 'true',
  }
  expect(blankSecrets(text, env)).toBe(blanked)
})

test('whatever a secret is and wherever it stands, it is not in what comes out', () => {
  const secret = fc.string({ minLength: 8, maxLength: 60 }).filter((value) => value.trim().length >= 8)
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      fc.pre(!'[DATABASE_URL]'.includes(value))
      expect(blankSecrets(`${before}${value}${after}`, { DATABASE_URL: value })).not.toContain(value)
    }),
  )
})

test('the last lines are shown without colours and gaps', () => {
  const output = Array.from({ length: 40 }, (_, index) => `\u001b[31mline ${index}\u001b[0m\n\n`).join('')
  expect(lastLines(withoutColours(output), 2)).toBe('line 38\nline 39')
})
