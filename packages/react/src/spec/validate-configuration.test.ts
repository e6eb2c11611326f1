import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { databaseSpec, everyKindSpec } from '../test/specs.js'
import { secretMask } from './cast.js'
import type { PlainObject } from './path.js'
import { patternLimit } from './pattern.js'
import { validateConfiguration } from './validate-configuration.js'

const keywords = [
  'type',
  'properties',
  'items',
  'required',
  'oneOf',
  'allOf',
  'enum',
  'pattern',
  'format',
  'a',
  'const',
  'not',
  'if',
  'additionalProperties',
  'minimum',
]

const errorsOf = (schema: PlainObject, value: unknown): string[] => {
  const spec = { connectionSpecification: { type: 'object', properties: { it: { title: 'It', ...schema } } } }
  return validateConfiguration(spec, { it: value }).map(({ message }) => message)
}

describe('what is wrong with a value, in words', () => {
  const table: [schema: PlainObject, value: unknown, message: string][] = [
    [{ type: 'integer' }, '5x', 'It must be a whole number.'],
    [{ type: 'integer' }, 1.5, 'It must be a whole number.'],
    [{ type: 'number' }, 'x', 'It must be a number.'],
    [{ type: 'object' }, '{"a"', 'It must be an object written as JSON.'],
    [{ type: 'integer', minimum: 1 }, 0, 'It must be 1 or more.'],
    [{ type: 'integer', maximum: 9 }, 10, 'It must be 9 or less.'],
    [{ type: 'number', exclusiveMinimum: 0 }, 0, 'It must be more than 0.'],
    [{ type: 'number', exclusiveMaximum: 1 }, 1, 'It must be less than 1.'],
    [{ type: 'number', minimum: 0, exclusiveMinimum: true }, 0, 'It must be more than 0.'],
    [{ type: 'number', mininum: 2 }, 1, 'It must be 2 or more.'],
    [{ type: 'integer', multipleOf: 5 }, 12, 'It must be a multiple of 5.'],
    [{ const: 'a' }, 'b', 'Choose one of the values offered for It.'],
    [{ type: ['string', 'null'], maxLength: 2 }, 'abc', 'It must have at most 2 characters.'],
    [{ anyOf: [{ type: 'string', pattern: '^a' }, { type: 'null' }] }, 'b', "It doesn't have the expected form."],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'b', 'It must be a whole number.'],
    [{ allOf: [{ type: 'integer' }, { minimum: 3 }] }, 1, 'It must be 3 or more.'],
    [{ enum: ['a', 'b'] }, 'c', 'Choose one of the values offered for It.'],
    [{ type: 'string', minLength: 3 }, 'a', 'It must have at least 3 characters.'],
    [{ type: 'array', minItems: 1 }, [], 'It needs at least 1 value.'],
    [{ type: 'array', maxItems: 1 }, ['a', 'b'], 'It takes at most 1 value.'],
    [{ type: 'array', uniqueItems: true }, ['a', 'a'], 'It has the same value twice.'],
    [
      { type: 'array', uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      'It has the same value twice.',
    ],
    [{ type: 'array', items: { type: 'integer' } }, [1, 2, 'x'], 'It 3 must be a whole number.'],
    [{ additionalProperties: { type: 'integer' } }, { north: 'x' }, 'north must be a whole number.'],
    [{ additionalProperties: { type: 'integer' } }, { '': 1 }, 'Every value of It needs a name.'],
    [{ properties: { a: {} }, additionalProperties: false }, { b: 1 }, 'b is no setting of this connector.'],
    [{ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }, 'may', 'It must have the form YYYY-MM-DD.'],
    [{ pattern: '^a', pattern_descriptor: 'a…' }, 'b', 'It must have the form a….'],
    [{ pattern: '^acc_', examples: ['acc_1'] }, 'b', "It doesn't have the expected form, for example acc_1."],
    [{ type: 'string', format: 'date' }, '2024-13-40', "It names a day or a time that doesn't exist."],
    [{ format: 'date', pattern: '^[0-9-]+$' }, '2023-02-29', "It names a day or a time that doesn't exist."],
    [{ format: 'date-time' }, '2024-01-01T24:00:00Z', "It names a day or a time that doesn't exist."],
    [{ format: 'date-time' }, '2024-01-01', 'It must have the form YYYY-MM-DDTHH:mm:ssZ.'],
    [{ format: 'uri' }, 'shop example', 'It must have the form https://example.com.'],
    [{ format: 'email' }, 'me@', 'It must have the form name@example.com.'],
  ]
  it.each(table)('%j with %j: %s', (schema, value, message) => expect(errorsOf(schema, value)).toEqual([message]))

  const fine: [what: string, schema: PlainObject, value: unknown][] = [
    ['a pattern decides, not the format beside it', { format: 'date-time', pattern: '^[0-9-]+$' }, '2024-01-01'],
    ['a masked secret', { type: 'string', airbyte_secret: true, pattern: '^sk_' }, secretMask],
    ['a broken pattern', { type: 'string', pattern: '([' }, 'x'],
    ['a needless escape', { type: 'string', pattern: '^a\\-b$' }, 'a-b'],
    [
      'a value too long to be tried against a pattern',
      { type: 'string', pattern: '^a$' },
      'b'.repeat(patternLimit + 1),
    ],
    ['a look-ahead that holds', { type: 'string', pattern: '^(?!https://)' }, 'shop.example'],
    ['a letter beyond U+FFFF, which is one', { type: 'string', maxLength: 1 }, '\u{1f600}'],
    ['a multiple that arithmetic misses by little', { type: 'number', multipleOf: 0.1 }, 0.3],
    ['two stored secrets', { type: 'array', uniqueItems: true }, [secretMask, secretMask]],
    ['a masked number', { type: 'integer', minimum: 5 }, secretMask],
    ['an option that only needs to be told apart from none', { anyOf: [{ type: 'integer' }, {}] }, 'x'],
    ['null where it may be', { type: ['string', 'null'] }, null],
    ['an unknown type', { type: 'text' }, 'x'],
  ]
  it.each(fine)('lets %s pass', (_, schema, value) => expect(errorsOf(schema, value)).toEqual([]))
})

