import { createOnce } from '../outbox/create-once.js'
import { listMarked, markName } from '../outbox/mark.js'
import { sealFacts } from '../outbox/payload.js'
import type { ReadyTenant, Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { addSource, type SourceRow } from '../store/sources.js'
import { toUuid } from '../upstream/to-uuid.js'

export interface SourceToMake {
  opId: string
  tenant: ReadyTenant
  userId: string
  sourceType: string
  definitionId: string
  name: string
  configuration: Record<string, unknown>
  /** Tokens of a sign-in that Airbyte keeps itself. */
  secretId?: string
  /** Default: `credentials`. */
  authorizedBy?: SourceRow['authorized_by']
  onDoubt: 'finish' | 'adopt'
}

/** Makes a source at Airbyte, exactly once, and writes it down as the tenant's. Answers its id. */
export async function makeSource(
  { db, airbyte, sealer, inBackground }: Services,
  source: SourceToMake,
): Promise<string> {
  const { opId, tenant, definitionId, configuration, secretId } = source
  const { workspaceId } = tenant
  const facts = {
    source_type: source.sourceType,
    definition_id: definitionId,
    name: source.name,
    authorized_by: source.authorizedBy ?? 'credentials',
  } as const
  return await createOnce(db, {
    opId,
    tenantId: tenant.tenantId,
    kind: 'source',
    onDoubt: source.onDoubt,
    payload: sealFacts(sealer, opId, facts),
    create: async () => {
      const name = markName(source.name, opId)
      const made = await airbyte.sources.create({
        workspaceId,
        name,
        definitionId,
        configuration,
        ...(secretId && { secretId }),
      })
      return toUuid(made.sourceId)
    },
    listMade: async () => listMarked(await airbyte.sources.list({ workspaceId }), opId).map(({ sourceId }) => sourceId),
    removeTwin: (sourceId) => airbyte.sources.delete(sourceId),
    inBackground,
    record: async (inside, sourceId) => {
      await addSource(inside, { source_id: sourceId, tenant_id: tenant.tenantId, op_id: opId, ...facts })
      await addAudit(inside, {
        tenantId: tenant.tenantId,
        userId: source.userId,
        action: 'source_created',
        subject: sourceId,
        facts: { sourceType: source.sourceType, authorizedBy: facts.authorized_by },
      })
    },
  })
}
