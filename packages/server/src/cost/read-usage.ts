// What a connection really used. Airbyte tells it job by job; those nobody was there for are looked up when somebody asks.
import type { Connection, Usage, UsedStream } from '@opsai/contract'
import { isFinal } from '../jobs/read-job.js'
import type { ReadyTenant, Services } from '../services.js'
import type { ConnectionRow } from '../store/connections.js'
import {
  addUsedJob,
  hasHadStreamsFor,
  listUsedJobs,
  listUsedStreams,
  type UsedJobRow,
  type UsedStreamRow,
} from '../store/usage.js'
import { toCredits } from './credit-rate.js'
import { readRate } from './estimate-connection.js'
import { counted, unknown } from './figures.js'

const DAYS = 30
/** Looked up in one go; the rest is when somebody asks again. */
const AT_ONCE = 20
const LISTED = 100
const FEWEST_SYNCS = 3

/** @param connection as it is now: only streams it has can be unused */
export async function readUsage(
  services: Services,
  tenant: ReadyTenant,
  row: ConnectionRow,
  connection: Pick<Connection, 'streams'>,
): Promise<Usage> {
  const { db, settings } = services
  const { connection_id: connectionId } = row
  const jobsNotSeen = await catchUp(services, connectionId)
  const jobs = await listUsedJobs(db, connectionId, DAYS)
  const streams = await listUsedStreams(db, connectionId, DAYS)
  const total = (count: (job: UsedJobRow) => number) => jobs.reduce((sum, job) => sum + count(job), 0)
  const [rows, bytes] = [total((job) => job.rows), total((job) => job.bytes)]
  const rate = await readRate(services, tenant, row)
  const { unusedAfterDays } = settings
  const long = await hasHadStreamsFor(db, connectionId, unusedAfterDays)
  const brought = long ? await listUsedStreams(db, connectionId, unusedAfterDays) : []
  const syncs = long ? await listUsedJobs(db, connectionId, unusedAfterDays) : []
  return {
    connectionId,
    days: DAYS,
    jobs: jobs
      .map((job) => ({ ...job, jobId: job.job_id, at: job.at.toISOString() }))
      .map(({ job_id: _, ...job }) => job),
    jobsNotSeen,
    rows,
    bytes,
    requests: unknown(),
    credits: toCredits(rate, counted(rows), counted(bytes)),
    rate,
    streams: streams.map(toUsedStream),
    unused: findUnused(connection.streams, brought, syncs),
    unusedAfterDays,
  }
}

const toUsedStream = ({ name, namespace, rows, bytes }: UsedStreamRow): UsedStream => ({
  name,
  ...(namespace && { namespace }),
  rows,
  bytes,
})

/** Writes down what ended unseen. @returns how many jobs are still to be looked at */
async function catchUp({ airbyte, db, jobs, now }: Services, connectionId: string): Promise<number> {
  const since = new Date(now().getTime() - DAYS * 86_400_000)
  const listed = await airbyte.jobs
    .list({ connectionId, jobType: 'sync', createdAtStart: `${since.toISOString().slice(0, 19)}Z`, limit: LISTED })
    .catch(() => [])
  const known = new Set((await listUsedJobs(db, connectionId, DAYS)).map(({ job_id }) => job_id))
  const missing = listed.filter((job) => isFinal(job) && !known.has(String(job.jobId)))
  let seen = 0
  for (const { jobId } of missing.slice(0, AT_ONCE)) {
    const job = await jobs.read(jobId).catch(() => undefined)
    if (!job || !isFinal(job)) continue
    await addUsedJob(db, job)
    seen += 1
  }
  return missing.length - seen
}

/**
 * Streams that brought no row in any of at least three successful syncs. Pure.
 *
 * @param brought what each stream brought in that time
 * @param syncs of that time
 */
export function findUnused(
  streams: readonly { name: string; namespace?: string | undefined }[],
  brought: readonly UsedStreamRow[],
  syncs: readonly Pick<UsedJobRow, 'status'>[],
): Usage['unused'] {
  if (syncs.filter(({ status }) => status === 'succeeded').length < FEWEST_SYNCS) return []
  return streams
    .filter(
      ({ name, namespace = '' }) =>
        !brought.some((one) => one.name === name && one.namespace === namespace && one.rows > 0),
    )
    .map(({ name, namespace }) => ({ name, ...(namespace && { namespace }), reason: 'no_rows' }))
}
