import type { Sample, Stream } from '@opsai/contract'
import { describe, expect, test } from 'vitest'
import {
  changeStream,
  filterChoices,
  findGaps,
  selectStreams,
  toConnectionStreams,
  toDefaultChoices,
} from './stream-selection.js'

const stream = (parts: Partial<Stream>): Stream => ({
  name: 'users',
  syncModes: ['incremental_deduped_history', 'incremental_append', 'full_refresh_overwrite'],
  records: [],
  origin: 'source',
  ...parts,
})
const sampleOf = (...streams: Stream[]): Sample => ({
  streams,
  fields: streams.flatMap(({ name, namespace }) => [
    { stream: name, ...(namespace && { namespace }), name: 'id', type: 'string' },
    { stream: name, ...(namespace && { namespace }), name: 'updated_at', type: 'string' },
  ]),
})

describe('the mode a stream starts with is the best that needs no decision', () => {
  const id = [['id']]
  const at = ['updated_at']
  test.each([
    [
      'all is fixed by the source',
      { primaryKey: id, cursorField: at, sourceDefinedCursor: true },
      'incremental_deduped_history',
    ],
    ['a proposed cursor and a key', { primaryKey: id, cursorField: at }, 'incremental_deduped_history'],
    ['a cursor without a key', { cursorField: at }, 'incremental_append'],
    ['a key without a cursor', { primaryKey: id }, 'full_refresh_overwrite'],
    ['neither', {}, 'full_refresh_overwrite'],
    ['only modes that want a decision', { syncModes: ['incremental_append'] }, 'incremental_append'],
    ['no modes at all', { syncModes: [] }, 'full_refresh_overwrite'],
  ] as const)('%s', (_, parts, mode) => {
    const [choice] = toDefaultChoices(sampleOf(stream(structuredClone(parts) as Partial<Stream>)))
    expect(choice).toMatchObject({ isSelected: true, syncMode: mode })
  })
})

test('a mode that wants a cursor and a key says so until both are picked', () => {
  const choices = toDefaultChoices(sampleOf(stream({})))
  const wanting = changeStream(choices, 'users', { syncMode: 'incremental_deduped_history' })
  expect(findGaps(wanting).map(({ missing }) => missing)).toEqual(['cursor', 'primaryKey'])
  const ready = changeStream(wanting, 'users', { cursorField: ['updated_at'], primaryKey: [['id']] })
  expect(findGaps(ready)).toEqual([])
  expect(toConnectionStreams(ready)).toEqual([
    { name: 'users', syncMode: 'incremental_deduped_history', cursorField: ['updated_at'], primaryKey: [['id']] },
  ])
})

test('a stream left out wants nothing and is not sent', () => {
  const choices = toDefaultChoices(sampleOf(stream({ syncModes: ['incremental_append'] })))
  const left = selectStreams(choices, ['users'], false)
  expect(findGaps(left)).toEqual([])
  expect(toConnectionStreams(left)).toEqual([])
})

test('what the source fixes is not sent back to it', () => {
  const fixed = stream({ primaryKey: [['id']], cursorField: ['updated_at'], sourceDefinedCursor: true })
  expect(toConnectionStreams(toDefaultChoices(sampleOf(fixed)))).toEqual([
    { name: 'users', syncMode: 'incremental_deduped_history' },
  ])
})

test('streams of one name in two schemas are two streams', () => {
  const choices = toDefaultChoices(sampleOf(stream({ namespace: 'a' }), stream({ namespace: 'b' })))
  const changed = changeStream(choices, 'b.users', { isSelected: false })
  expect(changed.map(({ isSelected }) => isSelected)).toEqual([true, false])
  expect(changed[0]?.columns).toEqual(['id', 'updated_at'])
  expect(toConnectionStreams(changed)).toMatchObject([{ name: 'users', namespace: 'a' }])
})

test('a search finds by any part of the name, schema included', () => {
  const choices = toDefaultChoices(sampleOf(stream({ namespace: 'sales' }), stream({ name: 'orders' })))
  expect(filterChoices(choices, ' SALES.us ').map(({ key }) => key)).toEqual(['sales.users'])
  expect(filterChoices(choices, '')).toHaveLength(2)
})
