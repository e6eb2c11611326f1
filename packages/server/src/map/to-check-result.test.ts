import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkForms } from './test/check-forms.js'
import { checkMessages } from './test/check-messages.js'
import { toCheckResult } from './to-check-result.js'

const failed = (message: string, more: object = {}) => ({
  status: 'failed' as const,
  message,
  jobInfo: { succeeded: true },
  ...more,
})

describe('what a connector said, and what it means', () => {
  test.each(checkMessages)('%s: %s', (name, message, code, field) => {
    const result = toCheckResult(failed(message), checkForms[name])
    expect([result.code, result.fieldErrors?.[0]?.path.join('.')]).toEqual([code, field])
    expect(result.fieldErrors?.[0]?.code).toBe(field && code)
    expect(result.remedy).toMatch(/\.$/)
  })

  test('the count of it', () => {
    const connectors = new Set(checkMessages.map(([name]) => name.replace(/(Cdc|ByKey|SignedIn)$/, '')))
    const codes = new Set(checkMessages.map(([, , code]) => code))
    const named = checkMessages.filter(([, , , field]) => field !== undefined)
    console.log(
      `check messages: ${checkMessages.length} of ${connectors.size} connectors, ${codes.size} codes, ${named.length} name a field`,
    )
    expect(checkMessages.length).toBeGreaterThanOrEqual(80)
    expect(connectors.size).toBeGreaterThanOrEqual(25)
  })
})

describe('what was said', () => {
  const said = (message: string) => toCheckResult(failed(message)).message

  test.each([
    ['an unknown one, whole', 'The flux capacitor is\nnot fluxing.', 'The flux capacitor is\nnot fluxing.'],
    [
      'without quotes and written-out line breaks',
      "'Unable to connect:\\nno such thing'",
      'Unable to connect:\nno such thing',
    ],
    ['with quotes that are its own', "'a' is not of type 'b'", "'a' is not of type 'b'"],
    [
      "without Java's stack",
      'java.io.IOException: pipe broke\n\tat io.acme.Pipe.read(Pipe.java:1)\nCaused by: x.Y: z\n\tat a.b(C.java:2)',
      'java.io.IOException: pipe broke',
    ],
    [
      "without Python's stack",
      'Traceback (most recent call last):\n  File "main.py", line 1, in <module>\n    run()\nValueError: no such stream',
      'ValueError: no such stream',
    ],
    [
      'without what follows it',
      'It broke.\n\nTraceback (most recent call last):\n  File "main.py", line 1\nValueError: x',
      'It broke.',
    ],
    [
      'without tags',
      '<html><head><style>p{}</style></head><body><h1>502 Bad Gateway</h1></body></html>',
      '502 Bad Gateway',
    ],
    ['as nothing', '', 'The test could not be run.'],
  ])('is shown %s', (_, message, shown) => expect(said(message)).toBe(shown))

  test('is never cut in the middle of a word', () => {
    const long = said('wonderful '.repeat(500)) ?? ''
    expect(long.length).toBeLessThan(2_010)
    expect(long.endsWith('wonderful …')).toBe(true)
  })

  test('keeps its field’s message short', () => {
    const [error] = toCheckResult(failed(`401 ${'very '.repeat(200)}\nwrong`), checkForms.stripe).fieldErrors ?? []
    expect(error?.message.length).toBeLessThan(310)
  })

  test('takes time linear in it, whatever it says', () => {
    const hostile = [
      'role "',
      'invalid ',
      'SSH tunnel ',
      'a'.repeat(9) + ' ',
      '$.a: b, ',
      '\n\tat ',
      "Database '",
      '<html><style>',
    ]
    const startedAt = performance.now()
    for (const part of hostile) toCheckResult(failed(part.repeat(100_000 / part.length)), checkForms.postgres)
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  })
})

