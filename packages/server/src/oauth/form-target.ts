// What a form that a host's page posted is to sign in: a new source, or a stored one again.
import type { StartFlowForm } from '@opsai/contract'
import { guardConfiguration } from '../http/guard-configuration.js'
import { invalidRequest, ProblemError } from '../http/problem.js'
import { guardShape } from '../http/read-body.js'
import { lacksApp, withDiscriminator } from '../map/sign-in.js'
import type { Caller, Services } from '../services.js'
import { requireSource } from '../sources/require-source.js'
import type { FlowTarget } from './launch-flow.js'
import { toStoredTarget } from './stored-target.js'

/** @throws ProblemError where it can't be signed in to, or the form says something that is not so */
export const toFormTarget = (services: Services, caller: Caller, form: StartFlowForm): Promise<FlowTarget> =>
  form.sourceId === undefined
    ? toNewTarget(services, caller, form)
    : toTargetAgain(services, caller, form, form.sourceId)

async function toNewTarget(services: Services, caller: Caller, form: StartFlowForm): Promise<FlowTarget> {
  const { workspaceId } = caller.tenant
  const { connector, definition } = await services.connectors.get(workspaceId, form.sourceType)
  const spec = await services.connectors.spec(workspaceId, definition)
  const configuration = withDiscriminator(spec, parseConfiguration(form.configuration, spec.connectionSpecification))
  if (!spec.advancedAuth?.oauthConfigSpecification || lacksApp(spec, configuration)) {
    throw new ProblemError('oauth_unsupported', {
      detail: `This Airbyte has no OAuth app for ${connector.name}.`,
      displayMessage: `Signing in to ${connector.name} is not offered here.`,
    })
  }
  return {
    source_type: connector.sourceType,
    definition_id: definition.sourceDefinitionId,
    for_source_id: null,
    name: form.name ?? connector.name,
    configuration,
  }
}

async function toTargetAgain(services: Services, { tenant }: Caller, form: StartFlowForm, sourceId: string) {
  const row = await requireSource(services, tenant, sourceId)
  if (row.source_type !== form.sourceType) {
    throw new ProblemError('conflict', { detail: 'sourceType is not the one of the source that is signed in again.' })
  }
  const { connectionSpecification } = await services.connectors.specOfSource(tenant.workspaceId, row)
  const given = parseConfiguration(form.configuration, connectionSpecification, 'stored')
  return await toStoredTarget(services, tenant, row, given)
}

function parseConfiguration(
  text: string | undefined,
  specification: unknown,
  of: 'new' | 'stored' = 'new',
): Record<string, unknown> {
  if (!text) return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalidRequest('configuration is not JSON.', [
      { path: ['configuration'], code: 'type', message: 'must be JSON' },
    ])
  }
  guardShape(value)
  guardConfiguration(value, { specification, stored: of === 'stored' })
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw invalidRequest('configuration must be an object.', [
    { path: ['configuration'], code: 'type', message: 'must be an object' },
  ])
}
