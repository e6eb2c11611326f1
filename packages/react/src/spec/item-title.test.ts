import { expect, it } from 'vitest'
import { secretMask } from './cast.js'
import type { ItemsField } from './field.js'
import { toItem } from './item.js'
import { toItemTitle } from './item-title.js'
import type { PlainObject } from './path.js'
import { specToForm } from './spec-to-form.js'

const titleOf = (items: PlainObject, value: unknown): string | undefined => {
  const form = specToForm({ connectionSpecification: { properties: { it: { type: 'array', items } } } })
  return toItemTitle(toItem(form.fields[0] as ItemsField, 0), { it: [value] })
}
const text = { type: 'string' }
const format = {
  title: 'Format',
  oneOf: [
    { title: 'Avro', properties: { kind: { const: 'avro' } } },
    { title: 'CSV file', properties: { kind: { const: 'csv' }, separator: text } },
  ],
}

const table: [what: string, items: PlainObject, value: unknown, title: string | undefined][] = [
  ['what was typed', { properties: { name: text, site: text } }, { name: 'Orders', site: '' }, 'Name: Orders'],
  ['nothing yet', { properties: { name: text } }, {}, undefined],
  ['nothing at all', { properties: { name: text } }, undefined, undefined],
  [
    'two values at most, what is required first',
    { properties: { a: text, b: text, c: text }, required: ['c'] },
    { a: '1', b: '2', c: '3' },
    'C: 3 | A: 1',
  ],
  ['a long value, cut', { properties: { a: text } }, { a: `x\n${'y'.repeat(60)}` }, `A: x ${'y'.repeat(37)}…`],
  ['a secret', { properties: { key: { ...text, airbyte_secret: true } } }, { key: 's3cret' }, 'Key: •••••'],
  ['a stored secret', { properties: { key: text } }, { key: secretMask }, 'Key: •••••'],
  [
    'a choice',
    { properties: { format } },
    { format: { kind: 'csv', separator: ';' } },
    'Format: CSV file | Separator: ;',
  ],
  [
    'nothing, where all is as it was made',
    { properties: { format, n: { default: 1 } } },
    { format: { kind: 'avro' }, n: 1 },
    undefined,
  ],
  ['a list', { properties: { tags: { type: 'array' } } }, { tags: ['a', 'b'] }, 'Tags: a, b'],
  ['a number', { properties: { n: { type: 'integer' } } }, { n: 0 }, 'N: 0'],
  [
    'a constant and what is hidden',
    { properties: { v: { const: 1 }, h: { ...text, airbyte_hidden: true } } },
    { v: 1, h: 'x' },
    undefined,
  ],
  [
    'lists inside',
    { properties: { rules: { type: 'array', items: { properties: { a: text } } } } },
    { rules: [{}, {}] },
    'Rules: 2',
  ],
  ['a plain value', { type: 'array', items: text }, ['a', 'b'], 'a, b'],
]
it.each(table)('an item is called by %s', (_, items, value, title) => expect(titleOf(items, value)).toBe(title))