describe('where an error is', () => {
  const pathsOf = (spec: { connectionSpecification: PlainObject }, configuration: PlainObject): string[] =>
    validateConfiguration(spec, configuration).map(({ path, code }) => `${path.join('.')}: ${code}`)

  it('names every required field, once, whatever `required` repeats', () => {
    expect(pathsOf(everyKindSpec, { proxy: {} })).toEqual([
      'workspace: required',
      'token: required',
      'region: required',
      'regions: required',
      'since: required',
      'limit: required',
      'sandbox: required',
      'note: required',
      'proxy.url: required',
    ])
  })

  it('is inside the chosen option, not at the choice (39)', () => {
    const base = { host: 'h', port: 1, database: 'd', username: 'u' }
    expect(pathsOf(databaseSpec, { ...base, method: { method: 'LOG' } })).toEqual(['method.slot: required'])
    expect(pathsOf(databaseSpec, { ...base, method: { method: 'CURSOR' } })).toEqual([])
    expect(
      pathsOf(databaseSpec, {
        ...base,
        tunnel: { tunnel_method: 'SSH_PASSWORD_AUTH', tunnel_host: 'h', tunnel_port: 99999 },
      }),
    ).toEqual(['tunnel.tunnel_user_password: required', 'tunnel.tunnel_port: maximum'])
  })

  it('is the discriminator where no option is chosen', () => {
    const base = { host: 'h', port: 1, database: 'd', username: 'u' }
    expect(pathsOf(databaseSpec, { ...base, method: {} })).toEqual(['method.method: required'])
    expect(pathsOf(databaseSpec, { ...base, method: { method: 'GONE' } })).toEqual(['method.method: enum'])
  })

  it('reaches into lists and maps of values (42, 44)', () => {
    const valid = {
      workspace: 'a-1',
      token: 't',
      region: 'eu',
      regions: ['DE'],
      since: '2024-01-01T00:00:00Z',
      limit: 1,
      sandbox: true,
      note: 'n',
      proxy: { url: 'u' },
    }
    expect(pathsOf(everyKindSpec, valid)).toEqual([])
    expect(pathsOf(everyKindSpec, { ...valid, filters: [{ field: 'a' }, {}] })).toEqual(['filters.1.field: required'])
    expect(pathsOf(everyKindSpec, { ...valid, proxy: { url: 'u', headers: { a: 1 } } })).toEqual([
      'proxy.headers.a: type',
    ])
  })

  it('is the branch that is meant, also where nothing tells branches apart but what they require', () => {
    const it = {
      properties: { user: { type: 'string' }, key: { type: 'string', minLength: 3 } },
      oneOf: [{ required: ['user'] }, { required: ['key'] }],
    }
    const spec = { connectionSpecification: { properties: { it } } }
    expect(pathsOf(spec, { it: { user: 'u' } })).toEqual([])
    expect(pathsOf(spec, { it: { key: 'k' } })).toEqual(['it.key: minLength'])
    expect(pathsOf(spec, { it: {} })).toEqual(['it.user: required'])
    expect(pathsOf(spec, { it: { user: 'u', key: 'key' } })).toEqual(['it: enum'])
  })

  it('is a property of the schema around it, under its title there', () => {
    const spec = {
      connectionSpecification: {
        properties: { key: { title: 'API key', type: 'string' } },
        allOf: [{ required: ['key'] }],
      },
    }
    expect(validateConfiguration(spec, {})).toEqual([
      { path: ['key'], code: 'required', message: 'API key is required.' },
    ])
  })

  it('is where a list in a list is wrong (41)', () => {
    const rows = { type: 'array', items: { type: 'array', items: { type: 'integer' } } }
    expect(pathsOf({ connectionSpecification: { properties: { rows } } }, { rows: [[1], [2, 'x']] })).toEqual([
      'rows.1.1: type',
    ])
  })

  it('lets pass what an option brings beside a rule that forbids other keys', () => {
    const it = {
      additionalProperties: false,
      properties: { region: { type: 'string' } },
      oneOf: [{ type: 'object', properties: { way: { const: 'a' }, token: { type: 'string' } } }],
    }
    const spec = { connectionSpecification: { properties: { it } } }
    expect(pathsOf(spec, { it: { region: 'eu', way: 'a', token: 't' } })).toEqual([])
    expect(pathsOf(spec, { it: { region: 'eu', way: 'a', tokn: 't' } })).toEqual(['it.tokn: additionalProperties'])
  })

  it('never asks for a hidden field, or for one that the spec does not have', () => {
    const spec = {
      connectionSpecification: {
        required: ['hidden', 'absent'],
        properties: { hidden: { type: 'string', airbyte_hidden: true } },
      },
    }
    expect(pathsOf(spec, {})).toEqual([])
  })
})

describe('whatever it is given', () => {
  it('never throws, and never runs on: values that hold themselves, schemas that do, numbers too big for JSON', () => {
    const loop: PlainObject = { big: 10n }
    loop.self = loop
    const schema: PlainObject = { properties: { list: { enum: [{ a: 1 }], uniqueItems: true } } }
    schema.additionalProperties = schema
    schema.allOf = [schema]
    const spec = { connectionSpecification: schema }
    expect(() => validateConfiguration(spec, { list: [loop, loop] })).not.toThrow()
    expect(() =>
      validateConfiguration({ connectionSpecification: { additionalProperties: schema } }, loop),
    ).not.toThrow()
    fc.assert(
      fc.property(fc.object({ key: fc.constantFrom(...keywords), maxDepth: 4 }), fc.object(), (made, value) => {
        validateConfiguration({ connectionSpecification: made }, value)
      }),
    )
  })
})
