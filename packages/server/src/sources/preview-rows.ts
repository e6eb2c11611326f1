// Real rows from an Airbyte that has no call for them: the chosen streams are synced once into a schema of their own.
import type { DiscoveredStream, StreamConfiguration } from '@opsai/airbyte-client'
import pg from 'pg'
import type { ReadyTenant, Services } from '../services.js'
import { withLease } from '../store/leases.js'
import type { SourceRow } from '../store/sources.js'
import { onSource } from './check-source.js'
import { clearPreview } from './preview-clear.js'
import { runPreviewJob } from './preview-job.js'
import { connectPreviewPlace, openPreviewPlace, PREFIX, type PreviewPlace } from './preview-place.js'
import { toTableName, withoutOwnColumns } from './synced-rows.js'
import { withDeadline } from './with-deadline.js'

type Rows = Record<string, unknown>[]

/** A preview reads whole streams: of more than this many, the first ones. */
const MOST_STREAMS = 10

/**
 * The first rows of each stream that could be had, by the stream. None where the operator has not allowed preview syncs,
 * or where the sync failed or took too long: then there are examples, said to be such.
 *
 * @throws the signal's reason where the caller has gone; the job is cancelled
 */
export async function readPreview(
  services: Services,
  tenant: ReadyTenant,
  source: SourceRow,
  wish: { streams: readonly DiscoveredStream[]; limit: number },
  signal: AbortSignal,
): Promise<Map<DiscoveredStream, Rows>> {
  const { settings, db, log } = services
  const streams = toPreviewable(wish.streams)
  if (settings.previewSync === 'off' || streams.length === 0) return new Map()
  try {
    // One at a time of a tenant, for each is a whole sync; and no other work on the source meanwhile.
    return await withDeadline(signal, settings.previewTimeoutMs, (ended) =>
      withLease(db, `preview:${tenant.tenantId}`, ended, () =>
        onSource(services, source.source_id, ended, () =>
          preview(services, tenant, source, { streams, limit: wish.limit }, ended),
        ),
      ),
    )
  } catch (error) {
    signal.throwIfAborted()
    log.warn('a preview sync brought no rows', { sourceId: source.source_id, error })
    return new Map()
  }
}

async function preview(
  services: Services,
  tenant: ReadyTenant,
  source: SourceRow,
  { streams, limit }: { streams: readonly DiscoveredStream[]; limit: number },
  signal: AbortSignal,
): Promise<Map<DiscoveredStream, Rows>> {
  const place = await openPreviewPlace(services, tenant)
  try {
    const wish = { sourceId: source.source_id, streams: streams.map(toStreamConfiguration) }
    const connectionId = await connectPreviewPlace(services, tenant, place, wish, signal)
    await runPreviewJob(services.airbyte, connectionId, signal)
    return await readRows(services, place, streams, limit)
  } finally {
    services.inBackground('clear a preview', () => clearPreview(services, place.opId))
  }
}

/** Streams of one name in several namespaces would share a table: of these the first. */
function toPreviewable(streams: readonly DiscoveredStream[]): DiscoveredStream[] {
  const byTable = new Map([...streams].reverse().map((stream) => [toTableName(PREFIX, stream.name), stream]))
  return streams.filter((stream) => [...byTable.values()].includes(stream)).slice(0, MOST_STREAMS)
}

function toStreamConfiguration(stream: DiscoveredStream): StreamConfiguration {
  const { name, namespace, supportedSyncModes, defaultCursorField } = stream
  const isFull = supportedSyncModes?.includes('full_refresh') ?? true
  return {
    name,
    ...(namespace && { namespace }),
    syncMode: isFull ? 'full_refresh_overwrite' : 'incremental_append',
    ...(!isFull && defaultCursorField?.length && { cursorField: defaultCursorField }),
  }
}

async function readRows(
  { warehouse }: Services,
  { name, password }: PreviewPlace,
  streams: readonly DiscoveredStream[],
  limit: number,
): Promise<Map<DiscoveredStream, Rows>> {
  const read = (sql: string, values: readonly unknown[]) => warehouse.readScratch(name, password, sql, values)
  const found = await read('SELECT tablename FROM pg_tables WHERE schemaname = $1', [name])
  const tables = new Set(found.map(({ tablename }) => tablename))
  const rows = new Map<DiscoveredStream, Rows>()
  for (const stream of streams) {
    const table = toTableName(PREFIX, stream.name)
    if (!tables.has(table)) continue
    const place = `${pg.escapeIdentifier(name)}.${pg.escapeIdentifier(table)}`
    const first = await read(`SELECT to_jsonb(t) AS record FROM ${place} t LIMIT $1`, [limit])
    rows.set(
      stream,
      first.map(({ record }) => withoutOwnColumns(record as Record<string, unknown>)),
    )
  }
  return rows
}
