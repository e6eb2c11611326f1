import { invalidRequest, ProblemError } from '../http/problem.js'
import { toSignInAgain } from '../map/sign-in-again.js'
import type { ReadyTenant, Services } from '../services.js'
import { readSource } from '../sources/require-source.js'
import type { SourceRow } from '../store/sources.js'
import type { FlowTarget } from './launch-flow.js'

/**
 * A stored source that is to be signed in again: what its sign-in needs is read from Airbyte, by the spec of its own
 * version. What Airbyte shows as stars stays there.
 *
 * @param given what was typed beside it
 * @throws ProblemError `oauth_unsupported`; `invalid_request` naming secrets of the user's own app that must be typed
 */
export async function toStoredTarget(
  services: Services,
  tenant: ReadyTenant,
  row: SourceRow,
  given: Record<string, unknown> = {},
): Promise<FlowTarget> {
  const { connectors } = services
  const { name } = await connectors.describe(tenant.workspaceId, row)
  const spec = await connectors.specOfSource(tenant.workspaceId, row)
  const { configuration } = await readSource(services, tenant, row.source_id)
  const again = toSignInAgain(spec, configuration, given)
  if (again.kind === 'not_offered') throw notOffered(name)
  if (again.kind === 'secrets_needed') throw secretsNeeded(name, again.paths)
  const { source_type, definition_id, source_id } = row
  return { source_type, definition_id, for_source_id: source_id, name, configuration: again.configuration }
}

const notOffered = (name: string) =>
  new ProblemError('oauth_unsupported', {
    detail: `This source was not connected by signing in, or this Airbyte has no OAuth app for ${name} any more.`,
    displayMessage: `This ${name} can not be signed in to again.`,
    remedy: 'Edit its settings instead.',
  })

const secretsNeeded = (name: string, paths: string[][]) =>
  invalidRequest(
    `${name} was signed in to with an app of the user's own, whose secret can't be read back: send it as configuration.`,
    paths.map((path) => ({
      path: ['configuration', ...path],
      code: 'secret_needed',
      message: 'must be typed again to sign in',
    })),
  )
