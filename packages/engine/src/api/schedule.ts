// A schedule as it comes in, stored, and as it is told: Quartz in UTC, never `basic` on the way in (trap 16).
import { nextTime, parseCron } from '../jobs/quartz-cron.js'
import type { StoredSchedule } from '../store/connections.js'
import { Problem } from './problem.js'

export interface ScheduleRequest {
  scheduleType: 'manual' | 'cron'
  cronExpression?: string | undefined
}

/** Throws Airbyte's own problem for each way a cron expression can be wrong. */
export function toStoredSchedule({ scheduleType, cronExpression }: ScheduleRequest): StoredSchedule {
  if (scheduleType === 'manual') return { scheduleType: 'manual' }
  if (!cronExpression) throw new Problem('cron-missing')
  const parsed = parseCron(cronExpression)
  const facts = { cronExpression }
  if (parsed.kind === 'too_often') {
    throw new Problem('cron-too-often', 'A sync can be scheduled once an hour at most.', facts)
  }
  if (parsed.kind === 'invalid') {
    throw new Problem('cron-invalid', `The cron expression is invalid: ${parsed.reason}.`, facts)
  }
  if (!nextTime(parsed.cron, new Date())) {
    throw new Problem('cron-invalid', 'The cron expression never comes due.', facts)
  }
  return { scheduleType: 'cron', cronExpression: parsed.expression }
}

/** As the public API answers it. */
export function toPublicSchedule(schedule: StoredSchedule) {
  const { scheduleType } = schedule
  if (scheduleType === 'manual') return { scheduleType }
  if (scheduleType === 'cron') return { scheduleType, cronExpression: `${schedule.cronExpression} UTC` }
  return { scheduleType, basicTiming: `Every ${schedule.units} ${schedule.timeUnit.toUpperCase()}` }
}
