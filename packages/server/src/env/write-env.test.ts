import { parse } from 'dotenv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeEnv } from './write-env.js'
import { toEnabledName, toTenantEnv } from './tenant-env.js'

const troublesome = fc.stringMatching(/^['"`#$\\nr \n\r\t=a-z{}()!;&|<>]*$/)
const anyValue = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), troublesome)
const anyName = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/)

/** What one kind of quotes holds for certain. */
const isEasy = (value: string) => !(value.includes("'") && value.includes('`')) && !/\r|\\$/.test(value)

test.each([
  '',
  ' ',
  'plain',
  'a b',
  "it's",
  '"',
  '`',
  '$HOME',
  '#no comment',
  'two\nlines',
  'a\r\nb',
  'c:\\path',
  '\\n',
  '\'"',
  'end\\',
  '=',
  'a=b',
])('%j reads back as it was', (value) =>
  expect(parse(writeEnv({ A: value, B: 'next' }))).toEqual({ A: value, B: 'next' }),
)

test('whatever is written reads back exactly, whatever stands beside it', () => {
  fc.assert(
    fc.property(fc.dictionary(anyName, anyValue, { maxKeys: 5 }), (values) => {
      const written = Object.entries(values).flatMap(([name, value]) => {
        try {
          return [{ name, value, text: writeEnv({ [name]: value }) }]
        } catch {
          expect(isEasy(value), `${JSON.stringify(value)} can be written`).toBe(false)
          return []
        }
      })
      const expected = Object.fromEntries(written.map(({ name, value }) => [name, value]))
      expect(parse(written.map(({ text }) => text).join(''))).toEqual(expected)
    }),
    { numRuns: 5_000 },
  )
})

test('what can not be written is refused by its name, and not shown', () => {
  expect(() => writeEnv({ TOKEN: `'"\`\n` })).toThrow('TOKEN has a value no .env can hold')
  expect(() => writeEnv({ 'A B': 'x' })).toThrow('"A B" is no name')
})

test("a tenant's app gets a database it may read and what there is to read", () => {
  const schema = 't_abcdefghijklmnop'
  const tenant = { tenantId: "O'Hara & sons", workspaceId: 'w', destinationId: 'd', schema, createdAt: '' }
  const address = { host: 'db.test', port: 5433, database: 'ware house', sslMode: 'require' }
  const env = toTenantEnv({
    tenant,
    address,
    appPassword: 'p@ss:w/rd',
    sourceTypes: ['stripe', 'google-ads', 'stripe', '7shifts'],
  })
  const url = new URL(parse(writeEnv(env)).DATABASE_URL ?? '')
  expect([
    url.hostname,
    url.port,
    decodeURIComponent(url.username),
    decodeURIComponent(url.password),
    decodeURIComponent(url.pathname),
  ]).toEqual(['db.test', '5433', `${schema}_app`, 'p@ss:w/rd', '/ware house'])
  expect(url.searchParams.get('options')).toBe(`-c search_path=${schema}`)
  expect(Object.keys(env)).toEqual([
    'TENANT_ID',
    'DATABASE_URL',
    'DATABASE_SCHEMA',
    'AIRBYTE_WORKSPACE_ID',
    '_7SHIFTS_ENABLED',
    'GOOGLE_ADS_ENABLED',
    'STRIPE_ENABLED',
  ])
  expect(toEnabledName('google-analytics-data-api')).toBe('GOOGLE_ANALYTICS_DATA_API_ENABLED')
})
