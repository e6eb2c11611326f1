// What the OAuth calls of the Config API want in their bodies. Airbyte writes one thing in three ways; here it is one.

/** A connector, and the workspace whose settings count. */
export interface Connector {
  workspaceId: string
  definitionId: string
}

export interface ConsentRequest extends Connector {
  /** Airbyte's short name of the connector, e.g. `salesforce`. Cloud goes by it. */
  sourceType?: string
  /** Where the provider sends the browser back to. Must be the same in `complete`. */
  redirectUrl: string
  /** What the user typed that the sign-in needs, e.g. a subdomain or their own client id. Repeat it in `complete`. */
  input?: Record<string, unknown>
  /** The source that is signed in again. */
  sourceId?: string
  /** Instead of the connector's own scopes, where it lets them be chosen. Repeat them in `complete`. */
  scopes?: string[]
}

export interface OAuthCompletion extends Connector {
  redirectUrl: string
  /** All parameters the provider sent back, unread. */
  queryParams: Record<string, string>
  input?: Record<string, unknown>
  sourceId?: string
  scopes?: string[]
}

/** As for a source; Airbyte's document knows no scopes here. */
export interface DestinationConsent extends Connector {
  redirectUrl: string
  input?: Record<string, unknown>
  destinationId?: string
}

export const toConnectorBody = ({ workspaceId, definitionId }: Connector) => ({
  workspaceId,
  sourceDefinitionId: definitionId,
})

/** Both halves of a sign-in must say the same. */
export const toSourceBody = (it: ConsentRequest | OAuthCompletion) => ({
  ...toConnectorBody(it),
  redirectUrl: it.redirectUrl,
  ...(it.input && { oAuthInputConfiguration: it.input }),
  ...(it.sourceId && { sourceId: it.sourceId }),
  ...(it.scopes && { requestedScopes: it.scopes }),
})

/** The public API's: by name, and without a source. */
export const toInitiateBody = ({ workspaceId, sourceType, redirectUrl, input, scopes }: ConsentRequest) => ({
  workspaceId,
  sourceType,
  redirectUrl,
  ...(input && { oAuthInputConfiguration: input }),
  ...(scopes && { requestedScopes: scopes }),
})

export const toDestinationBody = (it: DestinationConsent) => ({
  workspaceId: it.workspaceId,
  destinationDefinitionId: it.definitionId,
  redirectUrl: it.redirectUrl,
  ...(it.input && { oAuthInputConfiguration: it.input }),
  ...(it.destinationId && { destinationId: it.destinationId }),
})
