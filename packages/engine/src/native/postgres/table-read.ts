// One table being read, and its lines as the server writes them.
import type { Client } from 'pg'
import type { ConnectorContext } from '../../connector/connector.js'
import { quoteName } from '../../load/naming.js'
import type { ConfiguredStream, RecordsMessage } from '../../protocol/messages.js'
import type { TableColumn } from './column-kind.js'
import { toSelectExpression } from './column-kind.js'
import { countLines } from './copy-lines.js'
import { copyOut } from './copy-out.js'
import type { Table } from './tables.js'

/** A state is said after this many rows, or a few more. */
export const rowsPerState = 10_000

export interface TableRead {
  client: Client
  table: Table
  /** What is read, in the order of the lines: the columns that order rows first. */
  columns: TableColumn[]
  stream: ConfiguredStream
  context: ConnectorContext
}

/** `COPY (SELECT … FROM the table …) TO STDOUT` */
function toCopySql({ table, columns }: TableRead, rest: string): string {
  const expressions = columns.map(toSelectExpression).join(', ')
  return `COPY (SELECT ${expressions} FROM ${quoteName(table.schema)}.${quoteName(table.name)} ${rest}) TO STDOUT`
}

/** Lines as a message. */
export function toRecords({ table, columns, context }: TableRead, copyText: Buffer): RecordsMessage {
  return {
    type: 'RECORDS',
    records: {
      stream: table.name,
      namespace: table.schema,
      columns: columns.map((column) => column.name),
      copyText,
      count: countLines(copyText),
      emitted_at: context.now().getTime(),
    },
  }
}

/** The rows of `SELECT … FROM the table <rest>`, without states. */
export async function* readLines(read: TableRead, rest: string): AsyncGenerator<RecordsMessage> {
  for await (const text of copyOut(read.client, toCopySql(read, rest))) yield toRecords(read, text)
}
