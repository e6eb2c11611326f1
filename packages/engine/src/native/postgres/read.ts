import { ConnectorError } from '../../connector/connector-error.js'
import type { ConnectorContext } from '../../connector/connector.js'
import { toPostgresError } from '../../load/postgres-failure.js'
import { errorMessage, statusMessage } from '../../protocol/make.js'
import type { AirbyteMessage, ConfiguredStream, StateValue, StreamState } from '../../protocol/messages.js'
import { streamKey } from '../../protocol/messages.js'
import type { PostgresSource } from './config.js'
import { parsePostgresConfig } from './config.js'
import { readTable } from './read-table.js'
import type { OpenSource } from './session.js'
import { readTables } from './tables.js'

/** Reads table after table, each over a connection of its own; one that fails lets the others go on. */
export async function* readPostgres(
  config: unknown,
  streams: ConfiguredStream[],
  states: StreamState[],
  context: ConnectorContext,
  openSource: OpenSource,
): AsyncGenerator<AirbyteMessage> {
  const source = parsePostgresConfig(config)
  const stateOf = new Map(states.map((state) => [streamKey(state), state.state]))
  for (const stream of streams) {
    const at = () => context.now().getTime()
    yield statusMessage(stream.stream, 'STARTED', at())
    try {
      yield* readStream(source, stream, stateOf.get(streamKey(stream.stream)), context, openSource)
      yield statusMessage(stream.stream, 'COMPLETE', at())
    } catch (error) {
      context.signal.throwIfAborted()
      const { failureType, message } = toPostgresError(error, source.address)
      yield errorMessage(stream.stream, failureType, message, at())
      yield statusMessage(stream.stream, 'INCOMPLETE', at())
    }
  }
}

async function* readStream(
  source: PostgresSource,
  stream: ConfiguredStream,
  state: StateValue | undefined,
  context: ConnectorContext,
  openSource: OpenSource,
): AsyncGenerator<AirbyteMessage> {
  const { name, namespace } = stream.stream
  const { client, close, abort } = await openSource(source.address, context)
  let leave = abort
  try {
    const [table] = await readTables(client, namespace === undefined ? source.schemas : [namespace], name)
    if (!table) {
      throw new ConnectorError(
        'config_error',
        `Table "${name}" is gone, or user "${source.address.username}" may no longer read it. Grant SELECT on it, or leave it out.`,
      )
    }
    yield* readTable(client, table, stream, state, context)
    leave = close
  } finally {
    await leave()
  }
}
