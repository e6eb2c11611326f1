// A cron expression in words, for people.
import type { Cron } from './quartz-cron.js'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = 'January February March April May June July August September October November December'.split(' ')

/**
 * @example
 * describeCron(cron) // 'At 06:30 and 18:30, only on Monday'
 */
export function describeCron(cron: Cron): string {
  return [
    describeTimes(cron),
    ...(cron.daysOfWeek.size < 7 ? [`only on ${list(cron.daysOfWeek, (day) => weekdays[day - 1] ?? '')}`] : []),
    ...(cron.daysOfMonth.size < 31 ? [`on day ${list(cron.daysOfMonth, String)} of the month`] : []),
    ...(cron.months.size < 12 ? [`only in ${list(cron.months, (month) => months[month - 1] ?? '')}`] : []),
    ...(cron.years ? [`in ${list(cron.years, String)}`] : []),
  ].join(', ')
}

function describeTimes({ hours, minutes, seconds }: Cron): string {
  const [minute = 0] = minutes
  const [second = 0] = seconds
  const clock = (hour: number) => [hour, minute, ...(second ? [second] : [])].map(twoDigits).join(':')
  if (hours.size < 24) return `At ${list(hours, clock)}`
  return minute === 0 && second === 0
    ? 'Every hour'
    : `Every hour, at minute ${minute}${second ? ` and ${second} s` : ''}`
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

function list(values: Set<number>, toWord: (value: number) => string): string {
  const words = [...values].sort((a, b) => a - b).map(toWord)
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}
