// How often a schedule comes round in thirty days. Pure; what it can't read it does not guess.
import type { Figure, Schedule } from '@opsai/contract'
import { counted, unknown } from './figures.js'

const MONTH_DAYS = 30
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** Values a field of a Quartz expression has: `*`, `?`, lists, ranges, steps and days' names. */
function countValues(field: string, first: number, last: number): number | undefined {
  const values = new Set<number>()
  for (const part of field.toUpperCase().split(',')) {
    const [, from = '', , to, step] = /^(\*|\?|\w+)(-(\w+))?(?:\/(\d+))?$/.exec(part) ?? []
    const isAny = from === '*' || from === '?'
    const start = isAny ? first : toNumber(from)
    const end = to !== undefined ? toNumber(to) : isAny || step !== undefined ? last : start
    const by = step === undefined ? 1 : Number(step)
    if (!(start >= first && end <= last && start <= end && by >= 1)) return undefined
    for (let value = start; value <= end; value += by) values.add(value)
  }
  return values.size
}

const toNumber = (word: string) => {
  const day = weekdays.indexOf(word)
  return day >= 0 ? day + 1 : /^\d+$/.test(word) ? Number(word) : NaN
}

/**
 * Syncs in thirty days; unknown for a manual schedule, and for one written in a way that is not understood here.
 *
 * @example
 * countRuns({ scheduleType: 'cron', cronExpression: '0 17 2/6 * * ?' }) // { known: 'counted', value: 120 }
 */
export function countRuns(schedule: Schedule): Figure {
  if (schedule.scheduleType === 'manual') return unknown()
  const fields = schedule.cronExpression.trim().split(/\s+/)
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  const inMinute = countValues(second, 0, 59)
  const minutes = countValues(minute, 0, 59)
  const hours = countValues(hour, 0, 23)
  const days = countValues(day, 1, 31)
  const months = countValues(month, 1, 12)
  const inWeek = countValues(weekday, 1, 7)
  if (!inMinute || !minutes || !hours || !days || months !== 12 || !inWeek) return unknown()
  return counted(Math.round(inMinute * minutes * hours * Math.min(days, MONTH_DAYS) * (inWeek / 7)))
}
