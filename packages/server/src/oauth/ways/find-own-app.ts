// The operator's OAuth app for a connector, and how its sign-in goes: what the operator declares, else what the connector's
// specification does, else our table of providers. Pure.
import type { SourceSpec } from '@opsai/airbyte-client'
import { findOAuthSpec, type OAuthSpec, type UnsupportedOAuth } from '@opsai/oauth'
import type { Declaration, OAuthApp, OAuthApps } from '../../config/oauth-app.js'

type AdvancedAuth = NonNullable<SourceSpec['advancedAuth']>

export interface OwnApp {
  kind: 'usable'
  clientId: string
  clientSecret: string
  /** Whether the provider may be on a private network. */
  allowPrivate: boolean
  spec: OAuthSpec
  /** By the names of `spec.serverOutputs`: what of the app goes into the source. */
  serverValues: Readonly<Record<string, string>>
}

export type FoundApp =
  | OwnApp
  | { kind: 'none' }
  /** `why` and `remedy` are sentences for the operator. */
  | { kind: 'unusable'; why: string; remedy: string }

export interface AppWanted {
  sourceType: string
  /** Whether the workspace made the connector itself: it could name any address as its provider's. */
  isCustom: boolean
  advancedAuth: AdvancedAuth | undefined
}

export function findOwnApp(apps: OAuthApps, { sourceType, isCustom, advancedAuth }: AppWanted): FoundApp {
  const app = Object.hasOwn(apps, sourceType) ? apps[sourceType] : undefined
  if (!app) return { kind: 'none' }
  if (isCustom)
    return unusable(`${sourceType} is a custom connector here, and those never get an app of yours.`, 'Take it away.')
  const declared = withDeclaration(advancedAuth, app.declaration)
  const { scope, allowPrivate: allowHttpLoopback } = app
  const spec = findOAuthSpec(`source-${sourceType}`, declared, { allowHttpLoopback, ...(scope && { scope }) })
  if (spec.kind === 'unsupported') return unusable(toWhy(spec), declareIt)
  return toOwnApp(app, app.pkce ? { ...spec, pkce: app.pkce } : spec)
}

function toOwnApp(app: OAuthApp, spec: OAuthSpec): FoundApp {
  if (!spec.outputs.some(({ path }) => path))
    return unusable('The connector has no place for what signing in brings.', nameThePlaces)
  const { clientId, clientSecret, allowPrivate } = app
  const known = new Map([
    ['client_id', clientId],
    [spec.keys.clientId, clientId],
    ['client_secret', clientSecret],
    [spec.keys.clientSecret, clientSecret],
  ])
  const names = spec.serverOutputs.map(({ name }) => name)
  const strange = names.filter((name) => !known.has(name))
  if (strange.length > 0)
    return unusable(`The connector wants ${strange.join(', ')} of the app besides.`, 'Let Airbyte sign in for it.')
  const serverValues = Object.fromEntries(names.map((name) => [name, known.get(name) ?? '']))
  return { kind: 'usable', clientId, clientSecret, allowPrivate, spec, serverValues }
}

const unusable = (why: string, remedy: string): FoundApp => ({ kind: 'unusable', why, remedy })
const toWhy = ({ reason, message }: UnsupportedOAuth) =>
  reason === 'not_declarative'
    ? 'Neither the connector nor our table of providers says how its sign-in goes.'
    : `How its sign-in goes is said in a way that can not be used: ${message.replace(/\s+/g, ' ')}`
const declareIt = 'Give the app a declaration with oauth_connector_input_specification.'
const nameThePlaces =
  'Give the app a declaration with complete_oauth_output_specification and path_in_connector_config.'

/** The parts of a declaration that say where things go in a configuration, as Airbyte's API calls them. */
const places = {
  oauth_user_input_from_connector_config_specification: 'oauthUserInputFromConnectorConfigSpecification',
  complete_oauth_output_specification: 'completeOAuthOutputSpecification',
  complete_oauth_server_output_specification: 'completeOAuthServerOutputSpecification',
} as const

/** The connector's own, with what the operator says of places in its stead: fit for a browser to see. */
export function withPlaces(auth: AdvancedAuth | undefined, declaration: Declaration = {}): AdvancedAuth | undefined {
  const said = Object.entries(places).flatMap(([theirs, ours]) => {
    const place = declaration[theirs as keyof typeof places]
    return place ? [[ours, place] as const] : []
  })
  if (said.length === 0) return auth
  return {
    authFlowType: 'oauth2.0',
    ...auth,
    oauthConfigSpecification: { ...auth?.oauthConfigSpecification, ...Object.fromEntries(said) },
  }
}

/** The same with the addresses and templates, which stay here. */
function withDeclaration(auth: AdvancedAuth | undefined, declaration: Declaration | undefined): unknown {
  const placed = withPlaces(auth, declaration)
  const input = declaration?.oauth_connector_input_specification
  if (!input) return placed
  return {
    ...placed,
    oauthConfigSpecification: { ...placed?.oauthConfigSpecification, oauthConnectorInputSpecification: input },
  }
}
