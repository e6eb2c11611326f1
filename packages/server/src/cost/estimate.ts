// What a connection will use, from what is known of its streams. Pure: nothing is asked, and nothing is made up without
// being called `typical`.
import type { ConnectionStream, Cost, CreditRate, Estimate, Figure, StreamEstimate } from '@opsai/contract'
import { toCredits } from './credit-rate.js'
import { combine, round, scale, sum, times, typical, unknown } from './figures.js'

/** What samples and earlier syncs have told of a stream. */
export interface StreamKnowledge {
  rows: Figure
  /** Of syncs after the first, where there were some. */
  laterRows?: Figure
  bytesPerRow?: Figure
}

export interface Circumstances {
  rate: CreditRate
  syncsPerMonth: Figure
}

/** Where nobody has measured a row: about what one of a SaaS API weighs as JSON. */
const TYPICAL_BYTES = 1_000
/** Where nobody has seen a second sync: of all rows, so many are new or changed in a day. */
const TYPICAL_CHANGE_A_DAY = 0.01
/** Rows an API hands out with one request. */
const TYPICAL_PAGE = 100
const MONTH_DAYS = 30

const isIncremental = (mode: ConnectionStream['syncMode']) => mode.startsWith('incremental')

function estimateStream(
  { name, namespace, syncMode }: ConnectionStream,
  { rows, laterRows, bytesPerRow = typical(TYPICAL_BYTES) }: StreamKnowledge,
  { rate, syncsPerMonth }: Circumstances,
): StreamEstimate {
  const rowsPerSync = isIncremental(syncMode) ? (laterRows ?? toTypicalChanges(rows, syncsPerMonth)) : rows
  const rowsPerMonth = times(rowsPerSync, syncsPerMonth)
  const toBytes = (figure: Figure) => times(figure, bytesPerRow)
  return {
    name,
    ...(namespace && { namespace }),
    syncMode,
    firstRows: round(rows),
    rowsPerSync: round(rowsPerSync),
    rowsPerMonth: round(rowsPerMonth),
    requestsPerMonth: rate.by === 'rows' ? round(toRequests(rowsPerSync, syncsPerMonth)) : unknown(),
    firstCredits: toCredits(rate, rows, toBytes(rows)),
    creditsPerMonth: toCredits(rate, rowsPerMonth, toBytes(rowsPerMonth)),
  }
}

/** What is new or changed since the sync before, as it usually is. */
function toTypicalChanges(rows: Figure, syncsPerMonth: Figure): Figure {
  if (rows.value === undefined || !syncsPerMonth.value) return unknown()
  const days = MONTH_DAYS / syncsPerMonth.value
  return scale(times(rows, typical(TYPICAL_CHANGE_A_DAY)), Math.min(days, MONTH_DAYS))
}

/** A page at a time, and one to see that there is nothing new. Nobody knows how large a page may be: one is the least. */
const toRequests = (rowsPerSync: Figure, syncsPerMonth: Figure) =>
  combine(
    combine(rowsPerSync, typical(TYPICAL_PAGE), (rows, page) => Math.max(1, Math.ceil(rows / (page || Infinity)))),
    syncsPerMonth,
    (a, b) => a * b,
  )

const places = { firstCredits: 6, creditsPerMonth: 6 } as Partial<Record<keyof Cost, number>>
const figuresOf = [
  'firstRows',
  'rowsPerSync',
  'rowsPerMonth',
  'requestsPerMonth',
  'firstCredits',
  'creditsPerMonth',
] as const satisfies (keyof Cost)[]

/**
 * Rows, requests and credits of each stream and of all together. A total of which a part is unknown is unknown, and says
 * what it is at least.
 *
 * @param knowledge by place in `streams`
 */
export function estimate(
  streams: readonly ConnectionStream[],
  knowledge: readonly (StreamKnowledge | undefined)[],
  circumstances: Circumstances,
): Estimate {
  const each = streams.map((stream, index) =>
    estimateStream(stream, knowledge[index] ?? { rows: unknown() }, circumstances),
  )
  const total = Object.fromEntries(
    figuresOf.map((name) => [name, round(sum(each.map((stream) => stream[name])), places[name])]),
  ) as unknown as Cost
  return { streams: each, total, syncsPerMonth: circumstances.syncsPerMonth, rate: circumstances.rate }
}
