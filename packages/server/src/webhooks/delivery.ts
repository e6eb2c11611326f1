// Events leave here, from whichever process comes first.
import type { Settings } from '../options.js'
import type { Services } from '../services.js'
import { claimWebhookEvents, markDelivered, markFailed, type WebhookEventRow } from '../store/webhook-events.js'
import { createEgress, type Egress } from './egress.js'
import { maxAttempts, toRetryDelay } from './retry-delay.js'
import { toSignedEvent } from './sign-event.js'

const AT_ONCE = 8
const LOOK_EVERY_MS = 1_000

type Reach = Pick<Services, 'db' | 'log' | 'now' | 'inBackground'>
type Target = NonNullable<Settings['webhooks']>

/** Looks for due events each second until it is stopped. */
export function startDelivery(reach: Reach, target: Target): { stop(): void; close(): Promise<void> } {
  const egress = createEgress(target)
  let working = false
  const look = () => {
    if (working) return
    working = true
    reach.inBackground('deliver webhooks', () => deliverDue(reach, target, egress).finally(() => (working = false)))
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer), close: () => egress.close() }
}

/** Sends what is due. One receiver is met by a few at a time, the oldest first. */
export async function deliverDue(reach: Reach, target: Target, egress: Egress): Promise<void> {
  const due = await claimWebhookEvents(reach.db, AT_ONCE)
  await Promise.all(due.map((row) => deliver(reach, target, egress, row)))
}

async function deliver({ db, log, now }: Reach, target: Target, egress: Egress, row: WebhookEventRow): Promise<void> {
  const secrets = [target.secret, ...(target.previousSecret ? [target.previousSecret] : [])]
  const { headers, body } = toSignedEvent(row, secrets, now())
  const failure = await egress.post(target.url, headers, body).then(
    ({ status }) => (status >= 200 && status < 300 ? undefined : `answered ${status}`),
    (error: unknown) => (error instanceof Error ? error.message : 'the call failed'),
  )
  if (failure === undefined) return await markDelivered(db, row.event_id)
  const retryInMs = toRetryDelay(row.attempts, Math.random())
  await markFailed(db, row.event_id, failure.slice(0, 500), retryInMs)
  const facts = { eventId: row.event_id, type: row.type, attempts: row.attempts, maxAttempts, failure }
  if (retryInMs === undefined) log.error('a webhook was given up: GET /webhooks/dead lists it', facts)
  else log.warn('a webhook was not taken', { ...facts, retryInMs })
}
