// Asks Airbyte to tell us when a tenant's sync ends. Its notifications are unsigned: what proves them is a secret in the
// address, one a workspace, of which we keep only the hash.
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { addHook, listUnhooked, markHooked } from '../store/notification-hooks.js'
import { inScope } from '../upstream/scope.js'

/** Registers every workspace that is not yet; a new `publicUrl` is a new address, with a new secret. */
export async function registerHooks(services: Services): Promise<void> {
  const { settings, db, log } = services
  if (!settings.publicUrl) return
  const baseUrl = settings.publicUrl + settings.basePath
  for (const { tenant_id: tenantId, workspace_id: workspaceId } of await listUnhooked(db, baseUrl)) {
    const hook = { tenantId, workspaceId, baseUrl }
    await inScope({ tenantId, workspaceId }, () => register(services, hook)).catch((error: unknown) =>
      log.warn('a workspace does not tell us of its syncs', { workspaceId, error }),
    )
  }
}

async function register(
  { db, airbyte }: Services,
  { tenantId, workspaceId, baseUrl }: { tenantId: string; workspaceId: string; baseUrl: string },
): Promise<void> {
  const secret = randomToken()
  const secretHash = hashToken(secret)
  if (!(await addHook(db, { tenantId, secretHash, baseUrl }))) return
  const webhook = { enabled: true, url: `${baseUrl}/webhooks/airbyte/${secret}` }
  await airbyte.workspaces.patch(workspaceId, { notifications: { success: { webhook }, failure: { webhook } } })
  await markHooked(db, secretHash)
}
