import type { SourceSpec } from '@opsai/airbyte-client'
import { notFound } from '../../http/problem.js'
import { noteConfiguration } from '../../secrets/given-secrets.js'
import type { Services } from '../../services.js'
import type { FlowRow } from '../../store/flows.js'
import { findTenant } from '../../store/tenants.js'
import { actFor } from '../../upstream/scope.js'
import { configurationPlace } from '../flow-places.js'
import type { SignIn } from './way.js'

/**
 * A flow with everything its steps need, as whoever it belongs to: what is logged from here on is without its secrets.
 *
 * @throws ProblemError `not_found` where the tenant or what was typed is gone
 */
export async function openSignIn(services: Services, flow: FlowRow): Promise<SignIn> {
  const workspaceId = (await findTenant(services.db, flow.tenant_id))?.workspace_id
  if (!workspaceId || !flow.configuration) throw notFound()
  const opened = services.sealer.open(flow.configuration, configurationPlace(flow))
  const configuration = JSON.parse(opened) as Record<string, unknown>
  actFor({ tenantId: flow.tenant_id, workspaceId })
  noteConfiguration(configuration)
  return { flow, workspaceId, configuration, spec: await specOfFlow(services, workspaceId, flow) }
}

/** Of the version whose configuration the tokens go into: a stored source may be pinned to an older one. */
export const specOfFlow = (
  { connectors }: Pick<Services, 'connectors'>,
  workspaceId: string,
  flow: Pick<FlowRow, 'definition_id' | 'source_type' | 'for_source_id'>,
): Promise<SourceSpec> =>
  flow.for_source_id
    ? connectors.specOfSource(workspaceId, { ...flow, source_id: flow.for_source_id })
    : connectors.specOf(workspaceId, flow.definition_id)
