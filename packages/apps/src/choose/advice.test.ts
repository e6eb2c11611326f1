import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyName, anyStreams } from '../test/any-facts.js'
import { sampleFacts } from '../test/sample-facts.js'
import { canChart, checkAdvice, isPlainTitle, type StreamAdvice } from './advice.js'
import { type Chart, chooseCharts } from './charts.js'

test.each(['Revenue by month', 'Won?', 'Umsatz (netto), 2026', 'Avg. price & discount', '売上', 'A/B tests'])(
  '%j may be a heading',
  (title) => expect(isPlainTitle(title)).toBe(true),
)

test.each([
  '',
  ' padded ',
  '...',
  'x'.repeat(61),
  '<b>Deals</b>',
  'Deals\n',
  'a\u202eb',
  'a\u0000b',
  'a\u200bb',
  'see https://evil.example',
  'evil.example',
  'www.evil',
  'javascript:alert(1)',
  '[here](x)',
  '`rm`',
  '${process.env.KEY}',
  'ada@example',
  '\ud800',
])('%j may not', (title) => expect(isPlainTitle(title)).toBe(false))

const deals = sampleFacts.streams.find(({ name }) => name === 'deals')!
const advise = (...charts: Chart[]) =>
  checkAdvice([deals], [{ table: deals.table, title: 'Deals', charts }]).flatMap((one) => one.charts)

test.each<[Chart, string]>([
  [{ kind: 'series', title: 'x', column: 'title' }, 'a text is no time'],
  [{ kind: 'top', title: 'x', column: 'id' }, 'a key has no commonest value'],
  [{ kind: 'sum', title: 'x', column: 'stage' }, 'a text has no sum'],
  [{ kind: 'average', title: 'x', column: 'createdAt' }, 'nor has a time'],
  [{ kind: 'top', title: 'x', column: 'toString' }, 'no such column'],
  [{ kind: 'pie', title: 'x', column: 'stage' } as never, 'no such kind'],
])('%j is dropped: %s', (chart) => expect(advise(chart)).toEqual([]))

test('a stream nobody has, one named twice, and a heading that is none: nothing of it is taken', () => {
  const charts: Chart[] = [{ kind: 'top', title: 'Stage', column: 'stage' }]
  const { table } = deals
  const take = (...advice: StreamAdvice[]) => checkAdvice([deals], advice).map(({ title }) => title)
  expect(take({ table: 'nobody', title: 'Deals', charts })).toEqual([])
  expect(take({ table, title: '<b>Deals</b>', charts })).toEqual([])
  expect(take({ table, title: 'One', charts }, { table, title: 'Two', charts })).toEqual(['One'])
})

test('amounts are added up a currency at a time, whatever was proposed', () => {
  const by = 'stage'
  expect(advise({ kind: 'sum', title: 'Pipeline', column: 'amount', by })).toEqual([
    { kind: 'sum', title: 'Pipeline', column: 'amount', by: 'currency' },
  ])
})

test('no chart twice, one line over time, and no more than stand side by side', () => {
  const charts: Chart[] = [
    { kind: 'series', title: 'New', column: 'createdAt' },
    { kind: 'series', title: 'Changed', column: 'updatedAt' },
    { kind: 'top', title: 'Stage', column: 'stage' },
    { kind: 'top', title: 'Stage again', column: 'stage' },
    { kind: 'sum', title: 'Pipeline', column: 'amount' },
    { kind: 'top', title: 'Why lost', column: 'lostReason' },
  ]
  expect(advise(...charts).map(({ title }) => title)).toEqual(['New', 'Stage', 'Pipeline'])
})

const anyTitle = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), anyName, fc.constantFrom('Plain', 'By stage'))
const anyChart = (columns: string[]): fc.Arbitrary<Chart> =>
  fc.record({
    kind: fc.constantFrom('series', 'top', 'sum', 'average', '__proto__'),
    title: anyTitle,
    column: fc.oneof(anyName, fc.constantFrom('id', ...columns)),
    by: anyName,
  }) as never
const anyCase = anyStreams.chain((streams) => {
  const columns = streams.flatMap((stream) => stream.columns.map(({ name }) => name))
  const advice = fc.record({
    table: fc.oneof(anyName, fc.constantFrom('x', ...streams.map(({ table }) => table))),
    title: anyTitle,
    charts: fc.array(anyChart(columns), { maxLength: 8 }),
  })
  return fc.tuple(fc.constant(streams), fc.array(advice as fc.Arbitrary<StreamAdvice>, { maxLength: 8 }))
})

test('whatever is proposed, what is taken names what exists, as its type allows, in plain words, and stays when checked again', () => {
  fc.assert(
    fc.property(anyCase, ([streams, proposal]) => {
      const taken = checkAdvice(streams, proposal)
      expect(checkAdvice(streams, taken)).toEqual(taken)
      expect(new Set(taken.map(({ table }) => table)).size).toBe(taken.length)
      for (const { table, title, charts } of taken) {
        const stream = streams.find((one) => one.table === table)!
        expect(charts.length).toBeLessThanOrEqual(4)
        for (const chart of charts) {
          expect(isPlainTitle(title) && isPlainTitle(chart.title)).toBe(true)
          const column = stream.columns.find(({ name }) => name === chart.column)!
          expect(canChart(stream, chart.kind, column)).toBe(true)
          const by = 'by' in chart ? stream.columns.find(({ name }) => name === chart.by) : undefined
          expect('by' in chart).toBe(by?.type === 'text')
        }
      }
    }),
  )
})

test('what the rules choose is what a model may propose', () => {
  for (const stream of sampleFacts.streams) {
    const charts = chooseCharts(stream)
    if (charts.length === 0) continue
    const advice = [{ table: stream.table, title: 'Ours', charts }]
    expect(checkAdvice([stream], advice)).toEqual(advice)
  }
})
