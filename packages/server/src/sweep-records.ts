// What is kept about the tenants' doings: sealed, told, and forgotten when its time is over.
import { sealAudit } from './audit/seal-audit.js'
import { rotateKeys } from './secrets/rotate-keys.js'
import type { Services } from './services.js'
import { sweepSyncs } from './store/syncs.js'
import { sweepUsage } from './store/usage.js'
import { sweepWebhookEvents } from './store/webhook-events.js'
import { registerHooks } from './webhooks/register-hooks.js'

/** One round. Each step is by itself: one that fails is logged and keeps none of the others. */
export async function sweepRecords(services: Services): Promise<void> {
  const { db, log, settings } = services
  const steps: Record<string, () => Promise<unknown>> = {
    'seal the audit trail': () => sealAudit(services),
    'change keys': () => (settings.oldEncryptionKeys.length > 0 ? rotateKeys(services) : Promise.resolve()),
    'register for notifications': () => registerHooks(services),
    'forget events': () => sweepWebhookEvents(db),
    'forget syncs': () => sweepSyncs(db),
    'forget what was used': () => sweepUsage(db),
  }
  for (const [what, step] of Object.entries(steps)) {
    await step().catch((error: unknown) => log.error(`could not ${what}`, { error }))
  }
}
