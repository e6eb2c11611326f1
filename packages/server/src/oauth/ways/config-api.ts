// A self-managed Airbyte, or the engine, signs in with the operator's app that it was given; the callback is ours alone.
import { toOAuthInput } from '../../map/sign-in.js'
import { randomToken } from '../../secrets/seal.js'
import { replaceState, requireConsentUrl, toConnectorPath } from '../addresses.js'
import { toEnd } from '../flow-answer.js'
import { statePlace } from '../flow-places.js'
import { completeAtAirbyte } from './complete-at-airbyte.js'
import type { Way } from './way.js'

export const configApi: Way = {
  comesBackBy: 'connector',

  begin: async ({ airbyte }, { flow, workspaceId, spec, configuration }, toUrl, signal) => {
    const input = toOAuthInput(spec, configuration)
    const state = randomToken()
    const redirectUrl = toUrl(toConnectorPath(flow.source_type))
    const { consentUrl } = await airbyte.oauth.getConsentUrl(
      {
        workspaceId,
        definitionId: flow.definition_id,
        sourceType: flow.source_type,
        redirectUrl,
        ...(Object.keys(input).length > 0 && { input }),
        ...(flow.for_source_id && { sourceId: flow.for_source_id }),
      },
      { signal },
    )
    const { url, airbyteState } = replaceState(requireConsentUrl(consentUrl), state)
    return { consentUrl: url, redirectUrl, state, ...(airbyteState !== undefined && { airbyteState }) }
  },

  complete: async (services, signIn, parameters) => {
    const { flow } = signIn
    // RFC 6749 §3.1: no parameter comes twice. Airbyte is sent one of them, and must not be sent a stranger's.
    if (['code', 'state'].some((name) => parameters.getAll(name).length > 1)) return toEnd('context_mismatch')
    const { state: _, ...sent } = Object.fromEntries(parameters)
    const airbyteState = flow.airbyte_state && services.sealer.open(flow.airbyte_state, statePlace(flow))
    return await completeAtAirbyte(services, signIn, { ...sent, ...(airbyteState && { state: airbyteState }) })
  },
}
