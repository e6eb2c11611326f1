import { expect, test } from 'vitest'
import type { SyncStream } from './stream-plan.js'
import { isReplacing, planStream, takeUp } from './stream-plan.js'
import type { StoredStreamState } from './stream-state.js'

const stream = (more: Partial<SyncStream> = {}): SyncStream => ({
  name: 'users',
  syncMode: 'incremental_append',
  cursorField: ['at'],
  primaryKey: [['id']],
  jsonSchema: { type: 'object', properties: { id: { type: 'integer' }, at: { type: 'string', format: 'date' } } },
  generationId: 3,
  minimumGenerationId: 0,
  ...more,
})
const stored = (more: Partial<StoredStreamState> = {}): StoredStreamState => ({
  state: { at: 'here' },
  generationId: 3,
  syncId: 7,
  committedRecords: 10,
  committedBytes: 100,
  complete: false,
  building: false,
  ...more,
})
const overwrite = { syncMode: 'full_refresh_overwrite', minimumGenerationId: 3 } as const
const refresh = { minimumGenerationId: 3 }

test.each<
  [string, SyncStream, StoredStreamState | undefined, number, 'done' | 'from the start' | 'from the place', number]
>([
  ['a first sync', stream(), undefined, 7, 'from the start', 0],
  ['a retry', stream(), stored(), 7, 'from the place', 10],
  ['a retry of what was finished', stream(), stored({ complete: true }), 7, 'done', 10],
  ['the next job, incremental', stream(), stored({ complete: true }), 8, 'from the place', 0],
  [
    'the next job, full refresh',
    stream({ syncMode: 'full_refresh_append' }),
    stored({ complete: true }),
    8,
    'from the start',
    0,
  ],
  [
    'a full refresh given up on, next job',
    stream({ syncMode: 'full_refresh_append' }),
    stored(),
    8,
    'from the start',
    0,
  ],
  ['an overwrite, retried', stream(overwrite), stored({ building: true }), 7, 'from the place', 10],
  ['a refresh that begins', stream(refresh), stored({ generationId: 2, complete: true }), 8, 'from the start', 0],
  ['a refresh, retried', stream(refresh), stored({ building: true }), 7, 'from the place', 10],
  ['a refresh, taken up by another job', stream(refresh), stored({ building: true }), 8, 'from the place', 0],
  ['after a refresh', stream(refresh), stored({ complete: true }), 8, 'from the place', 0],
])('%s', (_, wanted, kept, syncId, expected, records) => {
  const taken = takeUp(wanted, kept, syncId)
  const start = taken.kind === 'done' ? taken.stored : taken.start
  const from = taken.kind === 'done' ? 'done' : taken.start.state ? 'from the place' : 'from the start'
  expect([from, start.committedRecords]).toEqual([expected, records])
})

test('only overwriting and refreshing replace rows of before', () => {
  expect(isReplacing(stream(overwrite), undefined)).toBe(true)
  expect(isReplacing(stream(), undefined)).toBe(false)
  expect(isReplacing(stream(refresh), stored({ complete: true }))).toBe(false)
})

const place = { schema: 'crm', stateSchema: 'crm', connectionId: 'one' }
const apart = { ...place, stateSchema: 'raw' }

test('keys must be fields of the stream', () => {
  expect(planStream(stream(), 'users', false, place)).toMatchObject({
    table: { schema: 'crm', table: 'users' },
    keys: { primaryKey: ['id'], cursor: 'at' },
  })
  expect(() => planStream(stream({ cursorField: ['gone'] }), 'users', false, place)).toThrow(
    /no field "gone" to use as its cursor/,
  )
  expect(() =>
    planStream(stream({ syncMode: 'incremental_deduped_history', primaryKey: [] }), 'users', false, place),
  ).toThrow(/needs a primary key/)
})

const deduplicated = { syncMode: 'incremental_deduped_history' } as const

test.each<[string, SyncStream, boolean, typeof place, string[]]>([
  ['append', stream(), false, place, []],
  ['append, with a raw schema', stream(), false, apart, ['staging: raw, appended']],
  ['overwrite', stream(overwrite), true, place, ['building: crm']],
  ['overwrite, with a raw schema', stream(overwrite), true, apart, ['building: raw']],
  ['refresh and append, with a raw schema', stream(refresh), true, apart, ['building: raw']],
  ['deduplicate', stream(deduplicated), false, place, ['staging: crm, deduplicated']],
  ['deduplicate, with a raw schema', stream(deduplicated), false, apart, ['staging: raw, deduplicated']],
  [
    'refresh and deduplicate, with a raw schema',
    stream({ ...deduplicated, ...refresh }),
    true,
    apart,
    ['building: raw', 'staging: raw, deduplicated'],
  ],
])('%s: nothing is copied into a schema that has a raw one beside it', (_, wanted, replacing, where, expected) => {
  const { building, staging } = planStream(wanted, 'users', replacing, where)
  const places = [
    building && `building: ${building.schema}`,
    staging && `staging: ${staging.schema}, ${staging.landing}`,
  ]
  expect(places.filter(Boolean)).toEqual(expected)
})

test('in a raw schema that is shared, no two connections or schemas take the same table', () => {
  const long = 'a'.repeat(60)
  const names = [apart, { ...apart, connectionId: 'two' }, { ...apart, schema: 'erp' }].flatMap((where) =>
    ['users', `${long}1`, `${long}2`].flatMap((name) => {
      const { building, staging } = planStream(stream(deduplicated), name, true, where)
      return [building!.table, staging!.table]
    }),
  )
  expect(new Set(names).size).toBe(names.length)
  expect(names[0]).toMatch(/^users_airbyte_tmp_[0-9a-f]{8}$/)
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(63)
})
