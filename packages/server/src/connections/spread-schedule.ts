// When connections that name no schedule sync: each tenant at a minute of its own, so that a thousand tenants do not start
// on the hour, and all connections of one tenant together, so that its data is of one time. Pure.
import { createHash } from 'node:crypto'
import type { Schedule } from '@opsai/contract'

/** How often such connections sync. Hours divide a day, so that every period begins at the same hours. */
export const syncPeriods = ['1h', '2h', '3h', '4h', '6h', '8h', '12h', '24h', '7d', 'manual'] as const
export type SyncPeriod = (typeof syncPeriods)[number]

const HOUR = 60
const DAY = 24 * HOUR

/** In minutes; nothing for `manual`. */
export const toMinutes = (period: SyncPeriod): number | undefined =>
  period === 'manual' ? undefined : period === '7d' ? 7 * DAY : Number.parseInt(period) * HOUR

/** The minute of a period a tenant has: always the same, and as likely one as another. */
export const toOwnMinute = (tenantId: string, minutes: number): number =>
  createHash('sha256').update(`sync schedule of ${tenantId}`).digest().readUInt32BE(0) % minutes

/**
 * The schedule of a tenant's connections: Quartz cron in UTC, as Airbyte takes it, with a fixed second and minute.
 *
 * @example
 * toOwnSchedule('acme', '6h') // { scheduleType: 'cron', cronExpression: '0 17 2/6 * * ?' }
 */
export function toOwnSchedule(tenantId: string, period: SyncPeriod): Schedule {
  const minutes = toMinutes(period)
  if (minutes === undefined) return { scheduleType: 'manual' }
  const at = toOwnMinute(tenantId, minutes)
  const [minute, hour] = [at % HOUR, Math.floor(at / HOUR)]
  if (minutes > DAY) return cron(`0 ${minute} ${hour % 24} ? * ${Math.floor(hour / 24) + 1}`)
  if (minutes === DAY) return cron(`0 ${minute} ${hour} * * ?`)
  return cron(`0 ${minute} ${hour}/${minutes / HOUR} * * ?`)
}

const cron = (cronExpression: string): Schedule => ({ scheduleType: 'cron', cronExpression })
