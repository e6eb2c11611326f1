// Everything a stream needs in the destination before its first row, in one transaction.
import type { Client } from 'pg'
import { createIndexesSql, createTableSql, quoteTable } from './layout.js'
import type { LoadPlace, StreamPlan, SyncStream } from './stream-plan.js'
import { isReplacing, landingTable, placeOf, planStream, takeUp } from './stream-plan.js'
import type { StoredStreamState } from './stream-state.js'
import { readStreamState, writeStreamState } from './stream-state.js'
import { ensureTable, readColumns } from './table.js'

/** Where one sync loads to. */
export interface LoadTarget extends LoadPlace {
  client: Client
  syncId: number
}

export type PreparedStream =
  { kind: 'done'; stored: StoredStreamState } | { kind: 'reading'; start: StoredStreamState; plan: StreamPlan }

/** Runs work in a transaction, undone if it throws. */
export async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** Makes the tables ready and says where to read on from. */
export async function prepareStream(target: LoadTarget, stream: SyncStream, table: string): Promise<PreparedStream> {
  const { client, stateSchema, connectionId, syncId } = target
  const stored = await readStreamState(client, stateSchema, connectionId, stream)
  const taken = takeUp(stream, stored, syncId)
  if (taken.kind === 'done') return taken
  const plan = planStream(stream, table, isReplacing(stream, stored), placeOf(target, stream))
  return inTransaction(client, async () => {
    const start = await makeTables(client, plan, taken.start)
    await writeStreamState(client, stateSchema, connectionId, stream, start)
    return { kind: 'reading', start, plan }
  })
}

async function makeTables(client: Client, plan: StreamPlan, start: StoredStreamState): Promise<StoredStreamState> {
  const written = landingTable(plan)
  const startingOver = plan.building !== undefined && !(start.state && (await readColumns(client, written)))
  if (startingOver) await client.query(`DROP TABLE IF EXISTS ${quoteTable(written)}`)
  await ensureTable(client, written, plan.columns)
  if (plan.staging !== undefined) {
    await client.query(`DROP TABLE IF EXISTS ${quoteTable(plan.staging)}`)
    await client.query(createTableSql(plan.staging, plan.columns, 'unlogged'))
  }
  const indexedNow = plan.building === undefined || plan.staging !== undefined
  if (indexedNow) for (const sql of createIndexesSql(written, plan.keys)) await client.query(sql)
  return startingOver ? { ...start, state: null, committedRecords: 0, committedBytes: 0 } : start
}
