// Airbyte Cloud signs in with its own app: its callback comes first and sends the id of the stored tokens on to ours.
import { toOAuthInput } from '../../map/sign-in.js'
import { randomToken } from '../../secrets/seal.js'
import { requireConsentUrl, toStatePath } from '../addresses.js'
import { completeAtAirbyte } from './complete-at-airbyte.js'
import type { Way } from './way.js'

export const cloud: Way = {
  comesBackBy: 'state',

  begin: async ({ airbyte }, { flow, workspaceId, spec, configuration }, toUrl, signal) => {
    const input = toOAuthInput(spec, configuration)
    const state = randomToken()
    const redirectUrl = toUrl(toStatePath(state))
    const { consentUrl } = await airbyte.oauth.getConsentUrl(
      {
        workspaceId,
        definitionId: flow.definition_id,
        sourceType: flow.source_type,
        redirectUrl,
        ...(Object.keys(input).length > 0 && { input }),
      },
      { signal },
    )
    return { consentUrl: requireConsentUrl(consentUrl), redirectUrl, state }
  },

  complete: (services, signIn, parameters) => completeAtAirbyte(services, signIn, Object.fromEntries(parameters)),
}
