import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AirbyteStream } from '../../protocol/messages.js'
import { diffCatalogs, toSchemaChange } from './diff-catalogs.js'

const stream = (name: string, fields: Record<string, string>, key: string[] = []): AirbyteStream => ({
  name,
  json_schema: {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, { type }])),
  },
  supported_sync_modes: ['full_refresh'],
  source_defined_primary_key: key.map((field) => [field]),
})
const people = stream('people', { id: 'integer', name: 'string' }, ['id'])

it.each<[string, AirbyteStream[], string[], string]>([
  ['nothing changed', [people], [], 'no_change'],
  ['a stream came', [people, stream('deals', {})], ['add_stream deals'], 'non_breaking'],
  ['a stream went', [], ['remove_stream people'], 'non_breaking'],
  [
    'a field came',
    [stream('people', { id: 'integer', name: 'string', age: 'integer' }, ['id'])],
    ['add_field age'],
    'non_breaking',
  ],
  ['a field went', [stream('people', { id: 'integer' }, ['id'])], ['remove_field name'], 'non_breaking'],
  ['the key went', [stream('people', { name: 'string' })], ['remove_field id'], 'breaking'],
  [
    'a type changed',
    [stream('people', { id: 'string', name: 'string' }, ['id'])],
    ['update_field_schema id'],
    'non_breaking',
  ],
])('%s', (_what, after, changes, schemaChange) => {
  const transforms = diffCatalogs([people], after)
  const words = transforms.flatMap((it) =>
    'updateStream' in it
      ? it.updateStream.fieldTransforms.map((field) => `${field.transformType} ${field.fieldName.join('.')}`)
      : [`${it.transformType} ${it.streamDescriptor.name}`],
  )
  expect(words).toEqual(changes)
  expect(toSchemaChange(transforms)).toBe(schemaChange)
})

it('finds as many differences one way as the other, and none between equals', () => {
  const catalogs = fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('string', 'number')),
    ),
    { selector: ([name]) => name },
  )
  fc.assert(
    fc.property(catalogs, catalogs, (one, two) => {
      const [before, after] = [one, two].map((list) => list.map(([name, fields]) => stream(name, fields)))
      expect(diffCatalogs(before ?? [], before ?? [])).toEqual([])
      expect(diffCatalogs(before ?? [], after ?? [])).toHaveLength(diffCatalogs(after ?? [], before ?? []).length)
    }),
  )
})
