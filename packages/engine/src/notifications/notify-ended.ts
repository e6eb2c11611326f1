// Tells a workspace's webhook that a sync has ended, as Airbyte does: once, unsigned, and never twice on trouble.
import * as z from 'zod'
import type { EngineLogger } from '../logger.js'
import type { createActorStore } from '../store/actors.js'
import type { createConnectionStore } from '../store/connections.js'
import type { JobStore } from '../store/jobs.js'
import type { createWorkspaceStore } from '../store/workspaces.js'
import type { WebhookSender } from './send-webhook.js'
import { toSyncMessage } from './sync-message.js'

const Webhook = z.looseObject({
  webhook: z.looseObject({ enabled: z.boolean().optional(), url: z.string().optional() }).optional(),
})
const Notifications = z.looseObject({ success: Webhook.optional(), failure: Webhook.optional() })

export interface NotifierOptions {
  jobs: JobStore
  connections: ReturnType<typeof createConnectionStore>
  actors: ReturnType<typeof createActorStore>
  workspaces: ReturnType<typeof createWorkspaceStore>
  webhooks: WebhookSender
  airbyteUrl: string
  logger: EngineLogger
}

/** A function to call with every sync that was worked on; it speaks up only about those that have ended. */
export function createNotifier(options: NotifierOptions) {
  const { jobs, connections, actors, workspaces, webhooks, airbyteUrl, logger } = options
  return async (jobId: number): Promise<void> => {
    const job = await jobs.get(jobId)
    if (!job || job.jobType !== 'sync' || (job.status !== 'succeeded' && job.status !== 'failed')) return
    const workspace = await workspaces.get(job.workspaceId)
    const url = workspace && webhookOf(workspace.notifications, job.status)
    if (!workspace || url === undefined) return
    const connection = await connections.get(job.connectionId)
    const source = connection && (await actors.get('source', connection.sourceId))
    const destination = connection && (await actors.get('destination', connection.destinationId))
    if (!connection || !source || !destination) return
    const message = toSyncMessage({
      job,
      workspace: { id: workspace.workspaceId, name: workspace.name },
      connection: { id: connection.connectionId, name: connection.name },
      source: { id: source.actorId, name: source.name },
      destination: { id: destination.actorId, name: destination.name },
      airbyteUrl,
    })
    const delivery = await webhooks.send(url, message)
    if (delivery.status === 'failed') logger.warn({ jobId, reason: delivery.message }, 'webhook was not delivered')
  }
}

/** The address to tell; `enabled` may be left out. */
function webhookOf(notifications: unknown, status: 'succeeded' | 'failed'): string | undefined {
  const parsed = Notifications.safeParse(notifications)
  if (!parsed.success) return undefined
  const webhook = (status === 'succeeded' ? parsed.data.success : parsed.data.failure)?.webhook
  return webhook?.enabled === false || !webhook?.url ? undefined : webhook.url
}
