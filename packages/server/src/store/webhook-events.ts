import type { WebhookEventType } from '@opsai/contract'
import type { Db } from './database.js'

export interface WebhookEventRow {
  event_id: string
  tenant_id: string
  type: WebhookEventType
  data: Record<string, unknown>
  at: Date
  /** Tries so far, the one this row was claimed for included. */
  attempts: number
  last_error: string | null
}

const LEASE_SECONDS = 60

/** Whether events are wanted at all: where not, none are written down. */
export async function setWebhookTarget(db: Db, isWanted: boolean): Promise<void> {
  await db.rows(
    isWanted
      ? 'INSERT INTO opsai.webhook_target DEFAULT VALUES ON CONFLICT DO NOTHING'
      : 'DELETE FROM opsai.webhook_target',
  )
}

/** Adds an event that no audit entry stands for. */
export async function addWebhookEvent(
  db: Db,
  event: Pick<WebhookEventRow, 'tenant_id' | 'type' | 'data'>,
): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.webhook_events (tenant_id, type, data) SELECT $1, $2, $3
     WHERE EXISTS (SELECT FROM opsai.webhook_target)`,
    [event.tenant_id, event.type, event.data],
  )
}

/** Makes due events ours for a minute: of any number of processes, one gets each. */
export const claimWebhookEvents = (db: Db, atOnce: number): Promise<WebhookEventRow[]> =>
  db.rows<WebhookEventRow>(
    `UPDATE opsai.webhook_events SET attempts = attempts + 1, next_at = now() + make_interval(secs => ${LEASE_SECONDS})
     WHERE event_id IN (
       SELECT event_id FROM opsai.webhook_events WHERE status = 'pending' AND next_at <= now()
       ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED
     ) RETURNING event_id, tenant_id, type, data, at, attempts, last_error`,
    [atOnce],
  )

export async function markDelivered(db: Db, eventId: string): Promise<void> {
  await db.rows(`UPDATE opsai.webhook_events SET status = 'delivered', last_error = NULL WHERE event_id = $1`, [
    eventId,
  ])
}

/** @param retryInMs when to try again; none: never, by itself */
export async function markFailed(db: Db, eventId: string, error: string, retryInMs: number | undefined): Promise<void> {
  await db.rows(
    `UPDATE opsai.webhook_events SET last_error = $2, status = CASE WHEN $3::float8 IS NULL THEN 'dead' ELSE 'pending' END,
       next_at = now() + make_interval(secs => coalesce($3::float8, 0) / 1000) WHERE event_id = $1`,
    [eventId, error, retryInMs],
  )
}

export const listDeadEvents = (db: Db): Promise<WebhookEventRow[]> =>
  db.rows<WebhookEventRow>(`SELECT * FROM opsai.webhook_events WHERE status = 'dead' ORDER BY at LIMIT 1000`)

/** Starts an event's tries anew. @returns whether there was such an event, tried out */
export async function resendEvent(db: Db, eventId: string): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.webhook_events SET status = 'pending', attempts = 0, next_at = now()
     WHERE event_id = $1 AND status = 'dead' RETURNING event_id`,
    [eventId],
  )
  return rows.length > 0
}

/** What was taken is forgotten after a week, what nobody took after thirty days. */
export async function sweepWebhookEvents(db: Db): Promise<void> {
  await db.rows(
    `DELETE FROM opsai.webhook_events WHERE (status = 'delivered' AND at < now() - interval '7 days')
       OR (status = 'dead' AND at < now() - interval '30 days')`,
  )
}
