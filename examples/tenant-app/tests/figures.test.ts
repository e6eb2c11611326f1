import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeBucket } from '../lib/bucket-labels'
import { parseExactJson } from '../lib/exact-json'
import {
  formatAbout,
  formatAge,
  formatCount,
  formatMoment,
  formatShare,
  formatTime,
  formatValue,
  groupDigits,
  toHref,
} from '../lib/format'
import type { ColumnType } from '../lib/stream'
import { toSeries } from '../lib/time-buckets'

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const counts = fc.uniqueArray(fc.record({ day, rows: fc.integer({ min: 1, max: 1000 }) }), {
  selector: (one) => one.day,
  minLength: 1,
  maxLength: 60,
})

test('no row is lost between the days and the bars, and the bars have no gaps', () => {
  fc.assert(
    fc.property(counts, (days) => {
      const series = toSeries(days)!
      const shown = series.buckets.reduce((sum, { rows }) => sum + rows, 0)
      expect(shown + series.outside).toBe(days.reduce((sum, { rows }) => sum + rows, 0))
      expect(series.buckets.length).toBeLessThanOrEqual(40)
      const starts = series.buckets.map(({ start }) => Date.parse(start) / 86_400_000)
      const longest = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }[series.unit]
      starts.slice(1).forEach((start, index) => expect(start - starts[index]!).toBeLessThanOrEqual(longest))
    }),
  )
})

test.each([
  [['2026-01-01'], 'day', 1],
  [['2026-01-01', '2026-02-01'], 'day', 32],
  [['2026-01-01', '2026-06-01'], 'week', 23],
  [['2024-01-31', '2026-06-01'], 'month', 30],
  [['2018-01-31', '2026-06-01'], 'quarter', 34],
  [['1990-05-05', '2026-06-01'], 'year', 37],
])('%j is shown by %s', (days, unit, bars) => {
  const series = toSeries(days.map((one) => ({ day: one, rows: 1 })))
  expect([series?.unit, series?.buckets.length]).toEqual([unit, bars])
})

test('a few dates far off squeeze nothing together', () => {
  const days = Array.from({ length: 30 }, (_, index) => ({
    day: `2026-01-${String(index + 1).padStart(2, '0')}`,
    rows: 10,
  }))
  const series = toSeries([
    { day: '0001-01-01', rows: 1 },
    ...days,
    { day: '9999-12-31', rows: 1 },
    { day: '294276-12-31', rows: 1 },
  ])
  expect([series?.unit, series?.buckets.length, series?.outside]).toEqual(['day', 30, 3])
  expect(toSeries([{ day: 'infinity', rows: 4 }])).toBeUndefined()
})

test.each([
  ['day', '2026-02-28', '28 Feb 2026'],
  ['month', '2026-02-01', 'Feb 2026'],
  ['quarter', '2026-04-01', '2026 Q2'],
  ['year', '2026-01-01', '2026'],
] as const)('a %s is called by its name', (unit, start, label) => expect(describeBucket(start, unit)).toBe(label))

const column = (type: ColumnType, label = 'Some') => ({ name: 'c', type, label })

test.each([
  [column('decimal'), '1234567.80', '1,234,567.80'],
  [column('integer'), '-9007199254740993', '-9,007,199,254,740,993'],
  [column('integer', 'Order ID'), '1234567', '1234567'],
  [column('decimal'), 'NaN', 'NaN'],
  [column('date'), '2026-02-28', '28 Feb 2026'],
  [column('timestamptz'), '2026-02-28 14:05:33.123456+00', '28 Feb 2026, 14:05'],
  [column('timestamp'), '0044-03-15 12:00:00 BC', '0044-03-15 12:00:00 BC'],
  [column('date'), '0044-03-15', '0044-03-15'],
  [column('timestamptz'), 'infinity', 'infinity'],
  [column('boolean'), false, 'No'],
  [column('json'), { a: [1] }, '{"a":[1]}'],
  [column('text'), null, ''],
])('%j %j is read as %j', (of, value, text) => expect(formatValue(of, value)).toBe(text))

test.each([
  ['2026-02-28 14:05:33.1234+00', '28 Feb 2026, 14:05:33.1234 UTC'],
  ['2026-02-28 14:05:00+00', '28 Feb 2026, 14:05 UTC'],
  ['2026-02-28 14:05:00', '28 Feb 2026, 14:05'],
  ['2026-02-28', '28 Feb 2026'],
  ['0044-03-15 12:00:00+00', '0044-03-15 12:00:00+00'],
  ['-infinity', '-infinity'],
])('all there is of %s is %s', (text, moment) => expect(formatMoment(text)).toBe(moment))

test('what is estimated has two digits', () =>
  expect([7, 1_234, 25_413, 1_234_567].map(formatAbout)).toEqual(['7', '1,200', '25,000', '1.2 million']))

test('digits are grouped and none is lost', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{1,40}(\.\d{1,10})?$/), (number) => {
      expect(groupDigits(number).replaceAll(',', '')).toBe(number)
    }),
  )
})

test.each([
  [{ exactness: 'exact', rows: 1 }, '1 row'],
  [{ exactness: 'exact', rows: 1204 }, '1,204 rows'],
  [{ exactness: 'about', rows: 1_012_345, blocks: 9 }, 'about 1 million rows'],
  [{ exactness: 'about', rows: 102_345, blocks: 9 }, 'about 100,000 rows'],
] as const)('%j', (count, text) => expect(formatCount(count)).toBe(text))

test('shares and ages in words', () => {
  expect([0, 0.004, 0.5, 1].map(formatShare)).toEqual(['0%', 'under 1%', '50%', '100%'])
  const now = new Date('2026-03-01T12:00:00Z')
  const ages = [
    '2026-03-01 11:59:30+00',
    '2026-03-01 09:00:00.5+00',
    '2026-02-28 11:00:00+00',
    '2024-01-01 00:00:00+00',
    'infinity',
  ]
  expect(ages.map((time) => formatAge(time, now))).toEqual([
    'just now',
    '3 hours ago',
    'yesterday',
    '2 years ago',
    'infinity',
  ])
  expect(formatTime('2026-02-28')).toBe('28 Feb 2026')
})

test.each([
  ['https://example.com/a?b', 'https://example.com/a?b'],
  ['ada@example.com', 'mailto:ada@example.com'],
  ['javascript:alert(1)', undefined],
  ['https://', undefined],
  ['data:text/html,x', undefined],
  ['x https://example.com', undefined],
  ['ada@example.com?subject=x', undefined],
])('%s leads to %s', (text, href) => expect(toHref(text)).toBe(href))

test('JSON keeps every digit', () => {
  expect(
    parseExactJson('{"id":12345678901234567890,"a":[1.5,1e400,-0.1,1.50],"b":"1234567890123456789012","c":null}'),
  ).toEqual({
    id: '12345678901234567890',
    a: [1.5, '1e400', -0.1, 1.5],
    b: '1234567890123456789012',
    c: null,
  })
  fc.assert(
    fc.property(
      fc.json(),
      (json) => void expect(JSON.stringify(parseExactJson(json))).toBe(JSON.stringify(JSON.parse(json))),
    ),
  )
})
