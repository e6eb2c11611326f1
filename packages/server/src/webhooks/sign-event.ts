import type { WebhookEvent } from '@opsai/contract'
import { Webhook } from 'standardwebhooks'
import type { WebhookEventRow } from '../store/webhook-events.js'

/** An event as it is sent. Built anew at each try: the signature speaks of the time it is sent, the body never changes. */
export function toSignedEvent(
  row: Pick<WebhookEventRow, 'event_id' | 'type' | 'data' | 'at'>,
  secrets: readonly string[],
  now: Date,
): { headers: Record<string, string>; body: string } {
  const event = { type: row.type, timestamp: row.at.toISOString(), data: row.data } as unknown as WebhookEvent
  const body = JSON.stringify(event)
  return {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'opsai-webhooks/1',
      'webhook-id': row.event_id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(row.event_id, now, body)).join(' '),
    },
    body,
  }
}
