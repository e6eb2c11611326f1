// Records → COPY lines with Airbyte's own columns in front.
import { randomUUID } from 'node:crypto'
import type { RecordChange, RecordMessage, RecordsMessage } from '../protocol/messages.js'
import type { Coerced } from './coerce.js'
import { coerceText, coerceValue, toChange } from './coerce.js'
import type { Column } from './column-type.js'
import { parseCopyLine, toCopyField } from './copy-text.js'

/** What is the same in every row of one stream and sync. */
export interface RowFacts {
  syncId: number
  generationId: number
}

const lineFeed = 10
const uuidLength = 36

function ownFields(facts: RowFacts, emittedAt: number, changes: RecordChange[]): string {
  const meta = JSON.stringify({ sync_id: facts.syncId, changes })
  return `\t${new Date(emittedAt).toISOString()}\t${toCopyField(meta)}\t${facts.generationId}`
}

function toLine(
  columns: Column[],
  coerced: Coerced[],
  facts: RowFacts,
  emittedAt: number,
  before: RecordChange[],
): string {
  let changes = before
  let fields = ''
  for (const [index, one] of coerced.entries()) {
    if (one.kind === 'fits') {
      fields += `\t${toCopyField(one.text)}`
    } else {
      fields += '\t\\N'
      changes = [...changes, toChange(columns[index]!.field, one.reason)]
    }
  }
  return `${randomUUID()}${ownFields(facts, emittedAt, changes)}${fields}\n`
}

/** One record as a line; fields without a column are left out. */
export function recordToLine({ record }: RecordMessage, columns: Column[], facts: RowFacts): string {
  const coerced = columns.map((column) =>
    coerceValue(Object.hasOwn(record.data, column.field) ? record.data[column.field] : null, column.type),
  )
  return toLine(columns, coerced, facts, record.emitted_at, record.meta?.changes ?? [])
}

/** Whole lines as Postgres wrote them, each with the own columns put in front: bytes are moved, not read. */
export function prefixLines({ copyText, count, emitted_at }: RecordsMessage['records'], facts: RowFacts): Buffer {
  const own = Buffer.from(`${ownFields(facts, emitted_at, [])}\t`, 'latin1')
  const out = Buffer.allocUnsafe(copyText.length + count * (uuidLength + own.length))
  let to = 0
  for (let from = 0; from < copyText.length;) {
    const end = copyText.indexOf(lineFeed, from) + 1
    to += out.write(randomUUID(), to, uuidLength, 'latin1')
    to += own.copy(out, to)
    to += copyText.copy(out, to, from, end)
    from = end
  }
  return out
}

/** The same lines value by value, for when Postgres refused one of them: what doesn't fit becomes NULL. */
export function coerceLines(
  { copyText, columns: fields, emitted_at }: RecordsMessage['records'],
  columns: Column[],
  facts: RowFacts,
): Buffer {
  const places = columns.map((column) => fields.indexOf(column.field))
  const lines = copyText.toString('utf8').split('\n').slice(0, -1)
  const coerced = lines.map((line) => {
    const values = parseCopyLine(line)
    return toLine(
      columns,
      columns.map((column, index) => coerceText(values[places[index]!] ?? null, column.type)),
      facts,
      emitted_at,
      [],
    )
  })
  return Buffer.from(coerced.join(''), 'utf8')
}
