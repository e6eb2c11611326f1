import * as z from 'zod'
import { AdvancedAuth, InputSpecification, toSnakeKeys } from './input-specification.js'
import { OAuthError } from './oauth-error.js'
import type { OAuthField, OAuthSpec, ScopeLists, UnsupportedOAuth } from './oauth-spec.js'
import { checkVariables } from './check-variables.js'
import { findKnownEndpoint } from './known-endpoints.js'
import { checkScheme } from './template/check-url.js'
import { parseTemplate } from './template/parse-template.js'
import { usesFilter } from './template/variables-of.js'
import type { Provider } from './providers.js'
import { toOutputs } from './to-outputs.js'

export interface ParseOptions {
  /** Plain http to this machine is allowed, for development and tests. Default: false. */
  allowHttpLoopback?: boolean
  /** Scopes to ask for instead of the specification's: those of the operator's own app, written as the provider wants. */
  scope?: string
  /** Scopes to ask for instead of the specification's, where that lists them: Airbyte's `requestedScopes`. */
  requestedScopes?: { scopes: readonly string[]; optionalScopes?: readonly string[] }
  /** How the provider does OAuth, where the connector does not say. See `findOAuthSpec`. */
  provider?: Provider
}

/** Airbyte's own states have 7 to 24 characters; ours fill what a provider allows, 43 (256 bits) where it does not say. */
const defaultStateLength = 43
/** 128 bits at 6 bits a character. */
const leastStateLength = 22

/**
 * Reads the `advanced_auth` (registry) or `advancedAuth` (API) of a connector's specification.
 *
 * Everything is looked at here: a specification that is `declarative` lacks nothing but values later.
 *
 * @example
 * const oauth = parseOAuthSpec(spec.advanced_auth)
 * if (oauth.kind === 'unsupported') throw new Error(oauth.message)
 */
export function parseOAuthSpec(advancedAuth: unknown, options: ParseOptions = {}): OAuthSpec | UnsupportedOAuth {
  const auth = AdvancedAuth.safeParse(withSnakeKeys(advancedAuth)).data
  const written =
    options.provider?.specification ?? auth?.oauth_config_specification.oauth_connector_input_specification
  if (!auth || written === undefined || written === null) {
    return unsupported('not_declarative', 'The connector says not how its sign-in goes.')
  }
  if (auth.auth_flow_type && auth.auth_flow_type !== 'oauth2.0') {
    return unsupported('not_oauth2', `The sign-in is "${auth.auth_flow_type}".`)
  }
  const input = InputSpecification.safeParse(toSnakeKeys(written))
  if (!input.success) return unsupported('malformed_specification', z.prettifyError(input.error))
  return toOAuthSpec(input.data, auth, options)
}

/** The two upper levels; names of fields below them are the connector's. */
function withSnakeKeys(advancedAuth: unknown): unknown {
  const outer = toSnakeKeys(advancedAuth)
  if (typeof outer !== 'object' || outer === null) return outer
  const inner = 'oauth_config_specification' in outer ? outer.oauth_config_specification : undefined
  return { ...outer, oauth_config_specification: toSnakeKeys(inner) }
}

function toOAuthSpec(
  input: InputSpecification,
  auth: AdvancedAuth,
  options: ParseOptions,
): OAuthSpec | UnsupportedOAuth {
  const max = input.state?.max ?? Math.max(defaultStateLength, input.state?.min ?? 0)
  if (max < leastStateLength) return unsupported('state_too_short', `A state may have ${max} characters.`)
  try {
    const spec = readTemplates(input, auth, { min: input.state?.min ?? 0, max }, options)
    checkVariables(spec)
    for (const url of [spec.consentUrl, spec.tokenUrl, spec.refreshUrl, spec.revocationUrl]) checkScheme(url, spec)
    return spec
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'missing_input' && error.code !== 'unsafe_value') {
      return unsupported(error.code, error.message, error.variable)
    }
    throw error
  }
}

