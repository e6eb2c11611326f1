// A changed configuration is tried out before it is stored, with the stored secrets behind its masks.
import { type Check, isAirbyteError } from '@opsai/airbyte-client'
import type { CheckResult } from '@opsai/contract'
import { guardConfiguration } from '../http/guard-configuration.js'
import { toCheckResult } from '../map/to-check-result.js'
import { listMasks, listMasksInLists, planEdit } from '../map/plan-edit.js'
import type { ReadyTenant, Services } from '../services.js'
import type { SourceRow } from '../store/sources.js'
import { onSource } from './check-source.js'
import { readSource } from './require-source.js'
import { secretsNeeded, testAfterSave } from './secrets-needed.js'

/**
 * Stores nothing: neither the configuration nor, as the stored one was not tested, the verdict.
 *
 * @throws ProblemError `invalid_request` naming the secrets that must be typed again; `test_after_save` where this
 *   Airbyte can't test the change, though it can store it
 */
export async function checkEdit(
  services: Services,
  tenant: ReadyTenant,
  row: SourceRow,
  configuration: Record<string, unknown>,
  signal: AbortSignal,
): Promise<CheckResult> {
  const spec = await services.connectors.specOfSource(tenant.workspaceId, row)
  const specification = spec.connectionSpecification
  guardConfiguration(configuration, { specification, stored: true })
  return await onSource(services, row.source_id, signal, async (lease) => {
    const stored = await readSource(services, tenant, row.source_id)
    const edit = planEdit(specification, stored.configuration, configuration)
    switch (edit.kind) {
      case 'replace': {
        const { name } = stored
        const check = await askAirbyte(services, tenant, row, { name, configuration: edit.configuration }, lease.signal)
        return toCheckResult(check, { spec, configuration })
      }
      case 'patch': {
        // Airbyte does not look into lists: their stars would be tested for what they are.
        if (Object.keys(edit.configuration).length > 0) throw testAfterSave(listMasksInLists(configuration))
        const check = await services.airbyte.sources.check(row.source_id, { signal: lease.signal })
        return toCheckResult(check, { spec, configuration })
      }
      case 'refused':
        throw secretsNeeded(edit.fieldErrors)
    }
  })
}

/** Without a call for edits a configuration that has all its secrets is one like any other. */
async function askAirbyte(
  { airbyte }: Services,
  { workspaceId }: ReadyTenant,
  { source_id: sourceId, definition_id: definitionId }: SourceRow,
  edit: { name: string; configuration: Record<string, unknown> },
  signal: AbortSignal,
): Promise<Check> {
  try {
    return await airbyte.sources.checkUpdate(sourceId, edit, { signal })
  } catch (error) {
    if (!isAirbyteError(error) || error.code !== 'not_supported') throw error
    const masks = listMasks(edit.configuration)
    if (masks.length > 0) throw testAfterSave(masks)
    const { configuration } = edit
    return await airbyte.sources.checkConfiguration({ workspaceId, definitionId, configuration }, { signal })
  }
}
