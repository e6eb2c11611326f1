// Cron expressions as Airbyte takes them: Quartz's 6 or 7 fields, always in UTC, at most hourly.
// Lists, ranges, steps and names are understood; Quartz's L, W and # are not.

/** A parsed expression: which values each field may have. */
export interface Cron {
  seconds: Set<number>
  minutes: Set<number>
  hours: Set<number>
  daysOfMonth: Set<number>
  months: Set<number>
  /** 1 is Sunday, as in Quartz. */
  daysOfWeek: Set<number>
  /** All years where missing. */
  years?: Set<number>
}

export type ParsedCron =
  { kind: 'cron'; cron: Cron; expression: string } | { kind: 'invalid'; reason: string } | { kind: 'too_often' }

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** Parses an expression; a `UTC` behind it is Airbyte's own addition and dropped. */
export function parseCron(text: string): ParsedCron {
  const expression = text.trim().replace(/\s+UTC$/i, '')
  const fields = expression.split(/\s+/)
  if (fields.length !== 6 && fields.length !== 7) {
    return { kind: 'invalid', reason: `a cron expression has 6 or 7 fields, this one has ${fields.length}` }
  }
  try {
    const [second = '', minute = '', hour = '', day = '', month = '', weekday = '', year] = fields
    const cron: Cron = {
      seconds: parseField(second, 'seconds', 0, 59),
      minutes: parseField(minute, 'minutes', 0, 59),
      hours: parseField(hour, 'hours', 0, 23),
      daysOfMonth: parseField(day, 'day of month', 1, 31),
      months: parseField(month, 'month', 1, 12, months),
      daysOfWeek: parseField(weekday, 'day of week', 1, 7, weekdays),
      ...(year !== undefined && year !== '*' && { years: parseField(year, 'year', 1970, 2199) }),
    }
    if (cron.seconds.size > 1 || cron.minutes.size > 1) return { kind: 'too_often' }
    return { kind: 'cron', cron, expression }
  } catch (error) {
    return { kind: 'invalid', reason: error instanceof Error ? error.message : String(error) }
  }
}

function parseField(text: string, field: string, first: number, last: number, names: string[] = []): Set<number> {
  const toNumber = (word: string) => {
    const named = names.indexOf(word.toUpperCase())
    const value = named >= 0 ? named + first : Number(word)
    if (!/^(\d+|[A-Za-z]{3})$/.test(word) || !Number.isInteger(value) || value < first || value > last) {
      throw new Error(`"${word}" is not a value of the field ${field}`)
    }
    return value
  }
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const [range = '', step, extra] = part.split('/')
    if (extra !== undefined) throw new Error(`"${part}" is not a value of the field ${field}`)
    const size = step === undefined ? 1 : Number(step)
    if (!Number.isInteger(size) || size < 1) throw new Error(`"${part}" has no whole step in the field ${field}`)
    const [from, to] = toRange(range, step !== undefined, first, last, toNumber)
    for (let value = from; value <= to; value += size) values.add(value)
    if (values.size === 0) throw new Error(`"${part}" names nothing in the field ${field}`)
  }
  return values
}

function toRange(
  range: string,
  stepped: boolean,
  first: number,
  last: number,
  toNumber: (word: string) => number,
): [number, number] {
  if (range === '*' || range === '?') return [first, last]
  const [from = '', to] = range.split('-')
  if (to !== undefined) return [toNumber(from), toNumber(to)]
  return [toNumber(from), stepped ? last : toNumber(from)]
}

const dayMs = 86_400_000
const daysAhead = 366 * 9

/** The first time after `date` that fits, or null where none comes within nine years. */
export function nextTime(cron: Cron, date: Date): Date | null {
  const today = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  for (let day = today; day < today + daysAhead * dayMs; day += dayMs) {
    if (!fitsDay(cron, new Date(day))) continue
    const time = timesOfDay(cron).find((ms) => day + ms > date.getTime())
    if (time !== undefined) return new Date(day + time)
  }
  return null
}

function fitsDay(cron: Cron, day: Date) {
  return (
    cron.months.has(day.getUTCMonth() + 1) &&
    cron.daysOfMonth.has(day.getUTCDate()) &&
    cron.daysOfWeek.has(day.getUTCDay() + 1) &&
    (cron.years?.has(day.getUTCFullYear()) ?? true)
  )
}

function timesOfDay({ hours, minutes, seconds }: Cron): number[] {
  const times = [...hours].flatMap((hour) =>
    [...minutes].flatMap((minute) => [...seconds].map((second) => ((hour * 60 + minute) * 60 + second) * 1000)),
  )
  return times.sort((a, b) => a - b)
}
