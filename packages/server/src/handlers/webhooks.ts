import type { Call, Handlers } from '../http/handler.js'
import { notFound } from '../http/problem.js'
import { hashToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { findHook } from '../store/notification-hooks.js'
import { findTenantOfConnection } from '../store/connections.js'
import { listDeadEvents, resendEvent } from '../store/webhook-events.js'
import { inScope } from '../upstream/scope.js'
import { toNotifiedJob } from '../webhooks/notification.js'
import { createHintLimit } from '../webhooks/hint-limit.js'
import { readHint } from '../webhooks/read-hint.js'

type WebhookRoutes = 'listDeadWebhooks' | 'resendWebhook' | 'receiveNotification'

export function createWebhookHandlers(services: Services): Pick<Handlers, WebhookRoutes> {
  const { db, now } = services
  const isWelcome = createHintLimit(now)
  return {
    listDeadWebhooks: async () => ({
      status: 200,
      body: {
        events: (await listDeadEvents(db)).map((row) => ({
          eventId: row.event_id,
          type: row.type,
          tenantId: row.tenant_id,
          createdAt: row.at.toISOString(),
          attempts: row.attempts,
          lastError: row.last_error ?? '',
        })),
      },
    }),

    resendWebhook: async ({ params }) => {
      if (!(await resendEvent(db, params.eventId))) throw notFound()
      await addAudit(db, { action: 'webhook_resent', subject: params.eventId })
      return { status: 202, body: { eventId: params.eventId, status: 'pending' } }
    },

    receiveNotification: async (call) => {
      const text = await readHint(call.request)
      // Answered before anything is looked up: neither the answer nor its time says whether the secret is one.
      if (text !== undefined && isWelcome(call.params.secret))
        services.inBackground('follow a notification', () => followHint(services, call, text))
      return new Response(null, { status: 204 })
    },
  }
}

/** A hint says where to look. What is found there is what counts, and only where it is the hinting tenant's own. */
async function followHint(
  services: Services,
  { params }: Pick<Call<'receiveNotification'>, 'params'>,
  text: string,
): Promise<void> {
  const tenantId = await findHook(services.db, hashToken(params.secret))
  const jobId = toNotifiedJob(text)
  if (tenantId === undefined || jobId === undefined) return
  await inScope({ tenantId }, async () => {
    const job = await services.jobs.read(jobId)
    if ((await findTenantOfConnection(services.db, job.connectionId)) === tenantId) await services.onJob(job)
  })
}
