// The shapes that make real specs hard, one by one, in specs written for this test and named after who has them.
import { describe, expect, it } from 'vitest'
import type { ChoiceField, FormModel, ItemsField, MapField } from './field.js'
import { addItem } from './item-changes.js'
import { toItem } from './item.js'
import { type PlainObject, setIn } from './path.js'
import { specToForm } from './spec-to-form.js'
import { toConfiguration } from './to-configuration.js'
import { selectOption, toValues } from './to-values.js'
import { validateConfiguration } from './validate-configuration.js'

const text = { type: 'string' }
const pinned = (key: string, value: unknown, properties: PlainObject = {}, required: string[] = []): PlainObject => ({
  type: 'object',
  title: String(value),
  properties: { [key]: { const: value }, ...properties },
  required: [key, ...required],
})
const formOf = (schema: PlainObject): FormModel => specToForm({ connectionSpecification: schema })
const listOf = (form: FormModel, at = 0): ItemsField => form.fields[at] as ItemsField
const startOf = (schema: PlainObject): PlainObject => toConfiguration(formOf(schema), toValues(formOf(schema)))
const resent = (schema: PlainObject, stored: PlainObject): PlainObject =>
  toConfiguration(formOf(schema), toValues(formOf(schema), stored))

describe('what real specs ask of a form', () => {
  it('google-analytics-data-api: choices in choices in lists in lists', () => {
    const value = {
      oneOf: [pinned('type', 'int', { value: { type: 'integer' } }), pinned('type', 'text', { value: text })],
    }
    const filter = {
      oneOf: [
        pinned('name', 'between', { from: value, to: value }, ['from']),
        pinned('name', 'in', { values: { type: 'array', items: text } }),
      ],
    }
    const expression = { type: 'object', properties: { field: text, filter }, required: ['field', 'filter'] }
    const group = (key: string): PlainObject =>
      pinned('kind', key, { expressions: { type: 'array', items: expression } }, ['expressions'])
    const report = {
      type: 'object',
      required: ['title'],
      properties: { title: text, filters: { oneOf: [group('and'), group('or')] } },
    }
    const schema = { properties: { reports: { type: 'array', items: report } } }
    const stored = {
      reports: [
        { title: 'a', filters: { kind: 'or', expressions: [{ field: 'x', filter: { name: 'between', from: { type: 'text', value: '1' }, to: { type: 'int', value: 2 } } }, { field: 'y', filter: { name: 'in', values: ['u', 'v'] } }] } },
        { title: 'b', filters: { kind: 'and', expressions: [] } },
      ],
    } // prettier-ignore
    expect(resent(schema, stored)).toEqual(stored)
    expect(validateConfiguration({ connectionSpecification: schema }, stored)).toEqual([])
    const form = formOf(schema)
    expect(toConfiguration(form, addItem(toValues(form), listOf(form)))).toEqual({
      reports: [{ filters: { kind: 'and', expressions: [] } }],
    })
  })

  it('s3, gcs, sftp-bulk: streams whose format is named by a text, and fields kept for old configurations', () => {
    const format = {
      type: 'object',
      default: 'csv',
      oneOf: [
        pinned('filetype', 'avro'),
        pinned('filetype', 'csv', {
          delimiter: { ...text, default: ',' },
          header: {
            oneOf: [pinned('from', 'csv'), pinned('from', 'user', { names: { type: 'array', items: text } })],
            default: { from: 'user' },
          },
        }),
      ],
    }
    const streams = {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: text, format, schemaless: { type: 'boolean', default: false } },
        required: ['name', 'format'],
      },
    }
    const schema = {
      properties: {
        streams,
        old: { ...text, airbyte_hidden: true, default: 'x' },
        older: { ...text, airbyte_hidden: true },
      },
      required: ['streams'],
    }
    expect(startOf(schema)).toEqual({ streams: [], old: 'x' })
    const form = formOf(schema)
    const added = addItem(toValues(form), form.fields.find(({ kind }) => kind === 'items') as ItemsField)
    expect(toConfiguration(form, added).streams).toEqual([
      { format: { filetype: 'csv', delimiter: ',', header: { from: 'user' } }, schemaless: false },
    ])
    expect(resent(schema, { streams: [], older: 'kept' })).toEqual({ streams: [], older: 'kept' })
  })

  it('facebook-marketing: parts under allOf, misspelt words, very many values', () => {
    const values = Array.from({ length: 199 }, (_, at) => `field_${at}`)
    const insight = {
      allOf: [
        { properties: { name: { ...text, tittle: 'Name' } }, required: ['name'] },
        { properties: { fields: { type: 'array', items: { enum: values } } } },
      ],
    }
    const form = formOf({ properties: { insights: { type: 'array', items: insight, desciption: 'Reports' } } })
    expect(listOf(form)).toMatchObject({
      description: 'Reports',
      item: { kind: 'group', fields: [{ kind: 'text', title: 'Name', required: true }, { kind: 'multiEnum' }] },
    })
    expect(
      resent(
        { properties: { insights: { type: 'array', items: insight } } },
        { insights: [{ name: 'a', fields: ['field_7'] }] },
      ),
    ).toEqual({ insights: [{ name: 'a', fields: ['field_7'] }] })
  })

  it('postgres, file: a text default names the way, as cards or as a select', () => {
    const ways = ['Xmin', 'CDC', 'Standard'].map((way) =>
      pinned('method', way, { [`of_${way}`]: { type: 'integer', default: 1 } }),
    )
    expect(startOf({ properties: { m: { oneOf: ways, default: 'CDC' } } })).toEqual({ m: { method: 'CDC', of_CDC: 1 } })
    expect(formOf({ properties: { m: { oneOf: ways, display_type: 'radio' } } }).fields[0]).toMatchObject({
      display: 'cards',
    })
  })

  it('mysql, oracle-enterprise, netsuite: told apart by an enum of one value, with or without a default', () => {
    const way = (value: string, rest: PlainObject): PlainObject => ({
      properties: { mode: { type: 'string', enum: [value], ...rest }, [value]: text },
    })
    const schema = { properties: { m: { oneOf: [way('a', { default: 'a' }), way('b', {})] } } }
    expect(startOf(schema)).toEqual({ m: { mode: 'a' } })
    expect(resent(schema, { m: { mode: 'b', b: 'x', a: 'gone' } })).toEqual({ m: { mode: 'b', b: 'x' } })
  })

  it('mssql: a property that is called additionalProperties, with a map of whatever below it', () => {
    const schema = {
      properties: {
        additionalProperties: {
          type: 'object',
          additionalProperties: { type: 'object', properties: {}, additionalProperties: true },
        },
      },
      required: ['additionalProperties'],
    }
    const form = formOf(schema)
    expect(form.fields[0]).toMatchObject({ kind: 'map', item: { kind: 'json', expects: 'object' } })
    expect(startOf(schema)).toEqual({ additionalProperties: {} })
    const named = addItem(toValues(form), form.fields[0] as MapField, 'x')
    expect(toConfiguration(form, setIn(named, ['additionalProperties', 'x'], '{"a": 1}'))).toEqual({
      additionalProperties: { x: { a: 1 } },
    })
  })

  it('kafka: a constant without a type, keys in capitals', () => {
    const schema = {
      properties: {
        MessageFormat: {
          oneOf: [pinned('deserialization_type', 'JSON'), pinned('deserialization_type', 'AVRO', { URL: text })],
        },
        bootstrap_servers: text,
      },
    }
    expect(formOf(schema).fields.map(({ title }) => title)).toEqual(['Message Format', 'Bootstrap servers'])
    expect(resent(schema, { MessageFormat: { deserialization_type: 'AVRO', URL: 'u' } })).toEqual({
      MessageFormat: { deserialization_type: 'AVRO', URL: 'u' },
    })
  })

  it('e2e-test: the whole is a choice, told apart by a key called type', () => {
    const schema = {
      oneOf: [
        pinned('type', 'ENDLESS', { max: { type: 'integer', default: 9 } }),
        pinned('type', 'FAIL', { mode: { oneOf: [pinned('type', 'A'), pinned('type', 'B')] } }),
      ],
    }
    const form = formOf(schema)
    expect(startOf(schema)).toEqual({ type: 'ENDLESS', max: 9 })
    const choice = form.fields[0] as ChoiceField
    expect(toConfiguration(form, selectOption(toValues(form), choice, 'FAIL'))).toEqual({
      type: 'FAIL',
      mode: { type: 'A' },
    })
    expect(resent(schema, { type: 'FAIL', mode: { type: 'B' } })).toEqual({ type: 'FAIL', mode: { type: 'B' } })
  })

  it('dynamodb: a way that may be null, one of nothing but its name, which nobody requires (43)', () => {
    const role = { type: ['null', 'object'], properties: { auth: { const: 'Role' } } }
    const user = { type: ['null', 'object'], properties: { auth: { const: 'User' }, key: text }, required: ['key'] }
    const schema = { properties: { credentials: { type: 'object', oneOf: [user, role] } } }
    expect(resent(schema, { credentials: { auth: 'Role' } })).toEqual({ credentials: { auth: 'Role' } })
    expect(resent(schema, { credentials: {} })).toEqual({ credentials: { auth: 'Role' } })
    expect(resent(schema, { credentials: { key: 'k' } })).toEqual({ credentials: { auth: 'User', key: 'k' } })
  })

  it('amazon-seller-partner: lists of objects with lists of objects', () => {
    const option = { type: 'object', properties: { name: text, value: text }, required: ['name', 'value'] }
    const report = {
      type: 'object',
      properties: { name: { enum: ['A', 'B'] }, options: { type: 'array', items: option } },
      required: ['name', 'options'],
    }
    const form = formOf({ properties: { reports: { type: 'array', items: report } } })
    const values = setIn(addItem(toValues(form), listOf(form)), ['reports', '0', 'name'], 'B')
    const inner = toItem(listOf(form), 0)
    const options = (
      inner.kind === 'group' ? inner.fields.find(({ kind }) => kind === 'items') : undefined
    ) as ItemsField
    expect(toConfiguration(form, values)).toEqual({ reports: [{ name: 'B', options: [] }] })
    expect(toConfiguration(form, addItem(values, options))).toEqual({ reports: [{ name: 'B', options: [{}] }] })
  })

  it('bing-ads: a text with items and a list as its default', () => {
    const schema = {
      properties: {
        reports: {
          type: 'array',
          items: { properties: { columns: { type: 'string', items: { type: 'string' }, default: ['a', 'b'] } } },
        },
      },
    }
    const form = formOf(schema)
    expect(toConfiguration(form, addItem(toValues(form), listOf(form)))).toEqual({ reports: [{ columns: 'a, b' }] })
  })

  it('newsdata: a property that is no schema, limits under misspelt words', () => {
    const schema = { properties: { OneOf: [1], category: { type: 'array', maxitems: 5, items: { enum: ['a', 'b'] } } } }
    expect(formOf(schema).fields).toMatchObject([{ kind: 'multiEnum', maxItems: 5 }])
  })

  it('smoke-test: free objects and lists of lists in a list', () => {
    const scenario = {
      type: 'object',
      properties: {
        name: text,
        schema: { type: 'object' },
        key: { type: ['array', 'null'], items: { type: 'array', items: text } },
        records: { type: 'array', items: { type: 'object' } },
      },
    }
    const stored = {
      scenarios: [{ name: 'a', schema: { type: 'object' }, key: [['id'], ['x', 'y'], []], records: [{ id: 1 }, {}] }],
    }
    expect(resent({ properties: { scenarios: { type: 'array', items: scenario } } }, stored)).toEqual(stored)
  })

  it('pinterest, nytimes: enums of numbers, lists that may be null', () => {
    const schema = {
      properties: {
        days: { type: 'integer', enum: [1, 7, 30] },
        levels: { type: ['array', 'null'], items: { type: 'integer', enum: [1, 2] } },
      },
    }
    expect(resent(schema, { days: '7', levels: ['2'] })).toEqual({ days: 7, levels: [2] })
    expect(resent(schema, { days: 7, levels: null })).toEqual({ days: 7 })
  })

  it('freshdesk: ways told apart by a number, which some store as text', () => {
    const schema = { properties: { plan: { oneOf: [pinned('limit', 100), pinned('limit', 200)] } } }
    expect(resent(schema, { plan: { limit: 200 } })).toEqual({ plan: { limit: 200 } })
    expect(resent(schema, { plan: { limit: '200' } })).toEqual({ plan: { limit: 200 } })
  })

  it('hellobaton, sentry, lemlist: dirt', () => {
    const form = formOf({
      properties: { a: { ...text, 'title"': 'A!' }, list: { type: 'array', item: text } },
      required: ['a', 'a', 'gone', 7],
    })
    expect(form.fields).toMatchObject([{ title: 'A!', required: true }, { kind: 'list' }])
  })
})
