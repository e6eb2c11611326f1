import type { CheckResult } from '@opsai/contract'
import { guardConfiguration } from '../http/guard-configuration.js'
import { toCheckResult } from '../map/check.js'
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
export async function checkSource(services: Services, row: SourceRow, signal: AbortSignal): Promise<CheckResult> {
  const { airbyte, db } = services
  return await onSource(services, row.source_id, signal, async (lease) => {
    const check = await airbyte.sources.check(row.source_id, { signal: lease.signal })
    const configuration =
      check.status === 'succeeded'
        ? {}
        : await airbyte.sources.get(row.source_id).then((source) => source.configuration)
    const result = toCheckResult(check, configuration)
    await db.transaction(async (inside) => {
      await lease.confirm(inside)
      await setSource(inside, row.source_id, { checkStatus: result.status })
    })
    return result
  })
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
  const { connectionSpecification } = await connectors.spec(workspaceId, definition)
  guardConfiguration(configuration, { specification: connectionSpecification })
  const definitionId = definition.sourceDefinitionId
  return toCheckResult(
    await airbyte.sources.checkConfiguration({ workspaceId, definitionId, configuration }, { signal }),
    configuration,
  )
}
