// What the proxy tells the host's backend, signed as Standard Webhooks says (https://www.standardwebhooks.com).
import * as z from 'zod/mini'
import { AppError } from './app.js'

const tenantId = z.string()
const source = z.object({ tenantId, sourceId: z.string(), sourceType: z.optional(z.string()) })
const connection = z.object({ tenantId, connectionId: z.string(), sourceId: z.optional(z.string()) })
const sync = z.object({
  tenantId,
  connectionId: z.string(),
  jobId: z.string(),
  rowsSynced: z.int(),
  bytesSynced: z.int(),
  /** Why it failed, for the end user. */
  failure: z.optional(z.string()),
})
const tenant = z.object({ tenantId })
const deployedApp = z.object({ tenantId, revision: z.int(), url: z.optional(z.string()), deploymentId: z.string() })
const failedApp = z.object({ tenantId, revision: z.int(), error: AppError })

const event = <const T extends string, D extends z.core.$ZodType>(type: T, data: D) =>
  z.object({
    type: z.literal(type),
    /** When it happened, ISO 8601. */
    timestamp: z.string(),
    data,
  })

/**
 * A delivered event. The same event may arrive more than once: the header `webhook-id` is the same each time.
 *
 * @example
 * const event = WebhookEvent.parse(new Webhook(secret).verify(await request.text(), Object.fromEntries(request.headers)))
 * if (event.type === 'sync.failed') notify(event.data.tenantId, event.data.failure)
 */
export const WebhookEvent = z.discriminatedUnion('type', [
  event('tenant.provisioned', tenant),
  /** Its app needs its `.env` again. */
  event('tenant.rotated', tenant),
  event('tenant.deleted', tenant),
  event('source.connected', source),
  event('source.deleted', source),
  event('connection.created', connection),
  event('connection.deleted', connection),
  event('sync.succeeded', sync),
  event('sync.failed', sync),
  /** What runs is another one than before. */
  event('app.deployed', deployedApp),
  /** It is not tried again by itself. What ran before goes on. */
  event('app.failed', failedApp),
])
export type WebhookEvent = z.infer<typeof WebhookEvent>

/** An event's `type`. */
export type WebhookEventType = WebhookEvent['type']

/** An event nobody took in any of its tries. */
export const DeadWebhook = z.object({
  eventId: z.string(),
  type: z.string(),
  tenantId: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  attempts: z.int(),
  /** What the last try met. */
  lastError: z.string(),
})
export type DeadWebhook = z.infer<typeof DeadWebhook>

export const DeadWebhooks = z.object({ events: z.array(DeadWebhook) })

export const ResentWebhook = z.object({ eventId: z.string(), status: z.literal('pending') })
