// Signing in to a provider. Self-managed Airbyte (and the embedded engine) do it through the Config API and our own
// callback; on Cloud, Airbyte is the callback and sends `secret_id` on to us.
import { AirbyteError } from '../airbyte-error.js'
import type { CallOptions, Requester } from '../request.js'
import { CompletedOAuth, Consent } from '../schemas.js'

export interface ConsentRequest {
  workspaceId: string
  definitionId: string
  /** Airbyte's short name of the connector, e.g. `salesforce`. Cloud goes by it. */
  sourceType?: string
  /** Where the provider sends the browser back to. Must be the same in `complete`. */
  redirectUrl: string
  /** What the user typed that the sign-in needs, e.g. a subdomain or their own client id. Repeat it in `complete`. */
  input?: Record<string, unknown>
}

export interface OAuthCompletion {
  workspaceId: string
  definitionId: string
  redirectUrl: string
  /** All parameters the provider sent back, unread. */
  queryParams: Record<string, string>
  input?: Record<string, unknown>
}

/** Where the user has to go, and what came of it. Checking `state` and whose it is, is the caller's part: Airbyte does not. */
export function createOAuth(request: Requester, edition: 'cloud' | 'selfManaged') {
  return {
    /** The provider's page to open. */
    getConsentUrl: async (consent: ConsentRequest, options: CallOptions = {}): Promise<{ consentUrl: string }> =>
      edition === 'cloud' ? initiate(request, consent, options) : consentUrl(request, consent, options),

    /** Trades what came back for a `secretId` to create or patch a source with; `oauth_failed` where the user said no. */
    complete: (completion: OAuthCompletion, options: CallOptions = {}): Promise<{ secretId: string }> => {
      const { secret_id: secretId } = completion.queryParams
      if (edition === 'cloud' && secretId) return Promise.resolve({ secretId })
      return complete(request, completion, options)
    },
  }
}

function initiate(request: Requester, consent: ConsentRequest, options: CallOptions) {
  const { workspaceId, sourceType, redirectUrl, input } = consent
  if (!sourceType) {
    throw new AirbyteError('Airbyte Cloud starts a sign-in by sourceType, which this connector has none of.', {
      code: 'not_supported',
    })
  }
  return request({
    door: 'public',
    method: 'post',
    path: 'sources/initiateOAuth',
    json: { workspaceId, sourceType, redirectUrl, ...(input && { oAuthInputConfiguration: input }) },
    answer: Consent,
    ...options,
  })
}

function consentUrl(request: Requester, consent: ConsentRequest, options: CallOptions) {
  const { workspaceId, definitionId, redirectUrl, input } = consent
  return request({
    door: 'config',
    method: 'post',
    path: 'source_oauths/get_consent_url',
    json: {
      workspaceId,
      sourceDefinitionId: definitionId,
      redirectUrl,
      ...(input && { oAuthInputConfiguration: input }),
    },
    answer: Consent,
    ...options,
  })
}

async function complete(request: Requester, completion: OAuthCompletion, options: CallOptions) {
  const { workspaceId, definitionId, redirectUrl, queryParams, input } = completion
  const answer = await request({
    door: 'config',
    method: 'post',
    path: 'source_oauths/complete_oauth',
    json: {
      workspaceId,
      sourceDefinitionId: definitionId,
      redirectUrl,
      queryParams,
      returnSecretCoordinate: true,
      ...(input && { oAuthInputConfiguration: input }),
    },
    answer: CompletedOAuth,
    slow: true,
    ...options,
  })
  const secretId = answer.auth_payload?.secretId
  if (answer.request_succeeded && secretId) return { secretId }
  const detail = answer.request_error ?? 'no tokens came back'
  throw new AirbyteError(`The sign-in did not complete: ${detail}`, { code: 'oauth_failed', detail })
}
