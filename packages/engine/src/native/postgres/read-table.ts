// Reads one table as the messages of one stream: rows in an order that can be taken up again, and states to do so.
import type { Client } from 'pg'
import { ConnectorError } from '../../connector/connector-error.js'
import type { ConnectorContext } from '../../connector/connector.js'
import { quoteName } from '../../load/naming.js'
import { stateMessage } from '../../protocol/make.js'
import type { AirbyteMessage, ConfiguredStream, StateValue } from '../../protocol/messages.js'
import { cursorlessState } from '../../protocol/messages.js'
import type { TableColumn } from './column-kind.js'
import { isOrdered } from './column-kind.js'
import { lastFields } from './copy-lines.js'
import { isResumable } from './discover.js'
import { afterKey, parseKeyPlace, toKeyState } from './place.js'
import { readByCursor } from './read-by-cursor.js'
import type { TableRead } from './table-read.js'
import { readLines, rowsPerState } from './table-read.js'
import type { Table } from './tables.js'

/** Reads one table in one snapshot of the database. */
export async function* readTable(
  client: Client,
  table: Table,
  stream: ConfiguredStream,
  state: StateValue | undefined,
  context: ConnectorContext,
): AsyncGenerator<AirbyteMessage> {
  const incremental = stream.sync_mode === 'incremental'
  const cursor = incremental ? findCursor(table, stream) : undefined
  const keys = isResumable(table) ? table.primaryKey.map((name) => findColumn(table, name)) : []
  const columns = chooseColumns(table, stream, cursor ? [cursor] : keys)
  const read = { client, table, columns, stream, context }
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query('SET LOCAL statement_timeout = 0')
  if (context.recordLimit !== undefined) yield* readLines(read, `LIMIT ${Math.floor(context.recordLimit)}`)
  else if (cursor) yield* readByCursor(read, cursor, state)
  else if (keys.length > 0) yield* readByKey(read, keys, state)
  else yield* readWhole(read)
  await client.query('COMMIT')
}

function findColumn(table: Table, name: string): TableColumn {
  const column = table.columns.find((each) => each.name === name)
  if (column) return column
  throw new ConnectorError(
    'config_error',
    `Table "${table.schema}"."${table.name}" has no column "${name}" that may be read.`,
  )
}

function findCursor(table: Table, stream: ConfiguredStream): TableColumn {
  const name = stream.cursor_field?.[0] ?? stream.stream.default_cursor_field?.[0]
  if (name === undefined) {
    throw new ConnectorError(
      'config_error',
      `Stream "${table.name}" needs a cursor column to be read incrementally. Choose one.`,
    )
  }
  const column = findColumn(table, name)
  if (isOrdered(column)) return column
  throw new ConnectorError(
    'config_error',
    `Column "${name}" of "${table.name}" has no order to serve as a cursor. Choose another.`,
  )
}

/** The stream's own fields that the table still has, and what orders them; a new column waits for the next discover. */
function chooseColumns(table: Table, { stream }: ConfiguredStream, first: TableColumn[]): TableColumn[] {
  const wanted = new Set(Object.keys(stream.json_schema.properties ?? {}))
  const rest = table.columns.filter((column) => wanted.has(column.name) && !first.includes(column))
  return [...first, ...rest]
}

/** Without a key there is no order to take up again: one state, at the end. */
async function* readWhole(read: TableRead): AsyncGenerator<AirbyteMessage> {
  let count = 0
  for await (const message of readLines(read, '')) {
    count += message.records.count
    yield message
  }
  yield stateMessage(read.stream.stream, cursorlessState, count)
}

async function* readByKey(
  read: TableRead,
  keys: TableColumn[],
  state: StateValue | undefined,
): AsyncGenerator<AirbyteMessage> {
  const last = parseKeyPlace(state, read.table.primaryKey)
  const order = keys.map((column) => quoteName(column.name)).join(', ')
  let count = 0
  for await (const message of readLines(read, `${last ? `WHERE ${afterKey(keys, last)}` : ''} ORDER BY ${order}`)) {
    count += message.records.count
    yield message
    if (count < rowsPerState) continue
    const place = lastFields(message.records.copyText, keys.length).map((field) => field ?? '')
    yield stateMessage(read.stream.stream, toKeyState(read.table.primaryKey, place), count)
    count = 0
  }
  yield stateMessage(read.stream.stream, cursorlessState, count)
}
