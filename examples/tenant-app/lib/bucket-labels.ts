import { formatTime } from './format'
import type { Unit } from './time-buckets'

const months = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })

/** A bar's time: `28 Feb 2026`, `Feb 2026`, `2026 Q1`, `2026`. */
export function describeBucket(start: string, unit: Unit): string {
  const date = new Date(`${start}T00:00:00Z`)
  switch (unit) {
    case 'day':
    case 'week':
      return formatTime(start)
    case 'month':
      return months.format(date)
    case 'quarter':
      return `${date.getUTCFullYear()} Q${date.getUTCMonth() / 3 + 1}`
    case 'year':
      return String(date.getUTCFullYear())
  }
}
