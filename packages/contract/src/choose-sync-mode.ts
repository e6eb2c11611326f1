import type { Stream, SyncMode } from './stream.js'

/** What a stream is known by when a mode is chosen for it. */
export type StreamToSync = Pick<Stream, 'syncModes' | 'primaryKey' | 'cursorField' | 'sourceDefinedCursor'>

/** The cheapest first: what is read again costs again. */
const preferred: readonly SyncMode[] = [
  'incremental_deduped_history',
  'incremental_append',
  'full_refresh_overwrite',
  'full_refresh_append',
]

const usesCursor = (mode: SyncMode) => mode === 'incremental_append' || mode === 'incremental_deduped_history'

/**
 * How a stream syncs when nobody has said: only what is new or changed wherever it has a cursor, one row for each key
 * where it has a key as well, and everything each time where it has neither. Never a mode it does not offer, and none
 * that would want a decision of the user as long as another does not.
 *
 * @example
 * chooseSyncMode({ syncModes: ['full_refresh_overwrite', 'incremental_append'], cursorField: ['updated_at'] }) // 'incremental_append'
 */
export function chooseSyncMode(stream: StreamToSync): SyncMode {
  const hasCursor = stream.sourceDefinedCursor === true || Boolean(stream.cursorField?.length)
  const hasKey = Boolean(stream.primaryKey?.length)
  const isReady = (mode: SyncMode) =>
    (!usesCursor(mode) || hasCursor) && (mode !== 'incremental_deduped_history' || hasKey)
  const offered = preferred.filter((mode) => stream.syncModes.includes(mode))
  return offered.find(isReady) ?? offered[0] ?? 'full_refresh_overwrite'
}
