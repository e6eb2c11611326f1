// Everything a stream needs in the destination before its first row, in one transaction.
import type { Client } from 'pg'
import { createIndexesSql, quoteTable } from './layout.js'
import type { StreamPlan, SyncStream } from './stream-plan.js'
import { isReplacing, planStream, takeUp } from './stream-plan.js'
import type { StoredStreamState } from './stream-state.js'
import { readStreamState, writeStreamState } from './stream-state.js'
import { ensureTable, readColumns } from './table.js'

/** Where one sync loads to. */
export interface LoadTarget {
  client: Client
  schema: string
  stateSchema: string
  connectionId: string
  syncId: number
}

export type PreparedStream =
  | { kind: 'done'; stored: StoredStreamState }
  | { kind: 'reading'; start: StoredStreamState; plan: StreamPlan }

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
  const plan = planStream(stream, table, isReplacing(stream, stored))
  return inTransaction(client, async () => {
    const start = await makeTables(target, plan, taken.start)
    await writeStreamState(client, stateSchema, connectionId, stream, start)
    return { kind: 'reading', start, plan }
  })
}

async function makeTables(
  { client, schema }: LoadTarget,
  plan: StreamPlan,
  start: StoredStreamState,
): Promise<StoredStreamState> {
  const written = { schema, table: plan.building ?? plan.table }
  const startingOver = plan.building !== undefined && !(start.state && (await readColumns(client, written)))
  if (startingOver) await client.query(`DROP TABLE IF EXISTS ${quoteTable(written)}`)
  await ensureTable(client, written, plan.columns)
  if (plan.staging !== undefined) {
    const staging = quoteTable({ schema, table: plan.staging })
    await client.query(`DROP TABLE IF EXISTS ${staging}`)
    await client.query(`CREATE UNLOGGED TABLE ${staging} (LIKE ${quoteTable(written)})`)
  }
  const indexedNow = plan.building === undefined || plan.staging !== undefined
  if (indexedNow) for (const sql of createIndexesSql(written, plan.keys)) await client.query(sql)
  return startingOver ? { ...start, state: null, committedRecords: 0, committedBytes: 0 } : start
}
