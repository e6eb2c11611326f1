// Signing in to a provider. Self-managed Airbyte (and the embedded engine) do it through the Config API and our own
// callback; on Cloud, Airbyte is the callback and sends `secret_id` on to us.
import { AirbyteError, isAirbyteError } from '../airbyte-error.js'
import { internalApi } from '../internal-api.js'
import { toPlainWords } from '../plain-words.js'
import type { CallOptions, Requester } from '../request.js'
import { CompletedOAuth, Consent, OAuthScopes } from '../schemas.js'
import {
  type Connector,
  type ConsentRequest,
  type DestinationConsent,
  type OAuthCompletion,
  toConnectorBody,
  toDestinationBody,
  toInitiateBody,
  toSourceBody,
} from './oauth-bodies.js'

export type { ConsentRequest, DestinationConsent, OAuthCompletion } from './oauth-bodies.js'

/** Where the user has to go, and what came of it. Checking `state` and whose it is, is the caller's part: Airbyte does not. */
export function createOAuth(request: Requester, edition: 'cloud' | 'selfManaged') {
  const internal = internalApi(request)

  /** A code can be traded once: never repeated. */
  async function finish(path: string, json: object, options: CallOptions): Promise<Record<string, unknown>> {
    const answer = await internal.work(path, json, CompletedOAuth, options)
    if (answer.request_succeeded && answer.auth_payload) return answer.auth_payload
    throw failed(answer.request_error)
  }

  return {
    /**
     * The provider's page to open. On Cloud by Airbyte's own callback, which the public API knows by name only; where
     * that answers 501, and on all others, by the Config API.
     *
     * @example
     * const { consentUrl } = await airbyte.oauth.getConsentUrl({ workspaceId, definitionId, sourceType, redirectUrl })
     * // … the provider sends the browser to redirectUrl …
     * const { secretId } = await airbyte.oauth.complete({ workspaceId, definitionId, redirectUrl, queryParams })
     */
    getConsentUrl: async (consent: ConsentRequest, options: CallOptions = {}): Promise<{ consentUrl: string }> => {
      const byConfig = () => internal.write('source_oauths/get_consent_url', toSourceBody(consent), Consent, options)
      if (edition === 'selfManaged') return await byConfig()
      if (!consent.sourceType) throw nameless()
      const call = { door: 'public', method: 'post', path: 'sources/initiateOAuth', answer: Consent } as const
      return await request({ ...call, json: toInitiateBody(consent), ...options }).catch((error: unknown) => {
        if (isAirbyteError(error) && error.code === 'not_supported') return byConfig()
        throw error
      })
    },

    /** Trades what came back for a `secretId` to create or patch a source with; `oauth_failed` where the user said no. */
    complete: async (completion: OAuthCompletion, options: CallOptions = {}): Promise<{ secretId: string }> => {
      const { secret_id: atCloud } = completion.queryParams
      if (edition === 'cloud' && atCloud) return { secretId: atCloud }
      const json = { ...toSourceBody(completion), queryParams: completion.queryParams, returnSecretCoordinate: true }
      const { secretId } = await finish('source_oauths/complete_oauth', json, options)
      if (typeof secretId === 'string' && secretId) return { secretId }
      throw failed()
    },

    /** What a declarative connector asks the provider for. */
    getScopes: (connector: Connector, options: CallOptions = {}): Promise<OAuthScopes> =>
      internal.read('source_oauths/get_scopes', toConnectorBody(connector), OAuthScopes, options),

    /** Tells the provider that a source's tokens are no longer wanted; few connectors have that. */
    revoke: ({ sourceId, ...connector }: Connector & { sourceId: string }, options: CallOptions = {}): Promise<void> =>
      internal.run('source_oauths/revoke', { ...toConnectorBody(connector), sourceId }, options),

    /** As `getConsentUrl`, for tokens of Airbyte's own embedded widget: takes no input. */
    getEmbeddedConsentUrl: (
      { redirectUrl, sourceId, ...connector }: Connector & { redirectUrl: string; sourceId?: string },
      options: CallOptions = {},
    ): Promise<{ consentUrl: string }> => {
      const json = { ...toConnectorBody(connector), redirectUrl, ...(sourceId && { sourceId }) }
      return internal.write('source_oauths/get_embedded_consent_url', json, Consent, options)
    },

    /** Sets the app of a connector for the whole Airbyte, every workspace of it; for its administrator. */
    setSourceParams: (app: { definitionId: string; params: Record<string, unknown> }, options: CallOptions = {}) =>
      internal.run(
        'source_oauths/oauth_params/create',
        { sourceDefinitionId: app.definitionId, params: app.params },
        options,
      ),

    /** As `getConsentUrl`, for a destination. */
    getDestinationConsentUrl: (
      consent: DestinationConsent,
      options: CallOptions = {},
    ): Promise<{ consentUrl: string }> =>
      internal.write('destination_oauths/get_consent_url', toDestinationBody(consent), Consent, options),

    /** What to merge into the destination's configuration: tokens, raw, for Airbyte keeps no secret of destinations apart. */
    completeDestination: async (
      completion: DestinationConsent & { queryParams: Record<string, string> },
      options: CallOptions = {},
    ): Promise<Record<string, unknown>> => {
      const json = { ...toDestinationBody(completion), queryParams: completion.queryParams }
      return await finish('destination_oauths/complete_oauth', json, options)
    },

    /** As `setSourceParams`, for a destination's connector. */
    setDestinationParams: (app: { definitionId: string; params: Record<string, unknown> }, options: CallOptions = {}) =>
      internal.run(
        'destination_oauths/oauth_params/create',
        { destinationDefinitionId: app.definitionId, params: app.params },
        options,
      ),
  }
}

function nameless() {
  return new AirbyteError('Airbyte Cloud starts a sign-in by sourceType, which this connector has none of.', {
    code: 'not_supported',
    nothingDone: true,
  })
}

/** What the provider said comes by the browser: a few words of it, whatever it sent. */
function failed(said = 'no tokens came back') {
  const detail = toPlainWords(said)?.slice(0, 200) ?? 'no reason given'
  return new AirbyteError(`The sign-in did not complete: ${detail}`, { code: 'oauth_failed', detail })
}
