// Starts the syncs whose time has come. Each is taken by one engine only, however many there are.
import { errorFacts, type EngineLogger } from '../logger.js'
import type { createConnectionStore } from '../store/connections.js'
import type { StoredSchedule } from '../store/connections.js'
import { inTransaction, type Database, type Queryable } from '../store/database.js'
import type { ConnectionRow } from '../store/connections.js'
import { nextTime, parseCron } from './quartz-cron.js'

export interface SchedulerOptions {
  database: Database
  connections: ReturnType<typeof createConnectionStore>
  /** Makes the job unless one is open. */
  createJob(connection: ConnectionRow, tx: Queryable): Promise<number | undefined>
  now(): Date
  logger: EngineLogger
}

/** A function that makes the jobs that are due. */
export function createScheduler({ database, connections, createJob, now, logger }: SchedulerOptions) {
  return () =>
    inTransaction(database, async (tx) => {
      for (const connection of await connections.due(now(), tx)) {
        const jobId = await createJob(connection, tx)
        await connections.setNextSync(connection.connectionId, nextSyncAt(connection.schedule, now()), tx)
        logger.info({ connectionId: connection.connectionId, jobId: jobId ?? null }, 'scheduled sync')
      }
    }).catch((error: unknown) => logger.warn(errorFacts(error), 'scheduling failed'))
}

/** When a connection with this schedule syncs next; null for never. */
export function nextSyncAt(schedule: StoredSchedule, now: Date): Date | null {
  if (schedule.scheduleType === 'manual') return null
  if (schedule.scheduleType === 'basic') return new Date(now.getTime() + schedule.units * unitMs[schedule.timeUnit])
  const parsed = parseCron(schedule.cronExpression)
  return parsed.kind === 'cron' ? nextTime(parsed.cron, now) : null
}

const hourMs = 3_600_000
const unitMs = { minutes: 60_000, hours: hourMs, days: 24 * hourMs, weeks: 168 * hourMs, months: 720 * hourMs }
