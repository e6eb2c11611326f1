// Airbyte's connections ⇄ the contract's. Pure.
import type { Connection as AirbyteConnection, StreamConfiguration } from '@opsai/airbyte-client'
import type { Connection, ConnectionStream, Job, Schedule } from '@opsai/contract'
import { invalidRequest } from '../http/problem.js'
import type { ConnectionRow } from '../store/connections.js'

type SyncMode = ConnectionStream['syncMode']

/** Modes of Airbyte's that the contract has no word for, by the nearest one that moves the same rows. */
const nearest = new Map<string, SyncMode>(
  Object.entries({
    full_refresh_overwrite_deduped: 'full_refresh_overwrite',
    full_refresh_update: 'full_refresh_append',
    full_refresh_soft_delete: 'full_refresh_append',
    incremental_update: 'incremental_deduped_history',
    incremental_soft_delete: 'incremental_deduped_history',
  } satisfies Record<string, SyncMode>),
)

function toConnectionStream({
  name,
  namespace,
  syncMode,
  cursorField,
  primaryKey,
}: StreamConfiguration): ConnectionStream {
  return {
    name,
    ...(namespace && { namespace }),
    syncMode: nearest.get(syncMode ?? '') ?? (syncMode as SyncMode | undefined) ?? 'full_refresh_overwrite',
    ...(cursorField?.length && { cursorField }),
    ...(primaryKey?.length && { primaryKey }),
  }
}

/** Airbyte appends ` UTC` to what it reads back, and may answer `basic` schedules, which nobody can write. */
export function toSchedule(schedule: AirbyteConnection['schedule']): Schedule {
  if (schedule.scheduleType === 'cron' && schedule.cronExpression) {
    return { scheduleType: 'cron', cronExpression: schedule.cronExpression.replace(/\s+UTC$/i, '') }
  }
  const hours = Number(/every (\d+) hours?/i.exec(schedule.basicTiming ?? '')?.[1])
  if (schedule.scheduleType === 'basic' && hours >= 1) {
    return { scheduleType: 'cron', cronExpression: hours < 24 ? `0 0 0/${hours} * * ?` : '0 0 0 * * ?' }
  }
  return { scheduleType: 'manual' }
}

export function toConnection(row: ConnectionRow, from: AirbyteConnection, schema: string, latestJob?: Job): Connection {
  return {
    connectionId: row.connection_id,
    sourceId: row.source_id,
    sourceType: row.source_type,
    name: row.name,
    status: from.status,
    streams: (from.configurations.streams ?? []).map(toConnectionStream),
    schedule: toSchedule(from.schedule),
    schema,
    tablePrefix: row.table_prefix,
    createdAt: row.created_at.toISOString(),
    ...(latestJob && { latestJob }),
  }
}

/**
 * What Airbyte would take and do wrong: two streams of one name end in one table, for a tenant has one schema.
 *
 * @throws ProblemError naming the stream
 */
export function guardStreams(streams: readonly Pick<ConnectionStream, 'name'>[]): void {
  const twice = streams.findIndex(({ name }, index) => streams.findIndex((other) => other.name === name) < index)
  const name = streams[twice]?.name
  if (name === undefined) return
  const message = `is chosen twice: both "${name}" would end in the same table`
  throw invalidRequest(`The stream "${name}" ${message}.`, [
    { path: ['streams', String(twice), 'name'], code: 'duplicate', message },
  ])
}

/** @throws ProblemError where the cron expression can't be one of Airbyte's */
export function guardSchedule(schedule: Schedule | undefined): void {
  if (schedule?.scheduleType !== 'cron') return
  const parts = schedule.cronExpression.trim().split(/\s+/)
  if ((parts.length === 6 || parts.length === 7) && /^\d+$/.test(parts[0] ?? '') && /^\d+$/.test(parts[1] ?? '')) return
  throw invalidRequest('A schedule is a Quartz cron expression of 6 or 7 fields, at most hourly, in UTC.', [
    {
      path: ['schedule', 'cronExpression'],
      code: 'pattern',
      message: 'must be Quartz cron, at most hourly, such as 0 0 6 * * ?',
    },
  ])
}

/** `google-ads` → `google_ads`: the stem of its tables' names. */
export const toPrefixStem = (sourceType: string) => sourceType.replace(/[^a-z0-9]+/gi, '_').toLowerCase()
