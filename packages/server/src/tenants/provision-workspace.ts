import { createOnce } from '../outbox/create-once.js'
import { listMarked, markName } from '../outbox/mark.js'
import { findOperationOf, onlyOperationOf } from '../outbox/rows.js'
import { isGone } from '../map/is-gone.js'
import type { Airbyte } from '../services.js'
import type { Database } from '../store/database.js'
import { setTenant } from '../store/tenants.js'
import { toUuid } from '../upstream/to-uuid.js'
import type { Provisioner } from './provisioner.js'

export interface UpstreamReach {
  db: Database
  airbyte: Airbyte
  /** Where workspaces are made; Airbyte Cloud only. */
  organizationId?: string | undefined
  inBackground(what: string, work: () => Promise<void>): void
}

/** The tenant's workspace at Airbyte, which makes a second one of a request that is repeated: it carries our mark. */
export function provisionWorkspace({ db, airbyte, organizationId, inBackground }: UpstreamReach): Provisioner {
  return {
    part: 'workspace',
    need: 'always',
    repeats: 'by its own operation',
    place: 'airbyte',
    ensure: async ({ tenantId, slug, workspaceId }) => {
      if (workspaceId) return { workspaceId }
      const opId = await onlyOperationOf(db, tenantId, 'workspace')
      const name = markName(slug, opId)
      const made = await createOnce(db, {
        opId,
        tenantId,
        kind: 'workspace',
        onDoubt: 'finish',
        payload: null,
        create: async () =>
          toUuid((await airbyte.workspaces.create({ name, ...(organizationId && { organizationId }) })).workspaceId),
        listMade: () => listLost(airbyte, opId),
        removeTwin: (twin) => airbyte.workspaces.delete(twin),
        inBackground,
        record: (inside, id) => setTenant(inside, tenantId, { workspaceId: id }),
      })
      return { workspaceId: made }
    },
    inspect: async ({ workspaceId }) => {
      if (!workspaceId) return { state: 'absent' }
      try {
        await airbyte.workspaces.get(workspaceId)
        return { state: 'present' }
      } catch (error) {
        if (isGone(error)) return { state: 'absent' }
        throw error
      }
    },
    rotate: () => Promise.resolve({}),
    remove: async ({ tenantId, workspaceId }) => {
      // Half made, it may have a workspace whose id never arrived.
      const begun = workspaceId ? undefined : await findOperationOf(db, tenantId, 'workspace')
      const lost = begun ? await listLost(airbyte, begun.op_id) : []
      for (const each of workspaceId ? [workspaceId] : lost) await airbyte.workspaces.delete(each).catch(unlessGone)
    },
    toEnv: ({ workspaceId }) => (workspaceId ? { AIRBYTE_WORKSPACE_ID: workspaceId } : {}),
  }
}

/**
 * The one place that looks at the workspaces of everybody: a workspace whose answer was lost has an id nobody knows.
 * By our own mark in its name, never by the tenant's; nothing of the others leaves this function.
 */
async function listLost(airbyte: Airbyte, opId: string): Promise<string[]> {
  const everybodys = await airbyte.workspaces.list({ workspaceIds: 'all' })
  return listMarked(everybodys, opId).map(({ workspaceId }) => workspaceId)
}

export function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}
