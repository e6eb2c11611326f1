import type { AirbyteMessage, AirbyteStream, ConfiguredStream, JsonSchema, StreamState } from '../protocol/messages.js'

/** Where a value lives in a connector's configuration, as Airbyte's OAuth specification writes it. */
export interface OAuthOutput {
  type: 'object'
  properties: Record<string, { type: 'string'; path_in_connector_config: string[] }>
}

/** Which part of a configuration is filled by signing in (Airbyte's `advancedAuth`, Config API spelling). */
export interface AdvancedAuth {
  authFlowType: 'oauth2.0'
  /** The field that says how the user authenticates. */
  predicateKey: string[]
  /** Its value when that is by signing in. */
  predicateValue: string
  oauthConfigSpecification: {
    /** What the sign-in gives, and where it goes. */
    completeOAuthOutputSpecification: OAuthOutput
    /** What the operator's app registration holds. */
    completeOAuthServerInputSpecification: { type: 'object'; properties: Record<string, { type: 'string' }> }
    /** Where the app registration's values go. */
    completeOAuthServerOutputSpecification: OAuthOutput
  }
}

/** How to sign in at the provider (RFC 6749 authorization code). Stays in the engine; API answers leave it out. */
export interface DeclarativeOAuth {
  /** Where the user signs in. */
  consentUrl: string
  /** Where the code becomes tokens. */
  tokenUrl: string
  scopes: string[]
  /** RFC 7636. */
  pkce: 'S256' | 'none'
}

/** What a connector asks for, and how. */
export interface ConnectorSpec {
  /** JSON Schema (draft 7) with Airbyte's own words (`airbyte_secret`, `order`, `group` …). */
  connectionSpecification: JsonSchema
  documentationUrl?: string
  advancedAuth?: AdvancedAuth
  oauth?: DeclarativeOAuth
}

/** What a connector may use of the world around it. */
export interface ConnectorContext {
  /** Stop soon (within two seconds) once it aborts. */
  signal: AbortSignal
  fetch: typeof globalThis.fetch
  now(): Date
  /** The configuration changed under way (a rotated refresh token): store it; what is new is used only after that. */
  onConfigChanged?(config: Record<string, unknown>): Promise<void>
  /** No more than this many records a stream will be used. A hint to read less. */
  recordLimit?: number
}

/** What a check said. A failed check is an answer, not an error. */
export type CheckAnswer =
  | { status: 'succeeded' }
  | {
      status: 'failed'
      /** For the end user: what happened and what to do. */
      message: string
      /** Paths of the fields to look at, in the connector's configuration. */
      fields?: string[][]
    }

/**
 * A source this engine can run.
 * @example
 * const connector = createConnectorRegistry().get('decd338e-5647-4c0b-adf4-da0e75f5a750')
 * const answer = await connector?.check(config, { signal, fetch, now: () => new Date() })
 * if (answer?.status === 'failed') console.log(answer.message, answer.fields)
 */
export interface Connector {
  /** Airbyte's id of the definition, or our own where Airbyte has none. */
  definitionId: string
  /** Short name, such as `postgres`. */
  sourceType: string
  name: string
  version: string
  /** Where its picture is. */
  icon?: string
  documentationUrl?: string
  /** What to do before its form is filled in, in Markdown: shown above what is said of the fields. */
  guide?: string
  kind: 'database' | 'api' | 'file'
  spec: ConnectorSpec
  check(config: unknown, context: ConnectorContext): Promise<CheckAnswer>
  /** @throws {ConnectorError} */
  discover(config: unknown, context: ConnectorContext): Promise<AirbyteStream[]>
  /**
   * Reads streams one after the other: each ends with a STREAM_STATUS before the next begins.
   * Rows after the last STATE are not kept when the read ends early, so a stream without a place to go on from emits
   * one STATE only, at its end. A failing stream says TRACE ERROR and INCOMPLETE and lets the others go on.
   * @throws {ConnectorError} when no stream can be read
   */
  read(
    config: unknown,
    streams: ConfiguredStream[],
    state: StreamState[],
    context: ConnectorContext,
  ): AsyncIterable<AirbyteMessage>
}
