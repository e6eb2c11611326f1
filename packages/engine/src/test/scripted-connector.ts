// A connector whose behaviour a test decides, for what no real source does on demand: fail, wait, rotate.
import type { Connector, ConnectorContext } from '../connector/connector.js'
import { recordMessage, stateMessage, statusMessage } from '../protocol/make.js'
import type { AirbyteMessage, ConfiguredStream, StreamState } from '../protocol/messages.js'

const secret = { type: 'string', airbyte_secret: true }

export const scriptedDefinitionId = '0b9c6a0e-6a57-4f2e-9d0c-5d9c6f2b7a10'

/** Rows 1…`rows` in one stream, `batch` between states; each hook runs where its name says. */
export interface Script {
  rows?: number
  batch?: number
  beforeRead?(config: Record<string, unknown>, context: ConnectorContext): Promise<void>
  beforeBatch?(from: number, context: ConnectorContext): Promise<void>
  check?: Connector['check']
  /** Runs before streams are told. */
  discover?(): Promise<void>
}

export function createScriptedConnector(script: Script = {}): Connector {
  return {
    definitionId: scriptedDefinitionId,
    sourceType: 'scripted',
    name: 'Scripted',
    version: '1.0.0',
    kind: 'api',
    spec: {
      connectionSpecification: {
        type: 'object',
        required: ['account'],
        properties: {
          account: { type: 'string', title: 'Account' },
          region: { type: 'string' },
          password: secret,
          credentials: {
            type: 'object',
            oneOf: [
              {
                required: ['auth_type', 'refresh_token'],
                properties: { auth_type: { const: 'oauth2.0' }, refresh_token: secret },
              },
              { required: ['auth_type', 'api_key'], properties: { auth_type: { const: 'api_key' }, api_key: secret } },
            ],
          },
          endpoints: {
            type: 'array',
            items: { type: 'object', properties: { url: { type: 'string' }, token: secret } },
          },
        },
      },
      advanced_auth: {
        auth_flow_type: 'oauth2.0',
        predicate_key: ['credentials', 'auth_type'],
        predicate_value: 'oauth2.0',
        oauth_config_specification: {
          complete_oauth_output_specification: {
            type: 'object',
            properties: {
              refresh_token: { type: 'string', path_in_connector_config: ['credentials', 'refresh_token'] },
            },
          },
          complete_oauth_server_input_specification: { type: 'object', properties: {} },
          complete_oauth_server_output_specification: { type: 'object', properties: {} },
        },
      },
    },
    check: script.check ?? (() => Promise.resolve({ status: 'succeeded' })),
    discover: async () => {
      await script.discover?.()
      return [
        {
          name: 'numbers',
          json_schema: { type: 'object', properties: { id: { type: 'integer' }, word: { type: 'string' } } },
          supported_sync_modes: ['full_refresh', 'incremental'],
          source_defined_cursor: true,
          default_cursor_field: ['id'],
          source_defined_primary_key: [['id']],
        },
      ]
    },
    read: (config, streams, state, context) => read(script, config as Record<string, unknown>, streams, state, context),
  }
}

async function* read(
  { rows = 10, batch = 5, beforeRead, beforeBatch }: Script,
  config: Record<string, unknown>,
  streams: ConfiguredStream[],
  state: StreamState[],
  context: ConnectorContext,
): AsyncIterable<AirbyteMessage> {
  await beforeRead?.(config, context)
  for (const { stream } of streams) {
    const start = Number(state.find((it) => it.name === stream.name)?.state.id ?? 0)
    yield statusMessage(stream, 'STARTED', Date.now())
    for (let from = start; from < rows; from += batch) {
      await beforeBatch?.(from, context)
      context.signal.throwIfAborted()
      const to = Math.min(from + batch, rows)
      for (let id = from + 1; id <= to; id += 1) yield recordMessage(stream, { id, word: `row ${id}` }, Date.now())
      yield stateMessage(stream, { id: to }, to - from)
    }
    if (start >= rows) yield stateMessage(stream, { id: start }, 0)
    yield statusMessage(stream, 'COMPLETE', Date.now())
  }
}
