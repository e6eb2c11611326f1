import { isAirbyteError } from '@opsai/airbyte-client'
import { toOAuthInput } from '../../map/sign-in.js'
import { noteConfiguration } from '../../secrets/given-secrets.js'
import type { Services } from '../../services.js'
import { toEnd } from '../flow-answer.js'
import type { Completed, SignIn } from './way.js'

/** Trades what came back for the id of the tokens Airbyte has stored; ends where that id is of another workspace. */
export async function completeAtAirbyte(
  { airbyte, log }: Services,
  { flow, workspaceId, spec, configuration }: SignIn,
  queryParams: Record<string, string>,
): Promise<Completed> {
  const claimed = queryParams.workspace_id
  if (!flow.redirect_url || (claimed !== undefined && claimed !== workspaceId)) return toEnd('context_mismatch')
  noteConfiguration({ token: queryParams })
  const input = toOAuthInput(spec, configuration)
  try {
    const { secretId } = await airbyte.oauth.complete({
      workspaceId,
      definitionId: flow.definition_id,
      redirectUrl: flow.redirect_url,
      queryParams,
      ...(Object.keys(input).length > 0 && { input }),
      ...(flow.for_source_id && { sourceId: flow.for_source_id }),
    })
    return isOfWorkspace(secretId, workspaceId) ? { secret: secretId } : toEnd('context_mismatch')
  } catch (error) {
    if (!isAirbyteError(error) || error.code !== 'oauth_failed') throw error
    log.warn('a sign-in could not be completed', { flowId: flow.flow_id, error })
    return toEnd('provider_error', `${flow.name} did not complete the sign-in.`)
  }
}

/** Airbyte does not check whose a secret is; whatever workspace its id names, however it is written, must be ours. */
export function isOfWorkspace(secretId: string, workspaceId: string): boolean {
  const named = [...secretId.matchAll(/workspace_([^_/]+)/gi)].map(([, id = '']) => id.toLowerCase())
  return named.every((id) => id === workspaceId.toLowerCase())
}
