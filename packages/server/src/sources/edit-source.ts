// An edit of a stored source: what the user did not touch stays, secrets to the byte.
import type { Source as AirbyteSource } from '@opsai/airbyte-client'
import type { UpdateSourceRequest } from '@opsai/contract'
import { guardConfiguration } from '../http/guard-configuration.js'
import { planEdit } from '../map/plan-edit.js'
import { markName } from '../outbox/mark.js'
import type { Caller, ReadyTenant, Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { type SourceRow, setSource } from '../store/sources.js'
import { onSource } from './check-source.js'
import { secretsNeeded } from './secrets-needed.js'
import { readSource } from './require-source.js'

/**
 * Answers the row and Airbyte's source as they are now.
 *
 * @throws ProblemError naming the secrets that must be typed again, where Airbyte could not keep them
 */
export async function editSource(
  services: Services,
  { tenant, userId }: Caller,
  row: SourceRow,
  wish: UpdateSourceRequest,
  signal: AbortSignal,
): Promise<{ row: SourceRow; source: AirbyteSource }> {
  const { db, now, connectors } = services
  const { configuration } = wish
  const specification =
    configuration && (await connectors.specOfSource(tenant.workspaceId, row)).connectionSpecification
  if (configuration) guardConfiguration(configuration, { specification, stored: true })
  const name = wish.name ?? row.name
  const checkStatus = configuration ? ('untested' as const) : row.check_status
  return await onSource(services, row.source_id, signal, async (lease) => {
    const change = { name: markName(name, row.op_id), configuration, specification }
    const source = await send(services, tenant, row, change, lease.signal)
    await db.transaction(async (inside) => {
      await lease.confirm(inside)
      await setSource(inside, row.source_id, { name, checkStatus })
      const about = { tenantId: tenant.tenantId, userId, subject: row.source_id }
      await addAudit(inside, { ...about, action: 'source_updated' })
    })
    return { row: { ...row, name, check_status: checkStatus, updated_at: now() }, source }
  })
}

interface Change {
  name: string
  configuration: Record<string, unknown> | undefined
  specification: unknown
}

async function send(
  services: Services,
  tenant: ReadyTenant,
  { source_id: sourceId }: SourceRow,
  { name, configuration, specification }: Change,
  signal: AbortSignal,
): Promise<AirbyteSource> {
  const { sources } = services.airbyte
  const stored = await readSource(services, tenant, sourceId)
  if (!configuration) return await sources.patch(sourceId, { name }, { signal })
  const edit = planEdit(specification, stored.configuration, configuration)
  switch (edit.kind) {
    case 'replace':
      return await sources.replace(sourceId, { name, configuration: edit.configuration }, { signal })
    case 'patch':
      return await sources.patch(sourceId, { name, configuration: edit.configuration }, { signal })
    case 'refused':
      throw secretsNeeded(edit.fieldErrors)
  }
}
