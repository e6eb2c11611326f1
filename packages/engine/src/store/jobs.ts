// Jobs and their attempts. At most one open job per connection: an index says so, not a lock.
import type { FailureReason, JobStatus } from '@opsai/airbyte-client/schemas'
import type { StreamStats } from '../sync/progress.js'
import type { SyncStream } from '../load/stream-plan.js'
import { queryOne, type Database, type Queryable } from './database.js'

/** How an attempt ended. `interrupted`: the engine stopped or died under it. */
export type AttemptOutcome = 'succeeded' | 'failed' | 'interrupted' | 'cancelled'

export interface AttemptRow {
  attemptNumber: number
  status: 'running' | 'failed' | 'succeeded'
  outcome: AttemptOutcome | null
  streamStats: StreamStats[]
  failure: FailureReason | null
  madeProgress: boolean
  createdAt: Date
  updatedAt: Date
  endedAt: Date | null
}

/** `reset` and `clear` are two names of one thing: the destination's rows and the state go. */
export type JobType = 'sync' | 'reset' | 'clear'

export interface JobRow {
  jobId: number
  connectionId: string
  workspaceId: string
  jobType: JobType
  status: Exclude<JobStatus, 'queued'>
  /** What to sync, fixed when the job was made. */
  streams: SyncStream[]
  cancelRequested: boolean
  createdAt: Date
  startedAt: Date | null
  updatedAt: Date
  endedAt: Date | null
  attempts: AttemptRow[]
}

export interface JobFilter {
  connectionId?: string
  workspaceIds: string[]
  status?: string
  jobType?: string
  /** Any of these; all where missing. */
  statuses?: string[]
  jobTypes?: string[]
  createdAtStart?: string
  createdAtEnd?: string
  updatedAtStart?: string
  updatedAtEnd?: string
  orderBy: 'createdAt' | 'updatedAt'
  direction: 'ASC' | 'DESC'
  limit: number
  offset: number
}

const jobColumns = `j.job_id AS "jobId", j.connection_id AS "connectionId", c.workspace_id AS "workspaceId",
  j.job_type AS "jobType", j.status, j.streams, j.cancel_requested AS "cancelRequested", j.created_at AS "createdAt",
  j.started_at AS "startedAt", j.updated_at AS "updatedAt", j.ended_at AS "endedAt"`
const jobTable = 'airbyte_engine.job j JOIN airbyte_engine.connection c USING (connection_id)'
const attemptColumns = `job_id AS "jobId", attempt_number AS "attemptNumber", status, outcome,
  stream_stats AS "streamStats", failure, made_progress AS "madeProgress", created_at AS "createdAt",
  updated_at AS "updatedAt", ended_at AS "endedAt"`

const filtered = `($1::uuid IS NULL OR j.connection_id = $1)
  AND (cardinality($2::uuid[]) = 0 OR c.workspace_id = ANY ($2))
  AND ($3::text IS NULL OR j.status = $3) AND ($4::text IS NULL OR j.job_type = $4)
  AND ($5::timestamptz IS NULL OR j.created_at >= $5) AND ($6::timestamptz IS NULL OR j.created_at <= $6)
  AND ($7::timestamptz IS NULL OR j.updated_at >= $7) AND ($8::timestamptz IS NULL OR j.updated_at <= $8)
  AND ($9::text[] IS NULL OR j.status = ANY ($9)) AND ($10::text[] IS NULL OR j.job_type = ANY ($10))`

function filterValues(filter: JobFilter): unknown[] {
  return [
    filter.connectionId ?? null,
    filter.workspaceIds,
    filter.status ?? null,
    filter.jobType ?? null,
    filter.createdAtStart ?? null,
    filter.createdAtEnd ?? null,
    filter.updatedAtStart ?? null,
    filter.updatedAtEnd ?? null,
    filter.statuses ?? null,
    filter.jobTypes ?? null,
  ]
}

type BareJob = Omit<JobRow, 'attempts'>

