// Makes a stream's table, or brings an older one up to the stream's schema.
import type { Client } from 'pg'
import { ConnectorError } from '../connector/connector-error.js'
import type { Column, ColumnType } from './column-type.js'
import type { TableName } from './layout.js'
import { createTableSql, ownColumnNames, quoteTable } from './layout.js'
import { quoteName } from './naming.js'
import { errorCode } from './postgres-failure.js'

/** `format_type` spells these differently from `CREATE TABLE`. */
const spelled: Record<ColumnType, string> = {
  varchar: 'character varying',
  bigint: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  time: 'time without time zone',
  'time with time zone': 'time with time zone',
  timestamp: 'timestamp without time zone',
  'timestamp with time zone': 'timestamp with time zone',
  jsonb: 'jsonb',
}

/** Column → type of a table as it is now; nothing when there is no such table. */
export async function readColumns(client: Client, name: TableName): Promise<Map<string, string> | undefined> {
  const { rows } = await client.query<{ kind: string; name: string | null; type: string }>(
    `SELECT c.relkind AS kind, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE n.nspname = $1 AND c.relname = $2`,
    [name.schema, name.table],
  )
  const kind = rows[0]?.kind
  if (kind === undefined) return undefined
  if (kind !== 'r' && kind !== 'p') throw notOurs(name)
  return new Map(rows.flatMap((row) => (row.name === null ? [] : [[row.name, row.type] as const])))
}

function notOurs({ schema, table }: TableName): ConnectorError {
  return new ConnectorError(
    'config_error',
    `"${schema}"."${table}" exists already and was not made by a sync. Rename it, or give this connection a table prefix.`,
  )
}

/** Creates the table or adds and changes columns; columns the stream no longer has stay. */
export async function ensureTable(client: Client, name: TableName, columns: Column[]): Promise<void> {
  const existing = await readColumns(client, name)
  if (existing === undefined) {
    await client.query(createTableSql(name, columns))
    return
  }
  if (!ownColumnNames.every((column) => existing.has(column))) throw notOurs(name)
  for (const column of columns) {
    const type = existing.get(column.name)
    if (type === undefined) {
      await client.query(`ALTER TABLE ${quoteTable(name)} ADD COLUMN ${quoteName(column.name)} ${column.type}`)
    } else if (type !== spelled[column.type]) {
      await changeType(client, name, column, type)
    }
  }
}

/** Keeps old values: as they are where they fit the new type, else NULL where the server can tell which (16 and up). */
async function changeType(client: Client, name: TableName, column: Column, from: string): Promise<void> {
  const quoted = quoteName(column.name)
  const text = from === 'jsonb' ? `${quoted} #>> '{}'` : `${quoted}::text`
  const cast = column.type === 'jsonb' ? `to_jsonb(${quoted})` : `(${text})::${column.type}`
  const alter = (using: string) =>
    client.query(`ALTER TABLE ${quoteTable(name)} ALTER COLUMN ${quoted} TYPE ${column.type} USING ${using}`)
  await client.query('SAVEPOINT change_type')
  try {
    await alter(cast)
  } catch (error) {
    if (!errorCode(error)?.startsWith('22')) throw error
    await client.query('ROLLBACK TO SAVEPOINT change_type')
    await alter(`CASE WHEN pg_input_is_valid(${text}, '${column.type}') THEN ${cast} END`).catch((second: unknown) => {
      if (errorCode(second) !== '42883') throw second
      throw new ConnectorError(
        'config_error',
        `Column "${column.name}" of "${name.table}" became ${column.type} at the source, and its old values do not fit. ` +
          'Refresh the stream, so that it is read anew.',
      )
    })
  }
  await client.query('RELEASE SAVEPOINT change_type')
}
