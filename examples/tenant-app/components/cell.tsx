import { formatMoment, formatValue, isName, parseTime } from '../lib/format'
import type { Column, Value } from '../lib/stream'

interface Props {
  column: Column
  value: Value | undefined
  /** `whole`: with seconds and zone, where there is room for them. @default 'short' */
  times?: 'short' | 'whole'
}

/** A value in a table: times are times to machines as well, nothing is a dash that says so. */
export function Cell({ column, value, times = 'short' }: Props) {
  if (isNothing(value)) {
    return (
      <span className="none">
        <span aria-hidden="true">–</span>
        <span className="unseen">none</span>
      </span>
    )
  }
  if (!isTime(column) || typeof value !== 'string') return <>{formatValue(column, value)}</>
  const time = parseTime(value)
  const text = times === 'whole' ? formatMoment(value) : formatValue(column, value)
  return time ? (
    <time dateTime={time.iso} title={value}>
      {text}
    </time>
  ) : (
    <>{text}</>
  )
}

/** Whether there is nothing to be seen of it. */
export const isNothing = (value: Value | undefined): value is null | undefined | '' =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

const isTime = ({ type }: Column) => type === 'date' || type === 'timestamp' || type === 'timestamptz'

/** Amounts stand at the right, so that their digits are below each other. */
export const toAlign = (column: Column) =>
  (column.type === 'integer' || column.type === 'decimal') && !isName(column) ? 'number' : 'text'
