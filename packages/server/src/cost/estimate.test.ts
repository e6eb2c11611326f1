import type { ConnectionStream, Figure, Known } from '@opsai/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countRuns } from './count-runs.js'
import { publishedPrices, toCreditRate } from './credit-rate.js'
import { estimate, type StreamKnowledge } from './estimate.js'
import { combine, counted, sampled, sum, typical, unknown } from './figures.js'

const cron = (cronExpression: string) => countRuns({ scheduleType: 'cron', cronExpression })
test.each([
  ['0 17 4 * * ?', 30],
  ['0 0 2/6 * * ?', 120],
  ['0 5 0/1 * * ?', 720],
  ['0 5 * * * ?', 720],
  ['0 0/5 * * * ?', 8_640],
  ['0 */10 9-17 ? * MON-FRI', 1_157],
  ['0 0 6,18 ? * MON-FRI', 43],
  ['0 0 6 ? * 2', 4],
  ['0 0 6 1 * ?', 1],
  ['0 0 6 1,15 * ? 2026', 2],
])('%s comes round %i times in thirty days', (expression, runs) => expect(cron(expression)).toEqual(counted(runs)))

test.each(['0 0 6 L * ?', '0 60 6 * * ?', '0 0 6 ? * 6#3', '0 0 26 * * ?', '0 0 6 * 2 ?', 'x'])(
  '%s is not guessed at',
  (expression) => expect(cron(expression)).toEqual(unknown()),
)
test('a manual schedule comes round nobody knows how often', () =>
  expect(countRuns({ scheduleType: 'manual' })).toEqual(unknown()))

const daily = { rate: toCreditRate('cloud', 'CRM', publishedPrices), syncsPerMonth: counted(30) }
const stream = (syncMode: ConnectionStream['syncMode']): ConnectionStream => ({ name: 'deals', syncMode })
const one = (mode: ConnectionStream['syncMode'], knowledge: StreamKnowledge | undefined, circumstances = daily) =>
  estimate([stream(mode)], [knowledge], circumstances).streams[0]!

test('everything each time: what was counted, as often as it syncs', () => {
  expect(one('full_refresh_overwrite', { rows: counted(50_000) })).toEqual({
    name: 'deals',
    syncMode: 'full_refresh_overwrite',
    firstRows: counted(50_000),
    rowsPerSync: counted(50_000),
    rowsPerMonth: counted(1_500_000),
    requestsPerMonth: typical(15_000),
    firstCredits: counted(0.3),
    creditsPerMonth: counted(9),
  })
})

test('only what is new: as earlier syncs were, else as it usually is, and that is said', () => {
  const told = one('incremental_deduped_history', { rows: counted(50_000), laterRows: sampled(200) })
  expect([told.rowsPerSync, told.rowsPerMonth, told.creditsPerMonth]).toEqual([
    sampled(200),
    sampled(6_000),
    sampled(0.036),
  ])
  const guessed = one('incremental_append', { rows: counted(50_000) })
  expect([guessed.firstRows, guessed.rowsPerSync]).toEqual([counted(50_000), typical(500)])
})

test('a sample that did not meet the end says how many rows there are at least, and of requests that there is one', () =>
  expect(one('full_refresh_append', { rows: unknown(1_000) })).toMatchObject({
    rowsPerMonth: unknown(30_000),
    requestsPerMonth: unknown(30),
  }))

test('a stream nobody knows anything of stays unknown, and so does every total it is part of', () => {
  const none = one('full_refresh_append', undefined)
  expect([none.firstRows, none.creditsPerMonth]).toEqual([unknown(), unknown()])
  const { total } = estimate(
    [stream('full_refresh_append'), stream('full_refresh_append')],
    [{ rows: counted(1_000) }, { rows: unknown(20) }],
    daily,
  )
  expect(total.firstRows).toEqual(unknown(1_020))
  expect(total.rowsPerMonth).toEqual(unknown(30_600))
  expect(total.firstCredits).toEqual(unknown(0.00612))
})

test('databases and files are sold by weight: measured, or typical', () => {
  const database = { ...daily, rate: toCreditRate('cloud', 'Databases', publishedPrices) }
  const weighed = one('full_refresh_append', { rows: counted(1_000_000), bytesPerRow: sampled(500) }, database)
  expect([weighed.firstCredits, weighed.requestsPerMonth]).toEqual([sampled(2), unknown()])
  expect(one('full_refresh_append', { rows: counted(1_000_000) }, database).firstCredits).toEqual(typical(4))
})

test.each(['embedded', 'selfManaged'] as const)('%s sells no credits: that is known, whatever the rest', (edition) => {
  const circumstances = { ...daily, rate: toCreditRate(edition, 'CRM', publishedPrices) }
  const { firstCredits, creditsPerMonth, firstRows } = one('full_refresh_append', undefined, circumstances)
  expect([firstCredits, creditsPerMonth, firstRows.known]).toEqual([counted(0), counted(0), 'unknown'])
})

test('a manual connection has a first sync and no month', () => {
  const manual = { ...daily, syncsPerMonth: unknown() }
  const { firstRows, firstCredits, rowsPerMonth, rowsPerSync } = one(
    'incremental_append',
    { rows: counted(10) },
    manual,
  )
  expect([firstRows, firstCredits, rowsPerSync, rowsPerMonth]).toEqual([
    counted(10),
    counted(0.00006),
    unknown(),
    unknown(),
  ])
})

const anyFigure: fc.Arbitrary<Figure> = fc.oneof(
  fc.nat().map(counted),
  fc.nat().map(sampled),
  fc.nat().map(typical),
  fc.nat().map((atLeast) => unknown(atLeast)),
)
const ranks: Known[] = ['unknown', 'typical', 'sampled', 'counted']

test('no figure is ever known better than its parts, and an unknown one has no value', () => {
  const knowledge = fc.option(
    fc.record({ rows: anyFigure, laterRows: anyFigure, bytesPerRow: anyFigure }, { requiredKeys: ['rows'] }),
    { nil: undefined },
  )
  const mode = fc.constantFrom<ConnectionStream['syncMode']>('full_refresh_append', 'incremental_deduped_history')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(mode, knowledge), { minLength: 1, maxLength: 6 }),
      anyFigure,
      (parts, syncsPerMonth) => {
        const { streams, total } = estimate(
          parts.map(([syncMode]) => stream(syncMode)),
          parts.map(([, told]) => told),
          { ...daily, syncsPerMonth },
        )
        for (const [name, figure] of Object.entries(total)) {
          const worst = Math.min(...streams.map((each) => ranks.indexOf(each[name as keyof typeof total].known)))
          expect(figure.known).toBe(ranks[worst])
          expect(figure.value === undefined).toBe(figure.known === 'unknown')
        }
        for (const [index, each] of streams.entries())
          expect(each.firstRows.known).toBe(parts[index]?.[1]?.rows.known ?? 'unknown')
      },
    ),
  )
})

test('adding is adding', () => {
  expect(sum([counted(1), sampled(2)])).toEqual(sampled(3))
  expect(combine(unknown(5), counted(2), (a, b) => a * b)).toEqual(unknown(10))
})
