// What the fake proxy says of costs: as a proxy does that knows how many rows its streams have.
import type { ConnectionStream, Cost, CreditRate, Estimate, Figure, Job, Usage } from '@opsai/contract'
import type { FakeStream } from './fake-streams.js'

const rate: CreditRate = {
  edition: 'cloud',
  by: 'rows',
  credits: 6,
  source: 'https://docs.airbyte.com/platform/cloud/managing-airbyte-cloud/manage-credits',
  asOf: '2026-11-28',
}
const unknown: Figure = { known: 'unknown' }

/** Streams beyond the first three were never looked at, so that a total says what it is at least. */
export function toFakeEstimate(streams: readonly ConnectionStream[], offered: readonly FakeStream[]): Estimate {
  const each = streams.map((stream, index) => ({
    ...stream,
    ...toCost(index < 3 ? rowsOf(stream, offered) : undefined),
  }))
  const isWhole = each.length <= 3
  const rows = each.reduce((sum, { firstRows }) => sum + (firstRows.value ?? 0), 0)
  const whole = toCost(rows)
  const total: Cost = isWhole ? whole : { ...toCost(undefined), firstRows: { known: 'unknown', atLeast: rows } }
  return {
    streams: each.map(({ cursorField: _, primaryKey: __, ...stream }) => stream),
    total,
    syncsPerMonth: { known: 'counted', value: 30 },
    rate,
  }
}

const rowsOf = ({ name }: ConnectionStream, offered: readonly FakeStream[]) =>
  offered.find((stream) => stream.name === name)?.rows ?? 0

function toCost(rows: number | undefined): Cost {
  const firstRows: Figure = rows === undefined ? unknown : { known: 'counted', value: rows }
  const typical = (value: number): Figure => (rows === undefined ? unknown : { known: 'typical', value })
  const changed = Math.round((rows ?? 0) / 100)
  return {
    firstRows,
    rowsPerSync: typical(changed),
    rowsPerMonth: typical(changed * 30),
    requestsPerMonth: typical(Math.max(1, Math.ceil(changed / 100)) * 30),
    firstCredits: rows === undefined ? unknown : { known: 'counted', value: (rows * 6) / 1_000_000 },
    creditsPerMonth: typical((changed * 30 * 6) / 1_000_000),
  }
}

export function toFakeUsage(connectionId: string, streams: readonly ConnectionStream[], job: Job | undefined): Usage {
  const last = streams.at(-1)
  return {
    connectionId,
    days: 30,
    jobs: job
      ? [{ jobId: job.jobId, status: 'succeeded', at: job.startedAt, rows: job.rowsSynced, bytes: job.bytesSynced }]
      : [],
    jobsNotSeen: 0,
    rows: job?.rowsSynced ?? 0,
    bytes: job?.bytesSynced ?? 0,
    requests: unknown,
    credits: { known: 'counted', value: ((job?.rowsSynced ?? 0) * 6) / 1_000_000 },
    rate,
    streams: (job?.streams ?? []).map(({ name, rowsCommitted, bytesCommitted }) => ({
      name,
      rows: rowsCommitted,
      bytes: bytesCommitted,
    })),
    unused: last && streams.length > 2 ? [{ name: last.name, reason: 'no_rows' }] : [],
    unusedAfterDays: 30,
  }
}
