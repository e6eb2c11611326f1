// An app that ended by itself is nobody's change, and its people wait all the same.
import type { Services } from '../services.js'
import { listRunningApps, wantApp } from '../store/apps.js'
import { toAppName } from './app-names.js'
import type { AppsOptions } from './apps-options.js'

/** Wants those anew that ran and no longer do, where that can happen: a round starts them as they were built. */
export async function wantStoppedApps({ db, log }: Services, { deployer }: AppsOptions): Promise<void> {
  if (!deployer.start) return
  for (const { tenant_id: tenantId, slug } of await listRunningApps(db, deployer.target)) {
    // What can't be looked at now is looked at again.
    const { state } = await deployer.inspect(toAppName(slug)).catch(() => ({ state: 'unknown' as const }))
    if (state !== 'stopped') continue
    log.warn('an app has stopped by itself and is started again', { tenantId })
    await wantApp(db, tenantId)
  }
}
