import type { AirbyteMessage, AirbyteStream, ConfiguredStream, JsonSchema, StreamState } from '../protocol/messages.js'

/** Values of a sign-in and where each lives in a connector's configuration, as Airbyte's OAuth specifications write it. */
export interface OAuthFields {
  type: 'object'
  additionalProperties?: boolean
  properties: Record<
    string,
    {
      type: string
      path_in_connector_config?: string[]
      /** Where the provider's answer has it. */ path_in_oauth_response?: string[]
    }
  >
}

/** Which part of a configuration is filled by signing in, and how: the Airbyte Protocol's `advanced_auth`. */
export interface AdvancedAuth {
  auth_flow_type: 'oauth2.0'
  /** The field that says how the user authenticates. Without one, signing in is the only way. */
  predicate_key?: string[]
  /** Its value when that is by signing in. */
  predicate_value?: string
  oauth_config_specification: {
    /** What of the configuration has to be there before the sign-in begins. */
    oauth_user_input_from_connector_config_specification?: OAuthFields
    /**
     * How the sign-in goes: Airbyte's declarative OAuth, run by `@opsai/oauth`. It stays in the engine; API answers leave
     * it out. Without it, the provider is looked for in that package's table.
     */
    oauth_connector_input_specification?: Record<string, unknown>
    /** What the sign-in gives, and where it goes. */
    complete_oauth_output_specification: OAuthFields
    /** What the operator's app registration holds. */
    complete_oauth_server_input_specification: OAuthFields
    /** Where the app registration's values go. */
    complete_oauth_server_output_specification: OAuthFields
  }
}

/** What a connector asks for, and how: the Airbyte Protocol's ConnectorSpecification. */
export interface ConnectorSpec {
  /** JSON Schema (draft 7) with Airbyte's own words (`airbyte_secret`, `order`, `group` …). */
  connectionSpecification: JsonSchema
  documentationUrl?: string
  advanced_auth?: AdvancedAuth
}

/** Access tokens of one sign-in, kept fresh by the engine over all that work with it. */
export interface AccessTokens {
  /**
   * A token that is good for a while; ask for each request anew.
   * @throws {ConnectorError} a `config_error` that names the field where only signing in again helps
   */
  get(): Promise<string>
  /** The API did not accept this token: it is not handed out again, `get` has another or knows why there is none. */
  refuse(token: string): Promise<void>
}

/** What a connector may use of the world around it. */
export interface ConnectorContext {
  /** Stop soon (within two seconds) once it aborts. */
  signal: AbortSignal
  fetch: typeof globalThis.fetch
  now(): Date
  /** There where the configuration is signed in and the engine knows how to renew it (`ConnectorSpec.advanced_auth`). */
  tokens?: AccessTokens
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
  /**
   * Who renews access tokens: the engine (`context.tokens`), or the connector itself, as Airbyte's do, with the refresh
   * token of its configuration. Then one operation at a time works with a source. Default: `connector`.
   */
  renewsTokens?: 'engine' | 'connector'
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