export function createJobStore(database: Database) {
  async function withAttempts(jobs: BareJob[], db: Queryable = database): Promise<JobRow[]> {
    const { rows } = await db.query<AttemptRow & { jobId: number }>(
      `SELECT ${attemptColumns} FROM airbyte_engine.attempt WHERE job_id = ANY ($1) ORDER BY job_id, attempt_number`,
      [jobs.map((job) => job.jobId)],
    )
    return jobs.map((job) => ({ ...job, attempts: rows.filter((row) => row.jobId === job.jobId) }))
  }

  return {
    /** A job without streams yet; `undefined` where the connection has an open job already. */
    create: async (connectionId: string, tx: Queryable, jobType: JobType = 'sync'): Promise<number | undefined> => {
      const row = await queryOne<{ jobId: number }>(
        tx,
        `INSERT INTO airbyte_engine.job (connection_id, job_type, status, streams) VALUES ($1, $2, 'pending', '[]')
         ON CONFLICT (connection_id) WHERE status IN ('pending', 'running', 'incomplete') DO NOTHING
         RETURNING job_id AS "jobId"`,
        [connectionId, jobType],
      )
      return row?.jobId
    },

    setStreams: async (jobId: number, streams: SyncStream[], tx: Queryable): Promise<void> => {
      await tx.query('UPDATE airbyte_engine.job SET streams = $2 WHERE job_id = $1', [jobId, JSON.stringify(streams)])
    },

    get: async (jobId: number): Promise<JobRow | undefined> => {
      const job = await queryOne<BareJob>(database, `SELECT ${jobColumns} FROM ${jobTable} WHERE j.job_id = $1`, [
        jobId,
      ])
      return job && (await withAttempts([job]))[0]
    },

    getForUpdate: async (jobId: number, tx: Queryable): Promise<JobRow | undefined> => {
      const sql = `SELECT ${jobColumns} FROM ${jobTable} WHERE j.job_id = $1 FOR UPDATE OF j`
      const job = await queryOne<BareJob>(tx, sql, [jobId])
      return job && (await withAttempts([job], tx))[0]
    },

    list: async (filter: JobFilter): Promise<JobRow[]> => {
      const order = filter.orderBy === 'createdAt' ? 'j.created_at' : 'j.updated_at'
      const { rows } = await database.query<BareJob>(
        `SELECT ${jobColumns} FROM ${jobTable} WHERE ${filtered}
         ORDER BY ${order} ${filter.direction}, j.job_id ${filter.direction} LIMIT $11 OFFSET $12`,
        [...filterValues(filter), filter.limit, filter.offset],
      )
      return await withAttempts(rows)
    },

    count: async (filter: JobFilter): Promise<number> => {
      const sql = `SELECT count(*) AS count FROM ${jobTable} WHERE ${filtered}`
      return (await queryOne<{ count: number }>(database, sql, filterValues(filter)))?.count ?? 0
    },

    /** Whatever may want a worker: jobs whose time has come, and running ones, whose worker may have died. */
    claimable: async (except: number[], now: Date): Promise<number[]> => {
      const { rows } = await database.query<{ jobId: number }>(
        `SELECT job_id AS "jobId" FROM airbyte_engine.job
         WHERE job_id <> ALL ($1::bigint[])
           AND (status = 'running' OR (status IN ('pending', 'incomplete') AND run_after <= $2))
         ORDER BY run_after, job_id LIMIT 100`,
        [except, now],
      )
      return rows.map((row) => row.jobId)
    },

    startAttempt: async (jobId: number, attemptNumber: number, tx: Queryable): Promise<void> => {
      await tx.query(`INSERT INTO airbyte_engine.attempt (job_id, attempt_number, status) VALUES ($1, $2, 'running')`, [
        jobId,
        attemptNumber,
      ])
      await tx.query(
        `UPDATE airbyte_engine.job SET status = 'running', started_at = coalesce(started_at, now()), updated_at = now()
         WHERE job_id = $1`,
        [jobId],
      )
    },

    /** Writes how far an attempt is. Answers whether the job should go on. */
    saveProgress: async (
      jobId: number,
      attemptNumber: number,
      stats: StreamStats[] | undefined,
    ): Promise<'go_on' | 'cancel' | 'gone'> => {
      if (stats) {
        await database.query(
          `UPDATE airbyte_engine.attempt SET stream_stats = $3, updated_at = now()
           WHERE job_id = $1 AND attempt_number = $2 AND status = 'running'`,
          [jobId, attemptNumber, JSON.stringify(stats)],
        )
      }
      const job = await queryOne<{ cancel: boolean }>(
        database,
        `UPDATE airbyte_engine.job SET updated_at = CASE WHEN $2 THEN now() ELSE updated_at END
         WHERE job_id = $1 RETURNING cancel_requested AS cancel`,
        [jobId, stats !== undefined],
      )
      if (!job) return 'gone'
      return job.cancel ? 'cancel' : 'go_on'
    },

    endAttempt: async (
      jobId: number,
      attemptNumber: number,
      end: { outcome: AttemptOutcome; failure?: FailureReason; stats?: StreamStats[]; madeProgress: boolean },
      tx: Queryable,
    ): Promise<void> => {
      await tx.query(
        `UPDATE airbyte_engine.attempt SET status = $3, outcome = $4, failure = $5, made_progress = $6,
           stream_stats = coalesce($7, stream_stats), updated_at = now(), ended_at = now()
         WHERE job_id = $1 AND attempt_number = $2`,
        [
          jobId,
          attemptNumber,
          end.outcome === 'succeeded' ? 'succeeded' : 'failed',
          end.outcome,
          end.failure ? JSON.stringify(end.failure) : null,
          end.madeProgress,
          end.stats ? JSON.stringify(end.stats) : null,
        ],
      )
    },

    /** The job waits for its next attempt. */
    postpone: async (jobId: number, runAfter: Date, tx: Queryable): Promise<void> => {
      await tx.query(
        `UPDATE airbyte_engine.job SET status = 'incomplete', run_after = $2, updated_at = now() WHERE job_id = $1`,
        [jobId, runAfter],
      )
    },

    end: async (jobId: number, status: 'succeeded' | 'failed' | 'cancelled', tx: Queryable): Promise<void> => {
      await tx.query(
        `UPDATE airbyte_engine.job SET status = $2, updated_at = now(), ended_at = now() WHERE job_id = $1`,
        [jobId, status],
      )
    },

    requestCancel: async (jobId: number, tx: Queryable): Promise<void> => {
      await tx.query('UPDATE airbyte_engine.job SET cancel_requested = true WHERE job_id = $1', [jobId])
    },
  }
}

export type JobStore = ReturnType<typeof createJobStore>