describe('which field', () => {
  test("the engine's own are believed before any guess", () => {
    const check = failed('password authentication failed', { opsaiFields: [['ssl_mode'], ['host']] })
    const { fieldErrors } = toCheckResult(check, checkForms.postgres)
    expect(fieldErrors?.map(({ path }) => path)).toEqual([['ssl_mode'], ['host']])
  })

  test('every one a validator names', () => {
    const message =
      'Errors: $.port: string found, integer expected, $.ssl_mode.ca_certificate: is missing but it is required'
    const { spec } = checkForms.postgres
    const configuration = { ssl_mode: { mode: 'verify-ca' } }
    expect(toCheckResult(failed(message), { spec, configuration }).fieldErrors).toMatchObject([
      { path: ['port'], code: 'wrong_format', message: 'string found, integer expected' },
      { path: ['ssl_mode', 'ca_certificate'], code: 'required' },
    ])
  })

  test.each([
    ["$: required property 'host' not found", ['host']],
    ["$.ssl_mode: required property 'ca_certificate' not found", ['ssl_mode', 'ca_certificate']],
    ['$.ssl_mode.unheard_of: must be string', ['ssl_mode']],
  ])('by a validator’s path: %s', (message, path) => {
    const { spec } = checkForms.postgres
    const configuration = { ssl_mode: { mode: 'verify-ca' } }
    expect(toCheckResult(failed(`Errors: ${message}`), { spec, configuration }).fieldErrors?.[0]?.path).toEqual(path)
  })

  test('whatever the spec and the configuration are, there is an answer', () => {
    const odd = fc.constantFrom(undefined, null, 0, '', 'object', [], ['host'], {}, [null])
    const key = fc.constantFrom('host', 'password', 'a')
    const { schema } = fc.letrec<{ schema: Record<string, unknown> }>((tie) => ({
      schema: fc.record(
        {
          type: odd,
          title: odd,
          const: odd,
          enum: odd,
          required: odd,
          properties: fc.oneof({ maxDepth: 3 }, odd, fc.dictionary(key, tie('schema'), { maxKeys: 2 })),
          oneOf: fc.oneof({ maxDepth: 3 }, odd, fc.array(tie('schema'), { maxLength: 2 })),
          items: fc.oneof({ maxDepth: 3 }, odd, tie('schema')),
        },
        { requiredKeys: [] },
      ),
    }))
    const said = fc.constantFrom(
      '401',
      "'x' is a required property",
      '$.a: b',
      "'a' is not of type 'b'",
      'ENOTFOUND host',
    )
    fc.assert(
      fc.property(schema, fc.jsonValue(), said, (connectionSpecification, configuration, message) => {
        const result = toCheckResult(failed(message), { spec: { connectionSpecification }, configuration })
        expect(result).toMatchObject({ status: 'failed', message })
      }),
    )
  })

  test('none of another option, and none the form hides', () => {
    const properties = { api_key: { type: 'string', airbyte_secret: true, airbyte_hidden: true } }
    const spec = { connectionSpecification: { properties } }
    expect(toCheckResult(failed('401'), { spec, configuration: { api_key: 'x' } }).fieldErrors).toBeUndefined()
    const signedIn = toCheckResult(failed('401 Unauthorized'), checkForms.hubspotSignedIn)
    expect(signedIn.fieldErrors?.map(({ path }) => path)).toEqual([['credentials']])
  })

  test('one the engine names and the form hides has its place at what holds it', () => {
    const check = failed('Sign in again.', { opsaiFields: [['credentials', 'refresh_token']] })
    const { fieldErrors } = toCheckResult(check, checkForms.hubspotSignedIn)
    expect(fieldErrors?.map(({ path }) => path)).toEqual([['credentials']])
  })

  test('none without a form', () => expect(toCheckResult(failed('401')).fieldErrors).toBeUndefined())
})

const corpus = process.env.OPSAI_CORPUS ?? '../shared/data'
const registry = `${corpus}/registry/registry.json`
const hasCorpus = existsSync(registry)
if (!hasCorpus) console.log('SKIPPED: no registry to look for fields in (OPSAI_CORPUS)')

test.runIf(hasCorpus)('in nearly every connector’s form a wrong key has its field', () => {
  interface Definition {
    spec: { connectionSpecification: Record<string, unknown> }
  }
  const parsed = JSON.parse(readFileSync(registry, 'utf8')) as Record<string, Definition[]>
  const all = [...(parsed.sources ?? []), ...(parsed.unlistedSources ?? []), ...(parsed.laterSources ?? [])]
  const withSecret = all.filter(({ spec }) => JSON.stringify(spec.connectionSpecification).includes('airbyte_secret'))
  const namesOne = (message: string) => (definition: Definition) =>
    toCheckResult(failed(message), { spec: definition.spec, configuration: {} }).fieldErrors !== undefined
  const named = withSecret.filter(namesOne('HTTP Status Code: 401. Error: Unauthorized.'))
  console.log(`a 401 names a field in ${named.length} of ${withSecret.length} forms with a secret (of ${all.length})`)
  expect(named.length / withSecret.length).toBeGreaterThan(0.98)
})
