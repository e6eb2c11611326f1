import type { SampleRows } from '@opsai/airbyte-client'
import type { Job } from '@opsai/contract'
import type { Db } from './database.js'

/** Writes down what an ended job used, once; what is of no connection of ours (a preview's) is left out. */
export async function addUsedJob(db: Db, job: Job): Promise<void> {
  const { jobId, connectionId, status, startedAt, updatedAt = startedAt, rowsSynced, bytesSynced, streams } = job
  const used = streams.map(({ name, namespace = '', rowsCommitted: rows, bytesCommitted: bytes }) => ({
    name,
    namespace,
    rows,
    bytes,
  }))
  await db.rows(
    `WITH job AS (
       INSERT INTO opsai.used_jobs (job_id, source_id, connection_id, status, at, rows, bytes)
       SELECT $1, c.source_id, c.connection_id, $3, $4, $5, $6 FROM opsai.connections c WHERE c.connection_id = $2
       ON CONFLICT DO NOTHING RETURNING job_id
     )
     INSERT INTO opsai.used_streams (job_id, name, namespace, rows, bytes)
     SELECT job.job_id, s.name, s.namespace, s.rows, s.bytes
     FROM job, jsonb_to_recordset($7::jsonb) AS s (name text, namespace text, rows bigint, bytes bigint)
     ON CONFLICT DO NOTHING`,
    [jobId, connectionId, status, updatedAt, rowsSynced, bytesSynced, JSON.stringify(used)],
  )
}

/** How many rows a sample met that came to its end or to its limit. */
export async function addStreamSample(
  db: Db,
  sourceId: string,
  { name, namespace, records }: SampleRows['streams'][number],
  limit: number,
): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.stream_samples (source_id, name, namespace, rows, is_whole, bytes) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (source_id, name, namespace) DO UPDATE
     SET rows = excluded.rows, is_whole = excluded.is_whole, bytes = excluded.bytes, at = now()
     WHERE excluded.is_whole OR excluded.rows >= stream_samples.rows OR stream_samples.at < now() - interval '1 day'`,
    [
      sourceId,
      name,
      namespace ?? '',
      records.length,
      records.length < limit,
      Buffer.byteLength(JSON.stringify(records)),
    ],
  )
}

export interface ToldOfStream {
  name: string
  namespace: string
  /** Of the first sync that was seen, which read everything. */
  first_rows: number | null
  /** On average, of the syncs after it. */
  later_rows: number | null
  bytes_per_row: number | null
  sample_rows: number | null
  sample_is_whole: boolean | null
  sample_bytes: number | null
}

/** What syncs and samples of a source have told of its streams. */
export const listTold = (db: Db, sourceId: string): Promise<ToldOfStream[]> =>
  db.rows<ToldOfStream>(
    `WITH synced AS (
       SELECT s.name, s.namespace, s.rows, s.bytes, row_number() OVER (PARTITION BY s.name, s.namespace ORDER BY j.job_id) AS nth
       FROM opsai.used_jobs j JOIN opsai.used_streams s USING (job_id)
       WHERE j.source_id = $1 AND j.status = 'succeeded' AND j.at > now() - interval '90 days'
     ), sums AS (
       SELECT name, namespace, max(rows)::float8 AS first_rows, avg(rows) FILTER (WHERE nth > 1)::float8 AS later_rows,
         (sum(bytes) / nullif(sum(rows), 0))::float8 AS bytes_per_row
       FROM synced GROUP BY name, namespace
     ), sampled AS (
       SELECT name, namespace, rows AS sample_rows, is_whole AS sample_is_whole, bytes::float8 AS sample_bytes
       FROM opsai.stream_samples WHERE source_id = $1 AND at > now() - interval '30 days'
     )
     SELECT * FROM sums FULL JOIN sampled USING (name, namespace)`,
    [sourceId],
  )

export interface UsedJobRow {
  job_id: string
  status: 'succeeded' | 'failed' | 'cancelled'
  at: Date
  rows: number
  bytes: number
}

export const listUsedJobs = (db: Db, connectionId: string, days: number): Promise<UsedJobRow[]> =>
  db.rows<UsedJobRow>(
    `SELECT job_id::text, status, at, rows::float8, bytes::float8 FROM opsai.used_jobs
     WHERE connection_id = $1 AND at > now() - make_interval(days => $2) ORDER BY job_id DESC`,
    [connectionId, days],
  )

export interface UsedStreamRow {
  name: string
  namespace: string
  rows: number
  bytes: number
}

export const listUsedStreams = (db: Db, connectionId: string, days: number): Promise<UsedStreamRow[]> =>
  db.rows<UsedStreamRow>(
    `SELECT s.name, s.namespace, sum(s.rows)::float8 AS rows, sum(s.bytes)::float8 AS bytes
     FROM opsai.used_jobs j JOIN opsai.used_streams s USING (job_id)
     WHERE j.connection_id = $1 AND j.at > now() - make_interval(days => $2)
     GROUP BY s.name, s.namespace ORDER BY 3 DESC, 1, 2`,
    [connectionId, days],
  )

/** Whether a connection has had the streams it has for so many days: it was made, and last given streams, before that. */
export async function hasHadStreamsFor(db: Db, connectionId: string, days: number): Promise<boolean> {
  const [row] = await db.rows<{ has: boolean }>(
    `SELECT c.created_at < now() - make_interval(days => $2) AND NOT EXISTS (
       SELECT FROM opsai.audit a WHERE a.chain = c.tenant_id AND a.action = 'connection_updated'
         AND a.subject = c.connection_id::text AND a.facts ->> 'changed' LIKE '%streams%'
         AND a.at > now() - make_interval(days => $2)) AS has
     FROM opsai.connections c WHERE c.connection_id = $1`,
    [connectionId, days],
  )
  return row?.has ?? false
}

/** Kept for as long as anything is made of it. */
export async function sweepUsage(db: Db): Promise<void> {
  await db.rows(`DELETE FROM opsai.used_jobs WHERE at < now() - interval '180 days'`)
  await db.rows(`DELETE FROM opsai.stream_samples WHERE at < now() - interval '30 days'`)
}
