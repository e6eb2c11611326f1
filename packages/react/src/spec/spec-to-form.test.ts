import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { databaseSpec, everyKindSpec } from '../test/specs.js'
import type { ChoiceField, Field, FormModel } from './field.js'
import { toFieldSets } from './field-order.js'
import type { PlainObject } from './path.js'
import { specToForm } from './spec-to-form.js'
import { toConfiguration } from './to-configuration.js'
import { toValues } from './to-values.js'
import { validateConfiguration } from './validate-configuration.js'

const formOf = (properties: PlainObject, rest: PlainObject = {}): FormModel =>
  specToForm({ connectionSpecification: { type: 'object', properties, ...rest } })
const fieldOf = (schema: PlainObject): Field | undefined => formOf({ it: schema }).fields[0]
const keysOf = (fields: readonly Field[]): string[] => fields.map((field) => field.path.join('.'))

describe('a field of a spec', () => {
  const table: [what: string, schema: PlainObject, field: Partial<Record<string, unknown>>][] = [
    ['a string', { type: 'string' }, { kind: 'text', multiline: false }],
    ['a multiline string', { type: 'string', multiline: true }, { kind: 'text', multiline: true }],
    ['a secret', { type: 'string', airbyte_secret: true }, { kind: 'secret' }],
    ['a secret that may be null', { type: ['string', 'null'], airbyte_secret: true }, { kind: 'secret' }],
    ['an integer', { type: 'integer', minimum: 1 }, { kind: 'number', integer: true, minimum: 1 }],
    ['a number with a misspelt limit', { type: 'number', mininum: 2 }, { kind: 'number', integer: false, minimum: 2 }],
    ['a boolean', { type: 'boolean' }, { kind: 'boolean' }],
    ['an enum', { type: 'string', enum: ['a', 'b'] }, { kind: 'enum' }],
    ['an enum of numbers without a type', { enum: [1, 7, 30] }, { kind: 'enum' }],
    ['a list of text', { type: 'array', items: { type: 'string' } }, { kind: 'list', items: 'string' }],
    ['a list without items', { type: 'array' }, { kind: 'list', items: 'string' }],
    ['a list of numbers', { type: 'array', items: { type: 'integer' } }, { kind: 'list', items: 'integer' }],
    ['a list with an enum', { type: 'array', items: { enum: ['a', 'b'] } }, { kind: 'multiEnum' }],
    ['a list without a type for its items', { type: 'array', items: {} }, { kind: 'list', items: 'string' }],
    [
      'a list under a misspelt keyword',
      { type: 'array', item: { type: 'integer' } },
      { kind: 'list', items: 'integer' },
    ],
    [
      'a list with limits',
      { type: 'array', minItems: 1, maxitems: 3, uniqueItems: true },
      { kind: 'list', minItems: 1, maxItems: 3, unique: true },
    ],
    [
      'a list of objects',
      { type: 'array', items: { properties: { a: {} } } },
      { kind: 'items', item: { kind: 'group' } },
    ],
    [
      'a list of choices',
      { type: 'array', items: { oneOf: [{ properties: { k: { const: 'a' } } }] } },
      { kind: 'items', item: { kind: 'choice' } },
    ],
    [
      'a list of lists (41)',
      { type: 'array', items: { type: 'array', items: { type: 'string' } } },
      { kind: 'items', item: { kind: 'list', items: 'string' } },
    ],
    [
      'a list of secrets',
      { type: 'array', items: { type: 'string', airbyte_secret: true } },
      { kind: 'items', item: { kind: 'secret' } },
    ],
    ['a list of booleans', { type: 'array', items: { type: 'boolean' } }, { kind: 'items', item: { kind: 'boolean' } }],
    ['a list of anything', { type: 'array', items: { type: 'object' } }, { kind: 'items', item: { kind: 'json' } }],
    [
      'a list of what is never shown',
      { type: 'array', items: { type: 'boolean', airbyte_hidden: true } },
      { kind: 'json', expects: 'array' },
    ],
    ['a tuple', { type: 'array', items: [{ type: 'string' }] }, { kind: 'json', expects: 'array' }],
    [
      'a map (42)',
      { type: 'object', additionalProperties: { type: 'integer' } },
      { kind: 'map', item: { kind: 'number', title: 'It', path: ['it', '*'] } },
    ],
    ['a map of anything', { type: 'object', additionalProperties: {} }, { kind: 'json', expects: 'object' }],
    [
      'an object that may have more',
      { type: 'object', additionalProperties: true },
      { kind: 'json', expects: 'object' },
    ],
    [
      'an object said in parts',
      { allOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: {} } }], required: ['b'], title: 'All' },
      { kind: 'group', title: 'All', fields: [{ path: ['it', 'b'] }, { path: ['it', 'a'] }] },
    ],
    ['an object without properties', { type: 'object' }, { kind: 'json', expects: 'object' }],
    ['an object', { type: 'object', properties: { a: { type: 'string' } } }, { kind: 'group' }],
    ['a const', { const: 'v2' }, { kind: 'hidden', constant: true, default: 'v2' }],
    ['an only enum value that is the default', { enum: ['a'], default: 'a' }, { kind: 'hidden', constant: true }],
    ['an only enum value that is not', { enum: ['a'] }, { kind: 'enum' }],
    ['a hidden field', { type: 'string', airbyte_hidden: true }, { kind: 'hidden', constant: false }],
    ['text said as anyOf with null', { anyOf: [{ type: 'string' }, { type: 'null' }] }, { kind: 'text' }],
    ['nothing at all', {}, { kind: 'json', expects: 'any' }],
    ['a misspelt title', { type: 'string', tittle: 'Site' }, { title: 'Site' }],
    ['a title with a stray quote', { type: 'string', 'title"': 'Site' }, { title: 'Site' }],
    ['no title', { type: 'string' }, { title: 'It' }],
    ['a title that is no text', { type: 'string', title: 7 }, { title: 'It' }],
    ['a title that marks code', { type: 'string', title: 'Convert `a:*`' }, { title: 'Convert a:*' }],
    [
      'no description that only says the title again',
      { type: 'string', title: 'Client ID', description: 'Client id.' },
      { title: 'Client ID', description: undefined },
    ],
    ['a misspelt description', { type: 'string', desciption: 'Words' }, { description: 'Words' }],
    ['one that can only be read', { type: 'string', readOnly: true }, { readOnly: true }],
    ['an optional one', { type: 'string' }, { required: false, folded: true }],
    ['an optional one to be shown (11)', { type: 'string', always_show: true }, { required: false, folded: false }],
    ['an optional list of objects', { type: 'array', items: { properties: {} } }, { folded: true }],
    ['an optional object (12)', { properties: { a: {} } }, { folded: false }],
    ['an example that is no list', { type: 'string', example: 'x' }, { examples: ['x'] }],
    ['a default of another type', { type: 'integer', default: '100' }, { kind: 'number', default: '100' }],
  ]
  it.each(table)('%s', (_, schema, field) => expect(fieldOf(schema)).toMatchObject(field))

  it('keeps properties that are named like keywords', () => {
    const form = formOf({
      properties: { type: 'string' },
      type: { type: 'string' },
      required: { type: 'boolean' },
    })
    expect(keysOf(form.fields)).toEqual(['properties', 'required', 'type'])
  })
})

