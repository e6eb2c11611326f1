// The shape of `oauth_connector_input_specification` as the CDK defines it (declarative_component_schema.yaml,
// OAuthConfigSpecification), and of what stands beside it in `advanced_auth`.
import * as z from 'zod'

const Scopes = z.array(z.union([z.string(), z.looseObject({ scope: z.string() }).transform(({ scope }) => scope)]))
const Texts = z.record(z.string(), z.string())

export const InputSpecification = z.looseObject({
  consent_url: z.string(),
  access_token_url: z.string(),
  /** Ours: what the CDK has no word for. */
  refresh_token_url: z.string().optional(),
  revocation_url: z.string().optional(),
  scope: z.string().optional(),
  scopes: Scopes.optional(),
  optional_scopes: Scopes.optional(),
  scopes_join_strategy: z.enum(['space', 'comma', 'plus']).default('space'),
  access_token_headers: Texts.optional(),
  access_token_params: Texts.optional(),
  extract_output: z.array(z.string()).optional(),
  state: z.looseObject({ min: z.int().optional(), max: z.int().optional() }).optional(),
  client_id_key: z.string().default('client_id'),
  client_secret_key: z.string().default('client_secret'),
  redirect_uri_key: z.string().default('redirect_uri'),
  scope_key: z.string().default('scope'),
  state_key: z.string().default('state'),
  auth_code_key: z.string().default('code'),
  token_expiry_key: z.string().default('expires_in'),
})
export type InputSpecification = z.infer<typeof InputSpecification>

const Path = z.array(z.string())
const Fields = z.looseObject({
  properties: z
    .record(
      z.string(),
      z.looseObject({ path_in_connector_config: Path.optional(), path_in_oauth_response: Path.optional() }),
    )
    .default({}),
})

export const AdvancedAuth = z.looseObject({
  auth_flow_type: z.string().optional(),
  oauth_config_specification: z.looseObject({
    oauth_connector_input_specification: z.unknown().optional(),
    oauth_user_input_from_connector_config_specification: Fields.nullish(),
    complete_oauth_output_specification: Fields.nullish(),
    complete_oauth_server_output_specification: Fields.nullish(),
  }),
})
export type AdvancedAuth = z.infer<typeof AdvancedAuth>

/** Airbyte's APIs write `oauthConfigSpecification`, connectors `oauth_config_specification`; what is inside stays. */
export function toSnakeKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [toSnake(key), inner]))
}

/** `completeOAuthOutputSpecification` is `complete_oauth_output_specification`. */
const toSnake = (key: string): string =>
  key.replaceAll('OAuth', 'Oauth').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
