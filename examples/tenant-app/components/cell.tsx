import { formatValue, isName, parseTime } from '../lib/format'
import type { Column, Value } from '../lib/stream'

/** A value in a table: times are times to machines as well, nothing is a dash that says so. */
export function Cell({ column, value }: { column: Column; value: Value | undefined }) {
  if (value === null || value === undefined || value === '') {
    return (
      <span className="none">
        <span aria-hidden="true">–</span>
        <span className="unseen">none</span>
      </span>
    )
  }
  const text = formatValue(column, value)
  const time = typeof value === 'string' && isTime(column) ? parseTime(value) : undefined
  return time ? (
    <time dateTime={time.iso} title={typeof value === 'string' ? value : undefined}>
      {text}
    </time>
  ) : (
    <>{text}</>
  )
}

const isTime = ({ type }: Column) => type === 'date' || type === 'timestamp' || type === 'timestamptz'

/** Amounts stand at the right, so that their digits are below each other. */
export const toAlign = (column: Column) =>
  (column.type === 'integer' || column.type === 'decimal') && !isName(column) ? 'number' : 'text'
