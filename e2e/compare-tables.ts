// Whether what was synced is what was there: every table, every row, every value, as Postgres itself prints them.
import { Client } from 'pg'

export interface ComparedTable {
  table: string
  rows: number
  synced: number
  /** Rows whose values differ in any column. */
  different: number
  columns: number
  /** The columns they differ in, each with one value that is not in the source. */
  wrong: Record<string, unknown>
}

interface Column {
  table: string
  name: string
  type: string
}

/** Compares each table of the customer's `public` schema with the one it was synced into. */
export async function compareTables(
  customerUrl: string,
  env: { DATABASE_URL: string; DATABASE_SCHEMA: string },
  tablePrefix: string,
): Promise<ComparedTable[]> {
  const source = new Client({ connectionString: customerUrl })
  const synced = new Client({ connectionString: env.DATABASE_URL })
  await Promise.all([source.connect(), synced.connect()])
  try {
    for (const client of [source, synced]) await client.query(`SET TIME ZONE 'UTC'`)
    const columns = await readColumns(source)
    const compared: ComparedTable[] = []
    for (const table of new Set(columns.map((column) => column.table))) {
      const ofTable = columns.filter((column) => column.table === table)
      compared.push(await compareTable(source, synced, env.DATABASE_SCHEMA, tablePrefix, table, ofTable))
    }
    return compared
  } finally {
    await Promise.all([source.end(), synced.end()])
  }
}

async function readColumns(source: Client): Promise<Column[]> {
  const { rows } = await source.query<Column>(`
    SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, NULL) AS type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY 1, a.attnum`)
  return rows
}

async function compareTable(
  source: Client,
  synced: Client,
  schema: string,
  prefix: string,
  table: string,
  columns: Column[],
): Promise<ComparedTable> {
  const quote = (name: string) => source.escapeIdentifier(name)
  const here = await readRows(
    source,
    `SELECT ${columns.map((column) => `${toComparable(quote(column.name), column.type)}`).join(', ')} FROM public.${quote(table)}`,
  )
  const target = (prefix + table).replace(/[^A-Za-z0-9_]/g, '_')
  const there = await readRows(
    synced,
    `SELECT ${columns.map((column) => toComparable(quote(column.name.replace(/[^A-Za-z0-9_]/g, '_')), column.type, true)).join(', ')} FROM ${quote(schema)}.${quote(target)}`,
  )
  return {
    table,
    rows: here.length,
    synced: there.length,
    different: notIn(here.map(toText), there.map(toText)).length,
    columns: columns.length,
    wrong: Object.fromEntries(
      columns.flatMap(({ name }, index) => {
        const [extra] = notIn(
          here.map((row) => row[index]),
          there.map((row) => row[index]),
        )
        return extra === undefined ? [] : [[name, extra]]
      }),
    ),
  }
}

const toText = (row: unknown[]) => JSON.stringify(row)

/** What `there` has that `here` has not, counting repeats. */
function notIn<T>(here: T[], there: T[]): T[] {
  const left = new Map<T, number>()
  for (const one of here) left.set(one, (left.get(one) ?? 0) + 1)
  return there.filter((one) => {
    const count = left.get(one) ?? 0
    if (count > 0) left.set(one, count - 1)
    return count === 0
  })
}

async function readRows(client: Client, sql: string): Promise<unknown[][]> {
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
  return rows
}

/** The destination holds these as text or in a wider type; read back as what they were, they must be the same. */
const castBack = new Set(['real', 'double precision', 'inet', 'cidr', 'interval', 'uuid', 'time with time zone'])

/** One text for one value on both sides, though the destination's column may be of a wider type. */
function toComparable(column: string, type: string, isSynced = false): string {
  if (type === 'bytea') return isSynced ? `${column}::text` : `replace(encode(${column}, 'base64'), E'\\n', '')`
  if (type === 'json' || type === 'jsonb') return `${column}::jsonb::text`
  if (type.endsWith('[]')) return isSynced ? `${column}::jsonb::text` : `to_jsonb(${column})::text`
  if (type === 'numeric') return `trim_scale(${column}::numeric)::text`
  if (castBack.has(type)) return `${column}::${type}::text`
  if (type === 'character') return `rtrim(${column}::text)`
  return `${column}::text`
}
