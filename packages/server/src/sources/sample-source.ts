// Streams with a few rows each: real ones where they can be had, and never made-up ones that pass as real.
import { type DiscoveredStream, isAirbyteError, type SampleRows } from '@opsai/airbyte-client'
import type { Sample, Stream } from '@opsai/contract'
import { ProblemError } from '../http/problem.js'
import { toCheckResult } from '../map/check.js'
import { toExampleRows, toFields, toStream } from '../map/stream.js'
import type { ReadyTenant, Services } from '../services.js'
import type { SourceRow } from '../store/sources.js'
import { onSource } from './check-source.js'
import { readSyncedRows } from './synced-rows.js'

export interface SampleWish {
  streams?: readonly string[] | undefined
  limit: number
}

/** @throws ProblemError `check_failed` where the source can't be looked into */
export async function sampleSource(
  services: Services,
  tenant: ReadyTenant,
  row: SourceRow,
  wish: SampleWish,
  signal: AbortSignal,
): Promise<Sample> {
  const discovered = await discover(services, row, signal)
  const chosen = wish.streams ? discovered.filter(({ name }) => wish.streams?.includes(name)) : discovered
  const fields = chosen.flatMap(toFields)
  if (wish.limit === 0) return { streams: chosen.map(toStream), fields }
  const rows = await readFromSource(services, row, chosen, wish.limit, signal)
  const streams: Stream[] = []
  for (const stream of chosen) {
    streams.push({
      ...toStream(stream),
      ...(rows ? fromSource(rows, stream) : await fromElsewhere(services, tenant, row, stream, wish.limit)),
    })
  }
  return { streams, fields }
}

async function discover(services: Services, row: SourceRow, signal: AbortSignal): Promise<DiscoveredStream[]> {
  const discovery = await onSource(services, row.source_id, signal, () =>
    services.airbyte.sources.discover(row.source_id, { signal }),
  )
  if (discovery.catalog) return discovery.catalog.streams.map(({ stream }) => stream)
  const { message, remedy } = toCheckResult({ jobInfo: discovery.jobInfo }, {})
  throw new ProblemError('check_failed', {
    detail: `The source could not be looked into: ${message ?? 'no reason was given'}.`,
    ...(message && { displayMessage: message }),
    ...(remedy && { remedy }),
  })
}

/** Rows read now, or nothing where this Airbyte can't: only the embedded engine can. */
async function readFromSource(
  services: Services,
  row: SourceRow,
  streams: readonly DiscoveredStream[],
  limit: number,
  signal: AbortSignal,
): Promise<SampleRows['streams'] | undefined> {
  const names = streams.map(({ name }) => name)
  try {
    const sampled = await onSource(services, row.source_id, signal, () =>
      services.airbyte.sources.sample({ sourceId: row.source_id, streams: names, limit }, { signal }),
    )
    return sampled.streams
  } catch (error) {
    if (isAirbyteError(error) && error.code === 'not_supported') return undefined
    throw error
  }
}

const fromSource = (
  rows: SampleRows['streams'],
  { name, namespace }: DiscoveredStream,
): Pick<Stream, 'records' | 'origin'> => ({
  records: rows.find((stream) => stream.name === name && (stream.namespace ?? '') === (namespace ?? ''))?.records ?? [],
  origin: 'source',
})

async function fromElsewhere(
  services: Services,
  tenant: ReadyTenant,
  row: SourceRow,
  stream: DiscoveredStream,
  limit: number,
): Promise<Pick<Stream, 'records' | 'origin'>> {
  const synced = await readSyncedRows(services, tenant, row, stream.name, limit)
  if (synced.length > 0) return { records: synced, origin: 'synced' }
  return { records: toExampleRows(stream, limit), origin: 'schema' }
}
