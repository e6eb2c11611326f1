// What Airbyte's own form stumbles over in real specs: choices that are hidden, untitled, or told apart by something falsy.
import { describe, expect, test } from 'vitest'
import type { ChoiceField, Field } from './field.js'
import { type PlainObject, setIn } from './path.js'
import { specToForm } from './spec-to-form.js'
import { toConfiguration } from './to-configuration.js'
import { selectedOption, selectOption, toValues } from './to-values.js'
import { validateConfiguration } from './validate-configuration.js'

const branch = (properties: PlainObject, rest: PlainObject = {}): PlainObject => ({
  type: 'object',
  properties,
  ...rest,
})
const specOf = (it: PlainObject) => ({
  connectionSpecification: { type: 'object', required: ['it'], properties: { it } },
})
const fieldOf = (it: PlainObject): Field | undefined => specToForm(specOf(it)).fields[0]
const choiceOf = (it: PlainObject): ChoiceField => fieldOf(it) as ChoiceField

describe('trap 30: a oneOf option that is hidden', () => {
  const it = { oneOf: [branch({ k: { const: 'old' } }, { airbyte_hidden: true }), branch({ k: { const: 'new' } })] }

  test('is offered to nobody, and not preselected though it comes first', () => {
    expect(choiceOf(it).options.map(({ value, hidden }) => [value, hidden])).toEqual([
      ['old', true],
      ['new', false],
    ])
    expect(toConfiguration(specToForm(specOf(it)), toValues(specToForm(specOf(it))))).toEqual({ it: { k: 'new' } })
  })
  test('is kept where a stored configuration has it', () => {
    const form = specToForm(specOf(it))
    expect(toConfiguration(form, toValues(form, { it: { k: 'old' } }))).toEqual({ it: { k: 'old' } })
  })
})

test('trap 30: a oneOf option without a title is called by what tells it apart, else by its number', () => {
  const titles = (it: PlainObject) => choiceOf(it).options.map(({ title }) => title)
  expect(titles({ oneOf: [branch({ k: { const: 'api_key' } }), branch({ k: { const: 7 } })] })).toEqual([
    'api_key',
    '7',
  ])
  expect(titles({ oneOf: [branch({ a: { type: 'string' } }), branch({ b: { type: 'string' } })] })).toEqual([
    'It 1',
    'It 2',
  ])
})

describe('trap 30: a falsy const tells options apart as any other', () => {
  test.each([
    [false, true],
    [0, 1],
    ['', 'full'],
  ])('%j and %j', (falsy, truthy) => {
    const it = {
      oneOf: [
        branch({ k: { const: falsy }, a: { type: 'string' } }),
        branch({ k: { const: truthy }, b: { type: 'string' } }),
      ],
    }
    const form = specToForm(specOf(it))
    const field = form.fields[0] as ChoiceField
    expect(field).toMatchObject({ discriminator: 'k', discriminatorIsSent: true, defaultValue: falsy })

    const values = toValues(form)
    expect(selectedOption(field, values)?.value).toBe(falsy)
    expect(toConfiguration(form, setIn(values, ['it', 'a'], 'x'))).toEqual({ it: { k: falsy, a: 'x' } })
    const switched = setIn(selectOption(values, field, truthy), ['it', 'b'], 'y')
    expect(toConfiguration(form, switched)).toEqual({ it: { k: truthy, b: 'y' } })
    expect(toConfiguration(form, selectOption(switched, field, falsy))).toEqual({ it: { k: falsy } })
    expect(toConfiguration(form, toValues(form, { it: { k: falsy, a: 'z' } }))).toEqual({ it: { k: falsy, a: 'z' } })
    expect(validateConfiguration(specOf(it), { it: { k: falsy } })).toEqual([])
  })
})

test('trap 30: an enum of one that is also the default is a const: never shown, always sent', () => {
  const pinned = { type: 'string', enum: ['v2'], default: 'v2' }
  expect(fieldOf(pinned)).toMatchObject({ kind: 'hidden', constant: true, default: 'v2' })
  const form = specToForm(specOf(pinned))
  expect(toConfiguration(form, {})).toEqual({ it: 'v2' })
  expect(toConfiguration(form, toValues(form, { it: 'v1' }))).toEqual({ it: 'v2' })
  const choice = choiceOf({
    oneOf: ['a', 'b'].map((way) => branch({ way: { type: 'string', enum: [way], default: way } })),
  })
  expect(choice).toMatchObject({ discriminator: 'way', defaultValue: 'a' })
})

describe('trap 30: a type that is an array is read by its first that is not null', () => {
  test.each([
    [{ type: ['string', 'null'] }, { kind: 'text' }],
    [{ type: ['null', 'string'], airbyte_secret: true }, { kind: 'secret' }],
    [{ type: ['null', 'integer'] }, { kind: 'number', integer: true }],
    [{ type: ['boolean', 'null'] }, { kind: 'boolean' }],
    [{ type: ['null', 'object'], properties: { a: { type: 'string' } } }, { kind: 'group' }],
    [
      { type: ['null', 'array'], items: { type: ['null', 'string'] } },
      { kind: 'list', items: 'string' },
    ],
  ])('%j', (schema, field) => expect(fieldOf(schema)).toMatchObject(field))

  test('also where it is the type of a oneOf option', () => {
    const it = {
      oneOf: [{ type: ['null', 'object'], properties: { k: { const: 'a' } } }, branch({ k: { const: 'b' } })],
    }
    expect(choiceOf(it).options.map(({ value }) => value)).toEqual(['a', 'b'])
  })
})
