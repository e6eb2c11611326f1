import { describe, expect, it } from 'vitest'
import { databaseSpec, everyKindSpec } from '../test/specs.js'
import { secretMask } from './cast.js'
import type { PlainObject } from './path.js'
import { patternLimit } from './pattern.js'
import { validateConfiguration } from './validate-configuration.js'

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
    [{ enum: ['a', 'b'] }, 'c', 'Choose one of the values offered for It.'],
    [{ type: 'string', minLength: 3 }, 'a', 'It must have at least 3 characters.'],
    [{ type: 'array', minItems: 1 }, [], 'It needs at least 1 value.'],
    [{ type: 'array', uniqueItems: true }, ['a', 'a'], 'It has the same value twice.'],
    [{ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }, 'may', 'It must have the form YYYY-MM-DD.'],
    [{ pattern: '^a', pattern_descriptor: 'a…' }, 'b', 'It must have the form a….'],
    [{ pattern: '^acc_', examples: ['acc_1'] }, 'b', "It doesn't have the expected form, for example acc_1."],
    [{ type: 'string', format: 'date' }, '2024-13-40', 'It must have the form YYYY-MM-DD.'],
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
