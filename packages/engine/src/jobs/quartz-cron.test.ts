import { describe, expect, it } from 'vitest'
import { nextTime, parseCron } from './quartz-cron.js'

const now = new Date('2026-02-27T10:30:00Z') // a Friday
const next = (expression: string) => {
  const parsed = parseCron(expression)
  return parsed.kind === 'cron' ? (nextTime(parsed.cron, now)?.toISOString() ?? null) : parsed.kind
}

describe('the next time after Friday 2026-02-27 10:30', () => {
  it.each([
    ['every hour', '0 0 * * * ?', '2026-02-27T11:00:00.000Z'],
    ['every hour, as Airbyte reads it back', '0 0 * * * ? UTC', '2026-02-27T11:00:00.000Z'],
    ['half past, which is now and so not again', '0 30 * * * ?', '2026-02-27T11:30:00.000Z'],
    ['every six hours', '0 0 0/6 * * ?', '2026-02-27T12:00:00.000Z'],
    ['at 2 and at 14', '0 15 2,14 * * ?', '2026-02-27T14:15:00.000Z'],
    ['at night', '0 0 3 * * ?', '2026-02-28T03:00:00.000Z'],
    ['on workdays', '0 0 9 ? * MON-FRI', '2026-03-02T09:00:00.000Z'],
    ['on Sundays, by number', '0 0 9 ? * 1', '2026-03-01T09:00:00.000Z'],
    ['on the first', '30 0 0 1 * ?', '2026-03-01T00:00:30.000Z'],
    ['in a leap year', '0 0 0 29 2 ?', '2028-02-29T00:00:00.000Z'],
    ['in a year to come', '0 0 0 1 1 ? 2030', '2030-01-01T00:00:00.000Z'],
    ['in a year that was', '0 0 0 1 1 ? 2020', null],
    ['on a day there is not', '0 0 0 31 FEB ?', null],
  ])('%s: %s', (_, expression, time) => {
    expect(next(expression)).toBe(time)
  })
})

it.each([
  ['five fields', '0 0 * * ?', 'invalid'],
  ['an hour there is not', '0 0 24 * * ?', 'invalid'],
  ['a last day of the month', '0 0 0 L * ?', 'invalid'],
  ['a range the wrong way round', '0 0 5-3 * * ?', 'invalid'],
  ['words', 'every hour on the hour please', 'invalid'],
  ['every second', '* * * * * ?', 'too_often'],
  ['every quarter of an hour', '0 0/15 * * * ?', 'too_often'],
])('refuses %s', (_, expression, kind) => {
  expect(parseCron(expression).kind).toBe(kind)
})
