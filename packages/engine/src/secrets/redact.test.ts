import { expect, it } from 'vitest'
import { createRedactor } from './redact.js'

const spec = { properties: { password: { type: 'string', airbyte_secret: true }, host: { type: 'string' } } }

it.each([
  ['as it is', 'auth failed for p@ss"word', 'auth failed for **********'],
  ['in a URL', 'postgres://u:p%40ss%22word@db', 'postgres://u:**********@db'],
  ['in JSON', '{"password":"p@ss\\"word"}', '{"password":"**********"}'],
  ['not at all', 'no such host db.acme.com', 'no such host db.acme.com'],
])('stars a secret that appears %s', (_, text, clean) => {
  expect(createRedactor(spec, { password: 'p@ss"word', host: 'db.acme.com' })(text)).toBe(clean)
})
