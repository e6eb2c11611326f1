import type { Template } from './template/template.js'

/** The names of a provider's parameters, where they are not those of RFC 6749. */
export interface OAuthKeys {
  clientId: string
  clientSecret: string
  redirectUri: string
  scope: string
  state: string
  authCode: string
}

/** A value of the flow that has a place in the connector's configuration. */
export interface OAuthField {
  name: string
  /** Where it is in the configuration. */
  path: readonly string[]
}

/** What the provider's answer is to hold. */
export interface OAuthOutput {
  name: string
  /** Where it is in the answer. */
  answerPath: readonly (string | number)[]
  /** Where it goes in the configuration; nothing for what the connector's configuration has no place for. */
  path?: readonly string[]
}

/**
 * How a provider's PKCE (RFC 7636) goes.
 *
 * * `none`: not known to understand it; a challenge it has not asked for may make it refuse.
 * * `state`: the specification makes the challenge of the state. As the state travels through the browser beside the code,
 *   that protects nothing; give a `codeVerifier` of your own instead.
 * * `S256`: understood.
 */
export type PkceUse = 'none' | 'state' | 'S256'

/**
 * What becomes of a refresh token when it is used: it is spent and another comes (`rotate`), another may come and the old
 * one works on (`renewed`), it stays (`stay`), there is none (`none`). A specification does not say: `unknown`. Whatever
 * it is, the one that came last is the one to keep.
 */
export type RefreshTokens = 'unknown' | 'none' | 'stay' | 'renewed' | 'rotate'

/** The scopes of a specification that lists them. */
export interface ScopeLists {
  scopes: readonly string[]
  optionalScopes: readonly string[]
  /** What stands between them in a request. */
  joinStrategy: 'space' | 'comma' | 'plus'
}

/** An `oauth_connector_input_specification`, read. */
export interface OAuthSpec {
  kind: 'declarative'
  consentUrl: Template
  tokenUrl: Template
  /** Where refresh tokens are traded, if not at the token URL. */
  refreshUrl?: Template
  /** Where tokens are revoked (RFC 7009); nothing where that is not known. */
  revocationUrl?: Template
  /** Joined as the provider wants them; nothing where the specification names none. */
  scope?: string
  optionalScope?: string
  /** The same as lists, where the specification has lists. */
  scopes?: ScopeLists
  tokenHeaders: readonly { name: Template; value: Template }[]
  /** Goes into the body. Without any, everything is in the URL and the body is empty, as at Airbyte. */
  tokenParams: readonly { name: Template; value: Template }[]
  bodyFormat: 'form' | 'json'
  outputs: readonly OAuthOutput[]
  /** The name of the output that says how long the access token lives. Default: `expires_in`. */
  tokenExpiryKey: string
  /** Where the end of the access token's life goes in the configuration, as a moment. */
  tokenExpiryDatePath?: readonly string[]
  /** How many characters a state may have. */
  stateLength: { min: number; max: number }
  keys: OAuthKeys
  /** What of the configuration the templates may use. */
  inputs: readonly OAuthField[]
  /** Where the operator's client id and secret go in the configuration. */
  serverOutputs: readonly OAuthField[]
  /** Other texts of the specification: templates may name them (`optional_scope`). */
  extras: ReadonlyMap<string, string>
  pkce: PkceUse
  refreshTokens: RefreshTokens
  allowHttpLoopback: boolean
}

/** Why a connector's sign-in cannot be run by us. */
export interface UnsupportedOAuth {
  kind: 'unsupported'
  reason:
    /** It has no declarative part (and no entry in our table). */
    | 'not_declarative'
    /** `auth_flow_type` is not OAuth 2. */
    | 'not_oauth2'
    /** It is not of the shape that the CDK defines. */
    | 'malformed_specification'
    | 'malformed_template'
    | 'unsupported_template'
    | 'unknown_variable'
    | 'insecure_url'
    /** Its states would be short enough to guess. */
    | 'state_too_short'
  message: string
  /** The variable to blame, where there is one. */
  variable?: string
}
