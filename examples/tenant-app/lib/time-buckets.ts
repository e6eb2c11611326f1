// Days into bars: by day, week, month, quarter or year, whichever gives few enough, with those in between that have
// nothing. A handful of dates far off, as typing errors make them, must not squeeze the rest into one bar.

export interface DayCount {
  /** `2026-02-28` */
  day: string
  rows: number
}

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface Bucket {
  /** Its first day. */
  start: string
  rows: number
}

export interface Series {
  unit: Unit
  buckets: Bucket[]
  /** Rows before or after what is shown. */
  outside: number
}

const MOST_BUCKETS = 40
const DAY = 86_400_000
const lengths: readonly (readonly [Unit, number])[] = [
  ['day', 1],
  ['week', 7],
  ['month', 30.44],
  ['quarter', 91.3],
  ['year', 365.25],
]

/** Years of four digits; others are outside of any picture. */
const toTime = (day: string): number => (/^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN)
const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** @returns undefined where there is no day to show */
export function toSeries(days: readonly DayCount[]): Series | undefined {
  const known = days
    .map(({ day, rows }) => ({ time: toTime(day), rows }))
    .filter(({ time }) => !Number.isNaN(time))
    .sort((a, b) => a.time - b.time)
  const all = days.reduce((sum, { rows }) => sum + rows, 0)
  const range = toRange(known)
  if (!range) return undefined
  const unit = toUnit((range.last - range.first) / DAY + 1)
  const counts = new Map<number, number>()
  for (let start = toStart(range.first, unit); start <= range.last; start = toNext(start, unit)) counts.set(start, 0)
  const starts = [...counts.keys()]
  const from = starts.at(-MOST_BUCKETS) ?? starts[0] ?? range.first
  let shown = 0
  for (const { time, rows } of known) {
    const start = toStart(time, unit)
    if (start < from || time > range.last || !counts.has(start)) continue
    counts.set(start, (counts.get(start) ?? 0) + rows)
    shown += rows
  }
  const buckets = starts.slice(-MOST_BUCKETS).map((start) => ({ start: toDay(start), rows: counts.get(start) ?? 0 }))
  return { unit, buckets, outside: all - shown }
}

/** From the first to the last day, but for the outermost hundredth where leaving it out halves the time. */
function toRange(days: readonly { time: number; rows: number }[]): { first: number; last: number } | undefined {
  const [first, last] = [days[0]?.time, days.at(-1)?.time]
  if (first === undefined || last === undefined) return undefined
  const all = days.reduce((sum, { rows }) => sum + rows, 0)
  const at = (share: number) => {
    let seen = 0
    return days.find(({ rows }) => (seen += rows) > all * share)?.time ?? last
  }
  const [low, high] = [at(0.01), at(0.99)]
  return (high - low) * 2 < last - first ? { first: low, last: high } : { first, last }
}

const toUnit = (days: number): Unit => lengths.find(([, length]) => days / length <= MOST_BUCKETS)?.[0] ?? 'year'

/** Weeks begin on Monday. */
function toStart(time: number, unit: Unit): number {
  const date = new Date(time)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  switch (unit) {
    case 'day':
      return time
    case 'week':
      return time - ((date.getUTCDay() + 6) % 7) * DAY
    case 'month':
      return utc(year, month)
    case 'quarter':
      return utc(year, month - (month % 3))
    case 'year':
      return utc(year, 0)
  }
}

function toNext(start: number, unit: Unit): number {
  const date = new Date(start)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  switch (unit) {
    case 'day':
      return start + DAY
    case 'week':
      return start + 7 * DAY
    case 'month':
      return utc(year, month + 1)
    case 'quarter':
      return utc(year, month + 3)
    case 'year':
      return utc(year + 1, 0)
  }
}

/** `Date.UTC` takes years below 100 for those of the last century. */
function utc(year: number, month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month, 1)
  return date.getTime()
}
