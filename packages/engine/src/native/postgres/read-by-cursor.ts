// Rows in the order of a cursor column. A state names a cursor value only when all rows of that value have been read,
// and counts them, so that the next sync can tell whether rows of the same value came later.
import { parseCopyField, parseCopyLine } from '../../load/copy-text.js'
import { quoteName } from '../../load/naming.js'
import { stateMessage } from '../../protocol/make.js'
import type { AirbyteMessage, StateValue } from '../../protocol/messages.js'
import type { TableColumn } from './column-kind.js'
import type { Tie } from './copy-lines.js'
import { lastTie } from './copy-lines.js'
import { isResumable } from './discover.js'
import type { AtPlace, CursorPlace } from './place.js'
import { atCursor, nullRows, parseCursorPlace, rowsPast, toCursorState, toKeySql, toKeyText } from './place.js'
import type { TableRead } from './table-read.js'
import { readLines, rowsPerState, toRecords } from './table-read.js'

/** Rows that share a cursor value; `lines` where all of them are in one batch. */
type CursorGroup = Pick<Tie, 'field' | 'count'> & { lines?: Buffer }

/** Most keys a state holds. A larger group, such as one bulk load, is only counted. */
const mostKeys = 2_000

/**
 * What is new since the place a state names. Rows that came later with the very cursor value the last sync ended at are
 * told from those it read by their keys, so none is missed and none comes twice. Without keys (no primary key, or
 * thousands of rows of one value) the rows of that value are read again when their number has changed: in append mode
 * those, and no others, can then be there twice.
 */
export async function* readByCursor(
  read: TableRead,
  cursor: TableColumn,
  state: StateValue | undefined,
): AsyncGenerator<AirbyteMessage> {
  const place = parseCursorPlace(state, cursor.name)
  const at = await lookAtPlace(read, cursor, place)
  const name = quoteName(cursor.name)
  let count = 0
  for await (const message of readLines(read, `WHERE ${nullRows(cursor, place, at)}`)) {
    count += message.records.count
    yield message
  }
  let group: CursorGroup | undefined
  for await (const message of readLines(read, `WHERE ${rowsPast(cursor, place, at)} ORDER BY ${name}`)) {
    const text = message.records.copyText
    const tie = lastTie(text, text.length)
    const before = groupBefore(text, tie, group)
    count += message.records.count
    if (!before || isPlace(before, place) || count - tie.count < rowsPerState) {
      yield message
    } else {
      if (tie.start > 0) yield toRecords(read, text.subarray(0, tie.start))
      yield stateMessage(read.stream.stream, toState(read, cursor, before), count - tie.count)
      yield toRecords(read, text.subarray(tie.start))
      count = tie.count
    }
    group =
      tie.start === 0 && group?.field.equals(tie.field) ? { field: tie.field, count: group.count + tie.count } : tie
  }
  yield stateMessage(read.stream.stream, await lastState(read, cursor, place, group), count)
}

/** The group that is complete just before the text's last tie. */
function groupBefore(text: Buffer, tie: Tie, group: CursorGroup | undefined): CursorGroup | undefined {
  if (tie.start === 0) return group && !group.field.equals(tie.field) ? group : undefined
  const before = lastTie(text, tie.start)
  if (before.start === 0 && group?.field.equals(before.field))
    return { field: before.field, count: before.count + group.count }
  return { field: before.field, count: before.count, lines: text.subarray(before.start, tie.start) }
}

function valueOf(group: CursorGroup): string | null {
  return parseCopyField(group.field.toString('utf8'))
}

/** Of the old place's own value only the newcomers were read, which is not a group a state could count. */
function isPlace(group: CursorGroup, place: CursorPlace | undefined): boolean {
  return place !== undefined && valueOf(group) === place.cursor
}

function toState({ table, columns }: TableRead, cursor: TableColumn, group: CursorGroup): StateValue {
  const places = table.primaryKey.map((key) => columns.findIndex((column) => column.name === key))
  const known = group.lines && group.count <= mostKeys && isResumable(table) && !places.includes(-1)
  const lines = known ? group.lines!.toString('utf8').slice(0, -1).split('\n') : undefined
  const keys = lines?.map((line) => {
    const fields = parseCopyLine(line)
    return toKeyText(places.map((at) => fields[at] ?? null))
  })
  return toCursorState(cursor.name, valueOf(group), group.count, keys)
}

async function lastState(
  read: TableRead,
  cursor: TableColumn,
  place: CursorPlace | undefined,
  group: CursorGroup | undefined,
): Promise<StateValue> {
  const value = group ? valueOf(group) : (place?.cursor ?? null)
  const count = await countAt(read, cursor, value)
  const keySql = toKeySql(read.table.primaryKey)
  if (keySql === undefined || count > mostKeys) return toCursorState(cursor.name, value, count)
  const { rows } = await read.client.query<{ key: string }>(`SELECT ${keySql} AS key ${fromTable(read, cursor, value)}`)
  return toCursorState(
    cursor.name,
    value,
    count,
    rows.map(({ key }) => key),
  )
}

async function lookAtPlace(read: TableRead, cursor: TableColumn, place: CursorPlace | undefined): Promise<AtPlace> {
  if (!place) return { kind: 'all' }
  const keySql = toKeySql(read.table.primaryKey)
  if (keySql !== undefined && place.cursor_record_keys)
    return { kind: 'except', keys: place.cursor_record_keys, keySql }
  const count = await countAt(read, cursor, place.cursor)
  return { kind: count === place.cursor_record_count ? 'none' : 'all' }
}

async function countAt(read: TableRead, cursor: TableColumn, value: string | null): Promise<number> {
  const { rows } = await read.client.query<{ count: string }>(
    `SELECT count(*) AS count ${fromTable(read, cursor, value)}`,
  )
  return Number(rows[0]?.count ?? 0)
}

function fromTable({ table }: TableRead, cursor: TableColumn, value: string | null): string {
  return `FROM ${quoteName(table.schema)}.${quoteName(table.name)} WHERE ${atCursor(cursor, value)}`
}
