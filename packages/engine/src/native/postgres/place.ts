// Where reading a table stopped, and the SQL that goes on from there.
import * as z from 'zod'
import { quoteName, quoteText } from '../../load/naming.js'
import type { StateValue } from '../../protocol/messages.js'
import type { TableColumn } from './column-kind.js'

/** After this row, in primary key order. */
const KeyPlace = z.object({
  state_type: z.literal('primary_key'),
  version: z.literal(1),
  primary_key: z.array(z.string()),
  last: z.array(z.string()),
})

/** Up to and with this value of the cursor, as source-postgres writes it; the keys are ours. */
const CursorPlace = z.object({
  state_type: z.literal('cursor_based'),
  version: z.literal(2),
  cursor_field: z.array(z.string()),
  /** NULL where only rows without a cursor value were there. */
  cursor: z.string().nullable(),
  /** Rows that had this value. */
  cursor_record_count: z.number(),
  /** Their primary keys, where the table has one and they are not too many. */
  cursor_record_keys: z.array(z.string()).optional(),
})
export type CursorPlace = z.infer<typeof CursorPlace>

/** The keys to go on after; nothing where the state is another's or the key has changed. */
export function parseKeyPlace(state: StateValue | undefined, primaryKey: string[]): string[] | undefined {
  const place = KeyPlace.safeParse(state)
  const same = place.success && JSON.stringify(place.data.primary_key) === JSON.stringify(primaryKey)
  return same && place.data.last.length === primaryKey.length ? place.data.last : undefined
}

/** The cursor to go on from; nothing where the state is another's or another column was chosen. */
export function parseCursorPlace(state: StateValue | undefined, cursorField: string): CursorPlace | undefined {
  const place = CursorPlace.safeParse(state)
  return place.success && place.data.cursor_field[0] === cursorField ? place.data : undefined
}

export function toKeyState(primaryKey: string[], last: string[]): StateValue {
  return { state_type: 'primary_key', version: 1, primary_key: primaryKey, last } satisfies z.infer<typeof KeyPlace>
}

export function toCursorState(field: string, cursor: string | null, count: number, keys?: string[]): StateValue {
  return {
    state_type: 'cursor_based',
    version: 2,
    cursor_field: [field],
    cursor,
    cursor_record_count: count,
    ...(keys && { cursor_record_keys: keys }),
  } satisfies CursorPlace
}

function literal(column: TableColumn, text: string): string {
  return `${quoteText(text)}::${column.sqlType}`
}

/** `("a", "b") > ('1'::bigint, 'x'::text)` */
export function afterKey(columns: TableColumn[], last: string[]): string {
  const names = columns.map((column) => quoteName(column.name)).join(', ')
  const values = columns.map((column, index) => literal(column, last[index]!)).join(', ')
  return `(${names}) > (${values})`
}

/** Rows at the place's own cursor value. */
export function atCursor(column: TableColumn, cursor: string | null): string {
  const name = quoteName(column.name)
  return cursor === null ? `${name} IS NULL` : `${name} = ${literal(column, cursor)}`
}

/**
 * What to read at the place's own cursor value: nothing, all of it, or all but the rows with these keys.
 * Rows of that value may have come after it was read.
 */
export type AtPlace = { kind: 'none' } | { kind: 'all' } | { kind: 'except'; keys: string[]; keySql: string }

function exceptKeys(at: AtPlace): string {
  if (at.kind !== 'except' || at.keys.length === 0) return at.kind === 'none' ? 'false' : 'true'
  return `${at.keySql} <> ALL (ARRAY[${at.keys.map(quoteText).join(', ')}]::text[])`
}

/** Rows without a cursor value that are to be read. */
export function nullRows(column: TableColumn, place: { cursor: string | null } | undefined, at: AtPlace): string {
  const wanted = place === undefined ? 'true' : place.cursor === null ? exceptKeys(at) : 'false'
  return `${quoteName(column.name)} IS NULL AND ${wanted}`
}

/** Rows with a cursor value that are to be read. */
export function rowsPast(column: TableColumn, place: { cursor: string | null } | undefined, at: AtPlace): string {
  const name = quoteName(column.name)
  if (place === undefined || place.cursor === null) return `${name} IS NOT NULL`
  const value = literal(column, place.cursor)
  if (at.kind !== 'except') return `${name} ${at.kind === 'none' ? '>' : '>='} ${value}`
  return `${name} >= ${value} AND (${name} > ${value} OR ${exceptKeys(at)})`
}

/** The separator is a control character that keys don't have. */
const keySeparator = '\u001f'

/** A row's primary key as one text; nothing for tables without one. */
export function toKeySql(primaryKey: string[]): string | undefined {
  if (primaryKey.length === 0) return undefined
  return `concat_ws(E'\\x1f', ${primaryKey.map(quoteName).join(', ')})`
}

/** The same text, from the key's fields as COPY wrote them. */
export function toKeyText(fields: (string | null)[]): string {
  return fields.map((field) => field ?? '').join(keySeparator)
}
