import type { DiscoveredStream } from '@opsai/airbyte-client'
import type { WishedStream } from '@opsai/contract'
import { expect, test } from 'vitest'
import { ProblemError } from '../http/problem.js'
import { areComplete, fillStreams } from './fill-streams.js'

const supportedSyncModes = ['full_refresh', 'incremental']
const discovered = [
  {
    name: 'deals',
    supportedSyncModes,
    sourceDefinedCursor: true,
    defaultCursorField: ['updatedAt'],
    sourceDefinedPrimaryKey: [['id']],
  },
  {
    name: 'orders',
    namespace: 'public',
    supportedSyncModes,
    defaultCursorField: ['updated_at'],
    sourceDefinedPrimaryKey: [['id']],
  },
  { name: 'log', supportedSyncModes },
  { name: 'totals', supportedSyncModes: ['full_refresh'] },
] as DiscoveredStream[]

test.each<[WishedStream, object]>([
  [{ name: 'deals' }, { name: 'deals', syncMode: 'incremental_deduped_history' }],
  [{ name: 'orders' }, { name: 'orders', syncMode: 'incremental_deduped_history', cursorField: ['updated_at'] }],
  [
    { name: 'orders', namespace: 'public', cursorField: ['version'] },
    { name: 'orders', namespace: 'public', syncMode: 'incremental_deduped_history', cursorField: ['version'] },
  ],
  [{ name: 'log' }, { name: 'log', syncMode: 'full_refresh_overwrite' }],
  [
    { name: 'log', cursorField: ['at'] },
    { name: 'log', syncMode: 'incremental_append', cursorField: ['at'] },
  ],
  [{ name: 'totals' }, { name: 'totals', syncMode: 'full_refresh_overwrite' }],
  [
    { name: 'deals', syncMode: 'full_refresh_append' },
    { name: 'deals', syncMode: 'full_refresh_append' },
  ],
  [
    { name: 'unheard_of', syncMode: 'full_refresh_append' },
    { name: 'unheard_of', syncMode: 'full_refresh_append' },
  ],
])('%j becomes %j', (wish, expected) => expect(fillStreams([wish], discovered)).toEqual([expected]))

test('a stream without a mode has to be one of the source', () => {
  expect(() => fillStreams([{ name: 'deals' }, { name: 'nobody' }], discovered)).toThrow(ProblemError)
  expect(() => fillStreams([{ name: 'orders', namespace: 'other' }], discovered)).toThrow('is no stream of this source')
})

test('a source is only looked into where a mode is missing', () => {
  expect(areComplete([{ name: 'a', syncMode: 'full_refresh_append' }])).toBe(true)
  expect(areComplete([{ name: 'a', syncMode: 'full_refresh_append' }, { name: 'b' }])).toBe(false)
})