describe('the order of fields', () => {
  it('puts what must be filled first, then the order given, then names as people count', () => {
    const text = { type: 'string' }
    const form = formOf(
      {
        x10: text,
        x9: text,
        optional: { ...text, order: 0 },
        second: { ...text, order: 2 },
        first: { ...text, order: 1 },
      },
      { required: ['x10', 'x9', 'second', 'first'] },
    )
    expect(keysOf(form.fields)).toEqual(['first', 'second', 'x9', 'x10', 'optional'])
  })

  it('goes by name where `order` is the same, and puts those without after those with it', () => {
    const text = { type: 'string', always_show: true }
    const form = formOf({
      b: { ...text, order: 1 },
      none: text,
      a: { ...text, order: 1 },
      odd: { ...text, order: 'x' },
    })
    expect(keysOf(form.fields)).toEqual(['a', 'b', 'none', 'odd'])
  })

  it('folds optional fields, but not those marked to be shown, nor choices and objects (10, 11, 12)', () => {
    const { shown, folded } = toFieldSets(
      formOf(
        {
          key: { type: 'string' },
          note: { type: 'string' },
          seen: { type: 'string', always_show: true },
          object: { type: 'object', properties: { a: { type: 'string' } } },
          choice: { oneOf: [{ type: 'object', properties: { k: { const: 1 } } }] },
        },
        { required: ['key'] },
      ).fields,
    )
    expect(keysOf(shown)).toEqual(['choice', 'key', 'object', 'seen'])
    expect(keysOf(folded)).toEqual(['note'])
  })

  it('sorts fields into the cards of `groups`, the unlisted and the ungrouped after them', () => {
    expect(specToForm(databaseSpec).sections.map(({ id, title }) => [id, title])).toEqual([
      ['server', undefined],
      ['access', 'Access'],
      ['reading', 'Reading'],
    ])
    const form = formOf({ a: { type: 'string' }, b: { type: 'string', group: 'z' } }, { groups: [{ id: 'empty' }] })
    expect(form.sections.map(({ id }) => id)).toEqual(['default', 'z'])
  })
})

