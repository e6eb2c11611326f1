// Headings and charts of a tenant's app, proposed by a language model where there is one. It is told the names and types
// of columns and nothing else: no row, no JSON schema (which may hold examples), no name of the tenant.
import {
  type Advice,
  canChart,
  type Chart,
  chooseCharts,
  checkAdvice,
  type StreamAdvice,
  type StreamFacts,
} from '@opsai/apps'
import * as z from 'zod'
import type { Services } from '../services.js'
import { cutText } from './cut-text.js'
import type { Question } from './language-model.js'

const WITHIN_MS = 15_000
const MOST_STREAMS = 12
const MOST_COLUMNS = 30
const MOST_LOOKED_AT = 100
const LONGEST = 60

/** What is known of the app to be made: the same facts `generateApp` takes. */
export interface AppToAdvise {
  tenant: { tenantId: string }
  connections: readonly { connectionId: string; sourceType: string }[]
  streams: readonly StreamFacts[]
}

const kinds = ['series', 'top', 'sum', 'average'] as const

const Answer = z.object({
  streams: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        charts: z.array(z.object({ kind: z.string(), title: z.string(), column: z.string() })).max(50),
      }),
    )
    .max(100),
})

const strict = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})
const text = { type: 'string' }
const chartSchema = strict({ kind: { type: 'string', enum: kinds }, title: text, column: text })
const answer = strict({
  streams: { type: 'array', items: strict({ id: text, title: text, charts: { type: 'array', items: chartSchema } }) },
})

const instructions =
  'Each entry of `streams` is a table of a business. For those worth a place on a dashboard give a title and up to three ' +
  'charts: `series` counts rows over time by a time column, `top` counts the commonest values of a text or boolean ' +
  'column with few values, `sum` and `average` are of a number. Name streams and columns by their ids. Titles are at ' +
  'most 40 characters of plain words, in the language of the names.'

/**
 * What a language model proposes for an app's dashboard: checked, and undefined where there is no model or no use of its
 * answer; `generateApp` then chooses by its rules. Takes fifteen seconds at most and never throws.
 *
 * @example
 * const advice = await adviseApp(services, facts)
 * const files = generateApp({ ...facts, ...(advice && { advice }) })
 */
export async function adviseApp(
  { adviser }: Pick<Services, 'adviser'>,
  { tenant: { tenantId }, connections, streams }: AppToAdvise,
): Promise<Advice | undefined> {
  const offered = toOffer(streams)
  if (offered.length === 0) return undefined
  const question = toQuestion(offered, connections)
  const check = (said: unknown) => readCharts(said, offered)
  const advised = await adviser.consult({ tenantId, question, check, withinMs: WITHIN_MS })
  return advised.state === 'advised' ? { by: advised.by, streams: advised.advice } : undefined
}

interface Offered {
  id: string
  stream: StreamFacts
  /** In the order of their ids: `c1` is the first. */
  columns: StreamFacts['columns']
}

/** The likeliest streams, each with the columns that can be drawn, those the rules would draw first. */
function toOffer(streams: readonly StreamFacts[]): Offered[] {
  const likely = streams
    .map(toLookedAt)
    .map((stream) => ({ stream, charts: chooseCharts(stream) }))
    .sort((a, b) => b.charts.length - a.charts.length)
    .slice(0, MOST_STREAMS)
  const offered = likely
    .map(({ stream, charts }) => ({ stream, columns: toChartable(stream, charts) }))
    .filter(({ columns }) => columns.length > 0)
  return offered.map((one, index) => ({ id: `s${index + 1}`, ...one }))
}

/** Of thousands of columns a few hundred are looked at, what is not text first. */
function toLookedAt(stream: StreamFacts): StreamFacts {
  const drawn = stream.columns.filter(({ type }) => type !== 'text' && type !== 'json')
  const texts = stream.columns.filter(({ type }) => type === 'text')
  return { ...stream, columns: [...drawn.slice(0, MOST_LOOKED_AT), ...texts.slice(0, MOST_LOOKED_AT)] }
}

function toChartable(stream: StreamFacts, charts: readonly Chart[]): StreamFacts['columns'] {
  const chosen = new Set(charts.map(({ column }) => column))
  const able = stream.columns.filter((column) => kinds.some((kind) => canChart(stream, kind, column)))
  const likely = able.filter(({ name }) => chosen.has(name))
  return [...likely, ...able.filter(({ name }) => !chosen.has(name))].slice(0, MOST_COLUMNS)
}

function toQuestion(offered: readonly Offered[], connections: AppToAdvise['connections']): Question {
  const tools = new Map(connections.map(({ connectionId, sourceType }) => [connectionId, sourceType]))
  const streams = offered.map(({ id, stream, columns }) => ({
    id,
    name: cutText(stream.name ?? stream.table, LONGEST),
    tool: cutText(tools.get(stream.connectionId) ?? '', LONGEST),
    columns: columns.map(({ name, type }, place) => ({ id: `c${place + 1}`, name: cutText(name, LONGEST), type })),
  }))
  return { name: 'propose_charts', instructions, data: { streams }, answer, maxOutputTokens: 2_000 }
}

function readCharts(said: unknown, offered: readonly Offered[]): StreamAdvice[] | undefined {
  const parsed = Answer.safeParse(said)
  if (!parsed.success) return undefined
  const proposals = parsed.data.streams.flatMap(({ id, title, charts }): StreamAdvice[] => {
    const known = offered.find((one) => one.id === id)
    return known ? [{ table: known.stream.table, title, charts: charts.flatMap((one) => toChart(known, one)) }] : []
  })
  const checked = checkAdvice(
    offered.map(({ stream }) => stream),
    proposals,
  )
  return checked.length > 0 ? checked : undefined
}

type Proposed = z.infer<typeof Answer>['streams'][number]['charts'][number]

function toChart({ columns }: Offered, proposed: Proposed): StreamAdvice['charts'] {
  const kind = kinds.find((one) => one === proposed.kind)
  const column = columns.find((_, place) => `c${place + 1}` === proposed.column)
  return kind && column ? [{ kind, title: proposed.title, column: column.name }] : []
}
