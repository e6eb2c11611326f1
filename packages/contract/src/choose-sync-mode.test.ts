import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseSyncMode, type StreamToSync } from './choose-sync-mode.js'
import { type SyncMode, syncModes } from './stream.js'

const all: SyncMode[] = [...syncModes]
const cursorField = ['updated_at']
const primaryKey = [['id']]

test.each<[string, StreamToSync, SyncMode]>([
  ['a cursor and a key', { syncModes: all, cursorField, primaryKey }, 'incremental_deduped_history'],
  [
    "the source's own cursor and a key",
    { syncModes: all, sourceDefinedCursor: true, primaryKey },
    'incremental_deduped_history',
  ],
  ['a cursor and no key', { syncModes: all, cursorField }, 'incremental_append'],
  ['a cursor and an empty key', { syncModes: all, cursorField, primaryKey: [] }, 'incremental_append'],
  ['a key and no cursor', { syncModes: all, primaryKey }, 'full_refresh_overwrite'],
  ['an empty cursor', { syncModes: all, cursorField: [], primaryKey }, 'full_refresh_overwrite'],
  ['neither', { syncModes: all }, 'full_refresh_overwrite'],
  [
    'a cursor and a key, of which Airbyte offers no use',
    { syncModes: ['full_refresh_append'], cursorField, primaryKey },
    'full_refresh_append',
  ],
  ['only what the user has to decide', { syncModes: ['incremental_append'] }, 'incremental_append'],
  ['nothing on offer', { syncModes: [] }, 'full_refresh_overwrite'],
])('%s', (_, stream, mode) => expect(chooseSyncMode(stream)).toBe(mode))

test('whatever is offered in whatever order, it is one of those, and incremental where it can be', () => {
  const stream = fc.record({
    syncModes: fc.shuffledSubarray(all, { minLength: 1 }),
    cursorField: fc.subarray(['updated_at']),
    primaryKey: fc.subarray([['id']]),
    sourceDefinedCursor: fc.boolean(),
  })
  fc.assert(
    fc.property(stream, (one) => {
      const mode = chooseSyncMode(one)
      expect(one.syncModes).toContain(mode)
      expect(chooseSyncMode({ ...one, syncModes: [...one.syncModes].reverse() })).toBe(mode)
      const hasCursor = one.sourceDefinedCursor || one.cursorField.length > 0
      if (hasCursor && one.syncModes.includes('incremental_append')) expect(mode).toMatch(/^incremental/)
    }),
  )
})