function readTemplates(
  input: InputSpecification,
  auth: AdvancedAuth,
  stateLength: OAuthSpec['stateLength'],
  { allowHttpLoopback = false, scope, requestedScopes, provider }: ParseOptions,
): OAuthSpec {
  const lists = toScopeLists(input, requestedScopes)
  const known = findKnownEndpoint(input.access_token_url)
  const revocationUrl = input.revocation_url ?? known.revocationUrl
  const config = auth.oauth_config_specification
  const consentUrl = parseTemplate(input.consent_url)
  const outputs = config.complete_oauth_output_specification?.properties ?? {}
  const tokenExpiryDatePath = outputs.token_expiry_date?.path_in_connector_config
  return {
    kind: 'declarative',
    consentUrl,
    tokenUrl: parseTemplate(input.access_token_url),
    ...(input.refresh_token_url && { refreshUrl: parseTemplate(input.refresh_token_url) }),
    ...(revocationUrl && { revocationUrl: parseTemplate(revocationUrl) }),
    scope: scope ?? toScope(lists?.scopes, input) ?? input.scope,
    optionalScope: toScope(lists?.optionalScopes ?? input.optional_scopes, input),
    ...(lists && { scopes: lists }),
    tokenHeaders: toPairs(input.access_token_headers),
    tokenParams: toPairs(input.access_token_params),
    bodyFormat: toBodyFormat(input),
    outputs: toOutputs(input.extract_output, outputs),
    tokenExpiryKey: input.token_expiry_key,
    ...(tokenExpiryDatePath && { tokenExpiryDatePath }),
    stateLength,
    keys: {
      clientId: input.client_id_key,
      clientSecret: input.client_secret_key,
      redirectUri: input.redirect_uri_key,
      scope: input.scope_key,
      state: input.state_key,
      authCode: input.auth_code_key,
    },
    inputs: [
      ...toFields(config.oauth_user_input_from_connector_config_specification),
      ...Object.entries(provider?.inputs ?? {}).map(([name, path]) => ({ name, path })),
    ],
    serverOutputs: toFields(config.complete_oauth_server_output_specification),
    extras: toExtras(input),
    pkce: provider?.pkce ?? (usesFilter(consentUrl, 'codechallenges256') ? 'state' : (known.pkce ?? 'none')),
    refreshTokens: provider?.refreshTokens ?? known.refreshTokens ?? 'unknown',
    allowHttpLoopback,
  }
}

const separators = { space: ' ', comma: ',', plus: '+' }

function toScopeLists(
  { scopes = [], optional_scopes = [], scopes_join_strategy: joinStrategy }: InputSpecification,
  requested: ParseOptions['requestedScopes'],
): ScopeLists | undefined {
  if (scopes.length === 0) return undefined
  const asked = { scopes: requested?.scopes ?? scopes, optionalScopes: requested?.optionalScopes ?? optional_scopes }
  return { ...asked, joinStrategy }
}

function toScope(scopes: readonly string[] | undefined, input: InputSpecification): string | undefined {
  return scopes && scopes.length > 0 ? scopes.join(separators[input.scopes_join_strategy]) : undefined
}

const toPairs = (texts: Record<string, string> = {}): OAuthSpec['tokenParams'] =>
  Object.entries(texts).map(([name, value]) => ({ name: parseTemplate(name), value: parseTemplate(value) }))

/** As Airbyte: parameters go as JSON unless the headers say that it is a form. */
function toBodyFormat(input: InputSpecification): OAuthSpec['bodyFormat'] {
  if (!input.access_token_params) return 'form'
  const header = Object.entries(input.access_token_headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'content-type',
  )
  return header?.[1].toLowerCase().startsWith('application/x-www-form-urlencoded') ? 'form' : 'json'
}

function toFields(
  fields: AdvancedAuth['oauth_config_specification']['complete_oauth_output_specification'],
): OAuthField[] {
  return Object.entries(fields?.properties ?? {}).flatMap(([name, { path_in_connector_config: path }]) =>
    path && path.length > 0 ? [{ name, path }] : [],
  )
}

function toExtras(input: InputSpecification): Map<string, string> {
  const known = new Set(Object.keys(InputSpecification.shape))
  return new Map(
    Object.entries(input).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !known.has(name) ? [[name, value]] : [],
    ),
  )
}

function unsupported(reason: UnsupportedOAuth['reason'], message: string, variable?: string): UnsupportedOAuth {
  return { kind: 'unsupported', reason, message, ...(variable !== undefined && { variable }) }
}
