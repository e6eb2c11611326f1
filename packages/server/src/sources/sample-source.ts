// Streams with a few rows each: real ones where they can be had, and never made-up ones that pass as real.
import { type DiscoveredStream, isAirbyteError, type SampleRows } from '@opsai/airbyte-client'
import type { Sample, Stream } from '@opsai/contract'
import { ProblemError } from '../http/problem.js'
import { toCheckResult } from '../map/to-check-result.js'
import { toExampleRows, toFields, toStream } from '../map/stream.js'
import type { ReadyTenant, Services } from '../services.js'
import type { SourceRow } from '../store/sources.js'
import { addStreamSample } from '../store/usage.js'
import { onSource } from './check-source.js'
import { readPreview } from './preview-rows.js'
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
  const streams = rows
    ? chosen.map((stream) => ({ ...toStream(stream), ...fromSource(rows, stream) }))
    : await readFromElsewhere(services, tenant, row, { streams: chosen, limit: wish.limit }, signal)
  for (const sample of rows ?? []) {
    // One that failed on the way has counted nothing.
    if (sample.error === undefined) await addStreamSample(services.db, row.source_id, sample, wish.limit)
  }
  return { streams, fields }
}

/** @throws ProblemError `check_failed` where the source can't be looked into */
export async function discover(
  services: Services,
  row: Pick<SourceRow, 'source_id'>,
  signal: AbortSignal,
): Promise<DiscoveredStream[]> {
  const discovery = await onSource(services, row.source_id, signal, () =>
    services.airbyte.sources.discover(row.source_id, { signal }),
  )
  if (discovery.catalog) return discovery.catalog.streams.map(({ stream }) => stream)
  const { message, remedy } = toCheckResult({ jobInfo: discovery.jobInfo })
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

/** On a real Airbyte: rows already synced, else a preview sync where that is allowed, else examples that say they are. */
async function readFromElsewhere(
  services: Services,
  tenant: ReadyTenant,
  row: SourceRow,
  { streams, limit }: { streams: readonly DiscoveredStream[]; limit: number },
  signal: AbortSignal,
): Promise<Stream[]> {
  const synced = new Map<DiscoveredStream, Stream['records']>()
  for (const stream of streams) {
    const records = await readSyncedRows(services, tenant, row, stream.name, limit)
    if (records.length > 0) synced.set(stream, records)
  }
  const unsynced = streams.filter((stream) => !synced.has(stream))
  const previewed = await readPreview(services, tenant, row, { streams: unsynced, limit }, signal)
  return streams.map((stream) => ({
    ...toStream(stream),
    ...toRows(stream, synced.get(stream), previewed.get(stream), limit),
  }))
}

function toRows(
  stream: DiscoveredStream,
  synced: Stream['records'] | undefined,
  previewed: Stream['records'] | undefined,
  limit: number,
): Pick<Stream, 'records' | 'origin'> {
  if (synced) return { records: synced, origin: 'synced' }
  if (previewed) return { records: previewed, origin: 'source' }
  return { records: toExampleRows(stream, limit), origin: 'schema' }
}
