// Writes one stream's rows, and commits them with the state that covers them: never one without the other.
import type { RecordMessage, RecordsMessage, StateValue } from '../protocol/messages.js'
import { isCursorless } from '../protocol/messages.js'
import type { Column } from './column-type.js'
import { createCopyRun } from './copy-run.js'
import { finishTables } from './finish-stream.js'
import { quoteTable } from './layout.js'
import { appendSql, mergeSql } from './merge.js'
import type { LoadTarget } from './prepare-stream.js'
import { coerceLines, prefixLines, recordToLine } from './row-text.js'
import type { Staging, StreamPlan, SyncStream } from './stream-plan.js'
import { landingTable } from './stream-plan.js'
import type { StoredStreamState } from './stream-state.js'
import { writeStreamState } from './stream-state.js'

/** A commit costs a disk write, so states in quick succession share one. */
const commitBytes = 4 * 1024 * 1024
const commitEveryMs = 1_000
/** Characters of lines put together before they are sent. */
const lineBatch = 64 * 1024

/** Since the job began, over its attempts. */
export interface StreamCounts {
  recordsEmitted: number
  bytesEmitted: number
  recordsCommitted: number
  bytesCommitted: number
}

export interface StreamWriter {
  readonly counts: Readonly<StreamCounts>
  writeRecord(message: RecordMessage): Promise<void>
  writeRecords(message: RecordsMessage): Promise<void>
  /**
   * This state covers everything written so far; commits now or soon. One that names no place to go on from covers
   * its rows only together with `finish`: without it, everything is read again.
   */
  keepPlace(state: StateValue): Promise<void>
  /** The stream was read to its end: commits, and puts a table that was built in its place. */
  finish(): Promise<void>
  /** The stream ended early: commits if a state covers all that was written, else drops what is not committed. */
  abandon(): Promise<void>
}

/** Makes the writer of one prepared stream. It owns the target's connection until `finish` or `abandon`. */
export function createStreamWriter(
  target: LoadTarget,
  stream: SyncStream,
  plan: StreamPlan,
  start: StoredStreamState,
  clock: () => number,
): StreamWriter {
  const { client } = target
  const facts = { syncId: target.syncId, generationId: stream.generationId }
  const { staging } = plan
  const byField = new Map(plan.columns.map((column) => [column.field, column]))
  const copies = createCopyRun(client, staging ?? landingTable(plan))
  const counts: StreamCounts = {
    recordsEmitted: start.committedRecords,
    bytesEmitted: start.committedBytes,
    recordsCommitted: start.committedRecords,
    bytesCommitted: start.committedBytes,
  }
  let transaction: 'none' | 'open' | 'broken' = 'none'
  let lines: string[] = []
  let linesLength = 0
  let lastCommit = clock()
  let place: { state: StateValue | null; records: number } = { state: start.state, records: counts.recordsEmitted }

  /** A failed statement leaves the transaction good for nothing but a rollback. */
  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (transaction === 'none') {
        transaction = 'open'
        await client.query('BEGIN')
      }
      return await work()
    } catch (error) {
      transaction = 'broken'
      throw error
    }
  }

  async function putLines(): Promise<void> {
    if (lines.length === 0) return
    const text = lines.join('')
    lines = []
    linesLength = 0
    await guarded(() => copies.put({ lines: text, columns: plan.columns }))
  }

  async function commit(complete: boolean): Promise<void> {
    await putLines()
    await guarded(async () => {
      await copies.end()
      if (staging && counts.recordsEmitted > counts.recordsCommitted) {
        for (const sql of landSql(staging, plan)) await client.query(sql)
        await client.query(`TRUNCATE ${quoteTable(staging)}`)
      }
      if (complete) await finishTables(client, plan)
      await writeStreamState(client, target.stateSchema, target.connectionId, stream, {
        state: place.state,
        generationId: stream.generationId,
        syncId: target.syncId,
        committedRecords: counts.recordsEmitted,
        committedBytes: counts.bytesEmitted,
        complete,
        building: !complete && plan.building !== undefined,
      })
      await client.query('COMMIT')
    })
    transaction = 'none'
    counts.recordsCommitted = counts.recordsEmitted
    counts.bytesCommitted = counts.bytesEmitted
    lastCommit = clock()
  }

  return {
    counts,
    async writeRecord(message) {
      const line = recordToLine(message, plan.columns, facts)
      lines.push(line)
      linesLength += line.length
      counts.recordsEmitted += 1
      counts.bytesEmitted += line.length
      if (linesLength >= lineBatch) await putLines()
    },
    async writeRecords({ records }) {
      await putLines()
      counts.recordsEmitted += records.count
      counts.bytesEmitted += records.copyText.length
      const columns = records.columns.map((field) => byField.get(field)).filter((column): column is Column => !!column)
      const corrected = () => coerceLines(records, columns, facts)
      const lines = columns.length === records.columns.length ? prefixLines(records, facts) : corrected()
      await guarded(() => copies.put({ lines, columns, corrected }))
    },
    async keepPlace(state) {
      place = { state, records: counts.recordsEmitted }
      const waiting = isCursorless(state) ? 0 : counts.bytesEmitted - counts.bytesCommitted
      if (waiting >= commitBytes || (waiting > 0 && clock() - lastCommit >= commitEveryMs)) await commit(false)
    },
    finish: () => commit(true),
    async abandon() {
      const goesOn = place.state !== null && !isCursorless(place.state)
      const covered =
        goesOn && place.records === counts.recordsEmitted && counts.recordsEmitted > counts.recordsCommitted
      if (transaction !== 'broken' && covered) return commit(false)
      if (transaction === 'open') await copies.cancel()
      if (transaction !== 'none') await client.query('ROLLBACK')
      transaction = 'none'
    },
  }
}

function landSql(staging: Staging, plan: StreamPlan): string[] {
  const into = landingTable(plan)
  if (staging.landing === 'appended') return [appendSql(staging, into, plan.columns)]
  return mergeSql(staging, into, plan.columns, plan.keys)
}
