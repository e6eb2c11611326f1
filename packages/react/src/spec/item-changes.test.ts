import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChoiceField, ItemsField, MapField } from './field.js'
import { addItem, moveItem, removeItem, renameKey } from './item-changes.js'
import { toItem } from './item.js'
import { getIn, type PlainObject, setIn } from './path.js'
import { specToForm } from './spec-to-form.js'
import { toConfiguration } from './to-configuration.js'
import { selectOption, toValues } from './to-values.js'

const oneOf = ['csv', 'json'].map((value) => ({
  title: value.toUpperCase(),
  properties: { type: { const: value }, [`${value}_limit`]: { type: 'integer', default: 10 } },
}))
const model = specToForm({
  connectionSpecification: {
    required: ['streams'],
    properties: {
      streams: {
        type: 'array',
        items: {
          required: ['name', 'format'],
          properties: {
            name: { type: 'string' },
            days: { type: 'integer', default: 3 },
            version: { const: 2 },
            legacy: { type: 'string', default: 'off', airbyte_hidden: true },
            format: { type: 'object', oneOf },
            rules: { type: 'array', items: { properties: { id: { type: 'string' } } } },
          },
        },
      },
      headers: { type: 'object', additionalProperties: { type: 'string', default: '-' } },
    },
  },
})
const streams = model.fields.find(({ kind }) => kind === 'items') as ItemsField
const headers = model.fields.find(({ kind }) => kind === 'map') as MapField
const start = toValues(model)
const fresh = { days: 3, version: 2, legacy: 'off', format: { type: 'csv', csv_limit: 10 } }
const streamsOf = (values: PlainObject): unknown => toConfiguration(model, values).streams
const named = (...names: string[]): PlainObject =>
  names.reduce((values, name, at) => setIn(addItem(values, streams), ['streams', String(at), 'name'], name), start)
const namesOf = (values: PlainObject): unknown => (streamsOf(values) as { name: string }[]).map(({ name }) => name)

describe('an item of a list', () => {
  it('starts with its defaults and constants, hidden ones too, and only the chosen option of its choice', () => {
    expect(start).toEqual({ streams: [] })
    expect(streamsOf(addItem(start, streams))).toEqual([fresh])
  })

  it('switches its choice and keeps what the other option held (24, 48)', () => {
    const values = setIn(named('a', 'b'), ['streams', '1', 'format', 'csv_limit'], '7')
    const format = (toItem(streams, 1) as { fields?: ChoiceField[] }).fields?.find(({ kind }) => kind === 'choice')
    const json = selectOption(values, format!, 'json')
    expect(getIn(streamsOf(json), ['0', 'format'])).toEqual({ type: 'csv', csv_limit: 10 })
    expect(getIn(streamsOf(json), ['1', 'format'])).toEqual({ type: 'json', json_limit: 10 })
    expect(getIn(streamsOf(selectOption(json, format!, 'csv')), ['1', 'format', 'csv_limit'])).toBe(7)
  })

  it('has lists of its own', () => {
    const inner = (toItem(streams, 1) as { fields?: ItemsField[] }).fields?.find(({ kind }) => kind === 'items')
    const values = setIn(addItem(named('a', 'b'), inner!), ['streams', '1', 'rules', '0', 'id'], 'r')
    expect(getIn(streamsOf(values), ['1', 'rules'])).toEqual([{ id: 'r' }])
    expect(getIn(streamsOf(values), ['0', 'rules'])).toBeUndefined()
  })

  it('is removed and moved, the others keep their order', () => {
    const values = named('a', 'b', 'c')
    expect(namesOf(removeItem(values, streams, 1))).toEqual(['a', 'c'])
    expect(namesOf(removeItem(values, streams, 9))).toEqual(['a', 'b', 'c'])
    expect(namesOf(moveItem(values, streams, 0, 2))).toEqual(['b', 'c', 'a'])
    expect(namesOf(moveItem(values, streams, 2, 0))).toEqual(['c', 'a', 'b'])
    expect(moveItem(values, streams, 0, 3)).toBe(values)
    expect(moveItem(values, streams, -1, 0)).toBe(values)
  })

  it('comes back to its place when it is moved back', () => {
    const index = fc.nat({ max: 3 })
    const values = named('a', 'b', 'c', 'd')
    fc.assert(
      fc.property(index, index, (from, to) => {
        expect(moveItem(moveItem(values, streams, from, to), streams, to, from)).toEqual(values)
      }),
    )
  })

  it('is the same object at every look, so that it is drawn once', () => {
    expect(toItem(streams, 0)).toBe(toItem(streams, '0'))
  })
})

describe('a row of a map', () => {
  const row = (values: PlainObject): unknown => toConfiguration(model, values).headers

  it('starts without a name, and is then named in its place', () => {
    const one = renameKey(addItem(start, headers), headers, '', 'x')
    const two = renameKey(addItem(one, headers), headers, '', 'y')
    const renamed = renameKey(setIn(two, ['headers', 'x'], '1'), headers, 'x', 'z')
    expect(Object.entries(renamed.headers as PlainObject)).toEqual([
      ['z', '1'],
      ['y', '-'],
    ])
  })

  it('never takes a name that another row has', () => {
    const values = addItem(addItem(start, headers, 'x'), headers, 'y')
    expect(addItem(values, headers, 'x')).toBe(values)
    expect(renameKey(values, headers, 'x', 'y')).toBe(values)
    expect(renameKey(values, headers, 'gone', 'z')).toBe(values)
    expect(row(removeItem(values, headers, 'x'))).toEqual({ y: '-' })
  })

  it('may be called anything', () => {
    const values = renameKey(addItem(start, headers), headers, '', '__proto__')
    expect(Object.entries(row(values) as PlainObject)).toEqual([['__proto__', '-']])
    expect(Object.getPrototypeOf(row(values))).toBe(Object.prototype)
  })

  it('is left out where nothing was typed into it; a value without a name is kept, for its name to be asked for', () => {
    const blank = addItem(start, headers)
    expect(row(blank)).toEqual({})
    expect(row(setIn(blank, ['headers', ''], 'x'))).toEqual({ '': 'x' })
    expect(row(setIn(addItem(start, headers, 'n'), ['headers', 'n'], ''))).toEqual({ n: '' })
  })
})