describe('a choice', () => {
  const branch = (properties: PlainObject): PlainObject => ({ type: 'object', properties })
  const choiceOf = (schema: PlainObject): ChoiceField => fieldOf(schema) as ChoiceField

  it('is told apart by const, by a single enum value, or by numbers (43)', () => {
    for (const pin of [(v: string) => ({ const: v }), (v: string) => ({ type: 'string', enum: [v] })]) {
      const field = choiceOf({
        oneOf: [branch({ way: pin('a') }), branch({ way: pin('b'), x: { type: 'string' } })],
      })
      expect(field).toMatchObject({ kind: 'choice', discriminator: 'way', discriminatorIsSent: true })
      expect(field.options.map(({ value, fields }) => [value, keysOf(fields)])).toEqual([
        ['a', []],
        ['b', ['it.x']],
      ])
    }
    expect(choiceOf({ oneOf: [branch({ n: { const: 0 } }), branch({ n: { const: 1 } })] }).defaultValue).toBe(0)
  })

  it('is as well said as anyOf (40)', () => {
    const anyOf = [branch({ way: { const: 'a' } }), branch({ way: { const: 'b' } })]
    expect(choiceOf({ anyOf })).toMatchObject({ kind: 'choice', discriminator: 'way', defaultValue: 'a' })
  })

  it('works without a discriminator', () => {
    const field = choiceOf({ oneOf: [branch({ a: { type: 'string' } }), branch({ b: { type: 'string' } })] })
    expect(field.discriminatorIsSent).toBe(false)
    expect(field.options.map(({ title }) => title)).toEqual(['It 1', 'It 2'])
  })

  it('preselects what its default names, as text or in an object, else the first that is offered', () => {
    const oneOf = [branch({ k: { const: 'a' } }), branch({ k: { const: 'b' } })]
    expect(choiceOf({ oneOf, default: 'b' }).defaultValue).toBe('b')
    expect(choiceOf({ oneOf, default: { k: 'b' } }).defaultValue).toBe('b')
    expect(choiceOf({ oneOf }).defaultValue).toBe('a')
    expect(choiceOf({ oneOf: [{ ...oneOf[0], airbyte_hidden: true }, oneOf[1]] }).defaultValue).toBe('b')
  })

  it('shows as cards up to four ways, as a select from five on, or as the spec says', () => {
    const oneOf = (count: number) => Array.from({ length: count }, (_, at) => branch({ k: { const: `${at}` } }))
    expect(choiceOf({ oneOf: oneOf(4) }).display).toBe('cards')
    expect(choiceOf({ oneOf: oneOf(5) }).display).toBe('select')
    expect(choiceOf({ oneOf: oneOf(6), display_type: 'radio' }).display).toBe('cards')
    expect(choiceOf({ oneOf: oneOf(2), display_type: 'dropdown' }).display).toBe('select')
  })

  it('may be the whole spec', () => {
    const form = specToForm({
      connectionSpecification: {
        oneOf: [branch({ type: { const: 'A' } }), branch({ type: { const: 'B' } })],
      },
    })
    expect(toConfiguration(form, toValues(form))).toEqual({ type: 'A' })
  })
})

describe('whatever a spec says', () => {
  const keywords = [
    'type',
    'properties',
    'required',
    'oneOf',
    'anyOf',
    'items',
    'enum',
    'const',
    'default',
    'order',
    'title',
  ]
  const nearlySchema = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('string', 'object', 'array', 'integer', null, true, 7, [], ['a', 'b'], '__proto__'),
      fc.dictionary(fc.constantFrom(...keywords, 'a', 'b', '__proto__'), tie('schema')),
      fc.array(tie('schema'), { maxLength: 3 }),
    ),
  })).schema

  it('becomes a form, values and a configuration without a throw, and pollutes nothing', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keywords), nearlySchema), nearlySchema, (schema, stored) => {
        const form = specToForm({ connectionSpecification: schema })
        const configuration = toConfiguration(form, toValues(form, { a: stored, b: stored }))
        validateConfiguration({ connectionSpecification: schema }, configuration)
        expect(Object.getPrototypeOf(configuration)).toBe(Object.prototype)
      }),
      { numRuns: 2000 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('is read the same way twice', () => {
    expect(specToForm(everyKindSpec)).toEqual(specToForm(everyKindSpec))
  })
})
