import { isAirbyteError } from '@opsai/airbyte-client'
import type { CheckResult } from '@opsai/contract'
import { guardConfiguration } from '../http/guard-configuration.js'
import { toCheckResult } from '../map/to-check-result.js'
import type { ReadyTenant, Services } from '../services.js'
import { type Lease, withLease } from '../store/leases.js'
import { setSource, type SourceRow } from '../store/sources.js'

/** One operation at a time on a source: two would burn its rotating refresh token. */
export const onSource = <T>(
  { db }: Pick<Services, 'db'>,
  sourceId: string,
  signal: AbortSignal,
  work: (lease: Lease) => Promise<T>,
) => withLease(db, `source:${sourceId}`, signal, work)

/** Tests a stored source and writes down what came of it. */
export async function checkSource(
  services: Services,
  tenant: ReadyTenant,
  row: SourceRow,
  signal: AbortSignal,
): Promise<CheckResult> {
  const { db } = services
  return await onSource(services, row.source_id, signal, async (lease) => {
    const result = await checkHeld(services, tenant, row, lease)
    await db.transaction(async (inside) => {
      await lease.confirm(inside)
      await setSource(inside, row.source_id, { checkStatus: result.status })
    })
    return result
  })
}

/** For who holds the source's lease: tests it, and leaves it to them to write that down. */
export async function checkHeld(
  services: Services,
  tenant: ReadyTenant,
  row: SourceRow,
  { signal }: Pick<Lease, 'signal'>,
): Promise<CheckResult> {
  const check = await services.airbyte.sources.check(row.source_id, { signal })
  return toCheckResult(check, check.status === 'succeeded' ? undefined : await readForm(services, tenant, row))
}

/** What a failure's fields are looked for in. Without it the failure is still one. */
async function readForm({ airbyte, connectors }: Services, { workspaceId }: ReadyTenant, row: SourceRow) {
  try {
    const { configuration } = await airbyte.sources.get(row.source_id)
    return { spec: await connectors.specOfSource(workspaceId, row), configuration }
  } catch (error) {
    if (isAirbyteError(error)) return undefined
    throw error
  }
}

/** Tests a configuration that is not stored. */
export async function checkConfiguration(
  { airbyte, connectors }: Services,
  tenant: ReadyTenant,
  { sourceType, configuration }: { sourceType: string; configuration: Record<string, unknown> },
  signal: AbortSignal,
): Promise<CheckResult> {
  const { workspaceId } = tenant
  const { definition } = await connectors.get(workspaceId, sourceType)
  const spec = await connectors.spec(workspaceId, definition)
  guardConfiguration(configuration, { specification: spec.connectionSpecification })
  const definitionId = definition.sourceDefinitionId
  return toCheckResult(
    await airbyte.sources.checkConfiguration({ workspaceId, definitionId, configuration }, { signal }),
    { spec, configuration },
  )
}
