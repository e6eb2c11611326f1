import fc from 'fast-check'
import { expect, test } from 'vitest'
// Tests may know what the product may not: how the engine, and Airbyte with it, reads a schedule.
import { nextTime, parseCron } from '../../../engine/src/jobs/quartz-cron.js'
import { guardSchedule } from '../map/connection.js'
import { syncPeriods, toMinutes, toOwnMinute, toOwnSchedule } from './spread-schedule.js'

const periods = syncPeriods.filter((period) => period !== 'manual')
const cronOf = (tenantId: string, period: (typeof syncPeriods)[number]) => {
  const schedule = toOwnSchedule(tenantId, period)
  return schedule.scheduleType === 'cron' ? schedule.cronExpression : ''
}

test.each([
  ['1h', /^0 \d+ \d+\/1 \* \* \?$/],
  ['6h', /^0 \d+ [0-5]\/6 \* \* \?$/],
  ['24h', /^0 \d+ \d+ \* \* \?$/],
  ['7d', /^0 \d+ \d+ \? \* [1-7]$/],
] as const)('every %s is Quartz cron', (period, expected) => expect(cronOf('acme', period)).toMatch(expected))

test('manual stays manual', () => expect(toOwnSchedule('acme', 'manual')).toEqual({ scheduleType: 'manual' }))

test('whoever the tenant is, its schedule is one Airbyte takes, always the same, and comes round once a period', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...periods), (tenantId, period) => {
      const schedule = toOwnSchedule(tenantId, period)
      expect(toOwnSchedule(tenantId, period)).toEqual(schedule)
      guardSchedule(schedule)
      const parsed = parseCron(cronOf(tenantId, period))
      expect(parsed.kind).toBe('cron')
      if (parsed.kind !== 'cron') return
      let at = new Date('2026-03-01T00:00:00Z')
      const times = Array.from({ length: 5 }, () => (at = nextTime(parsed.cron, at) ?? at).getTime())
      const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 60_000)
      expect(new Set(gaps)).toEqual(new Set([toMinutes(period)]))
    }),
  )
})

const countBy = (places: readonly number[], buckets: number) => {
  const counts = new Array<number>(buckets).fill(0)
  for (const place of places) counts[place] = (counts[place] ?? 0) + 1
  return counts
}

test('a thousand tenants do not start on the hour: no minute of a day has more than 7, no hour less than half its share', () => {
  const prefix = fc.constantFrom('tenant-', 'org_', 'https://host.example/customers/', '')
  fc.assert(
    fc.property(prefix, fc.nat({ max: 1_000_000 }), (name, first) => {
      const minutes = Array.from({ length: 1_000 }, (_, index) => toOwnMinute(`${name}${first + index}`, 1_440))
      expect(Math.max(...countBy(minutes, 1_440))).toBeLessThanOrEqual(7)
      const hours = countBy(
        minutes.map((minute) => Math.floor(minute / 60)),
        24,
      )
      expect(Math.min(...hours)).toBeGreaterThanOrEqual(16)
      expect(Math.max(...hours)).toBeLessThanOrEqual(75)
      // On the hour, where they all were before, stands no more than its share.
      expect(minutes.filter((minute) => minute % 60 === 0).length).toBeLessThanOrEqual(45)
    }),
    { numRuns: 50, seed: 7 },
  )
})
