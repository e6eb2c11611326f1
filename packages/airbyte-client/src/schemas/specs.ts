// What a connector wants to know, and how one signs in for it. camelCase as the Config API says it: the registry and the
// protocol say `advanced_auth` for `advancedAuth`.
import * as z from 'zod'
import { AnyObject, growing, maybe } from './tolerant.js'

const Paths = z.looseObject({
  properties: maybe(z.record(z.string(), z.looseObject({ path_in_connector_config: maybe(z.array(z.string())) }))),
})

/** The documents say nothing of what is inside: what is not like `Paths` is read as none. */
const OAuthPaths = z
  .unknown()
  .transform((value) => Paths.safeParse(value).data)
  .optional()

export const AdvancedAuth = z.looseObject({
  authFlowType: maybe(growing('oauth2.0', 'oauth1.0')),
  predicateKey: maybe(z.array(z.string())),
  predicateValue: maybe(z.string()),
  oauthConfigSpecification: maybe(
    z.looseObject({
      oauthUserInputFromConnectorConfigSpecification: OAuthPaths,
      completeOAuthOutputSpecification: OAuthPaths,
      completeOAuthServerInputSpecification: OAuthPaths,
      completeOAuthServerOutputSpecification: OAuthPaths,
    }),
  ),
})
export type AdvancedAuth = z.infer<typeof AdvancedAuth>

const spec = {
  documentationUrl: maybe(z.string()),
  /** The form's JSON schema; without one there is nothing to fill in. */
  connectionSpecification: AnyObject.nullish().transform((schema) => schema ?? {}),
  advancedAuth: maybe(AdvancedAuth),
  /** Whether Airbyte has an application of its own to sign in with, for this workspace. */
  advancedAuthGlobalCredentialsAvailable: maybe(z.boolean()),
}

/** Config API `source_definition_specifications/…`. */
export const SourceSpec = z.looseObject({ sourceDefinitionId: z.string(), ...spec })
export type SourceSpec = z.infer<typeof SourceSpec>

/** Config API `destination_definition_specifications/get`. */
export const DestinationSpec = z.looseObject({
  destinationDefinitionId: z.string(),
  ...spec,
  supportedDestinationSyncModes: maybe(
    z.array(growing('append', 'overwrite', 'append_dedup', 'overwrite_dedup', 'update', 'soft_delete')),
  ),
})
export type DestinationSpec = z.infer<typeof DestinationSpec>

export const Documentation = z.looseObject({ doc: z.string() })
