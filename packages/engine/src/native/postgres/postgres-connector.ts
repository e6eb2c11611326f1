import type { Connector, ConnectorContext } from '../../connector/connector.js'
import type { PrivateAddresses } from '../../load/postgres-connection.js'
import { toPostgresError } from '../../load/postgres-failure.js'
import type { AirbyteStream } from '../../protocol/messages.js'
import { checkPostgres } from './check.js'
import { parsePostgresConfig } from './config.js'
import { toStream } from './discover.js'
import { postgresGuide } from './guide.js'
import { readPostgres } from './read.js'
import type { OpenSource } from './session.js'
import { openSource } from './session.js'
import { postgresSpec } from './spec.js'
import { readTables } from './tables.js'

export interface PostgresConnectorOptions {
  /** Whether databases in private networks may be read. @default allowed */
  privateAddresses?: PrivateAddresses
}

/**
 * Airbyte's Postgres source: tables and views, read whole or by a cursor column. No change data capture.
 * @example
 * const postgres = createPostgresConnector()
 * await postgres.check({ host, port: 5432, database, username, password }, context)
 * const streams = await postgres.discover(config, context)
 */
export function createPostgresConnector({ privateAddresses = 'allowed' }: PostgresConnectorOptions = {}): Connector {
  const open: OpenSource = (address, context) => openSource(address, context, privateAddresses)
  return {
    definitionId: 'decd338e-5647-4c0b-adf4-da0e75f5a750',
    sourceType: 'postgres',
    name: 'Postgres',
    version: '0.1.0',
    documentationUrl: 'https://docs.airbyte.com/integrations/sources/postgres',
    guide: postgresGuide,
    kind: 'database',
    spec: postgresSpec,
    check: (config, context) => checkPostgres(config, context, open),
    discover: (config, context) => discoverPostgres(config, context, open),
    read: (config, streams, states, context) => readPostgres(config, streams, states, context, open),
  }
}

async function discoverPostgres(
  config: unknown,
  context: ConnectorContext,
  open: OpenSource,
): Promise<AirbyteStream[]> {
  const { address, schemas } = parsePostgresConfig(config)
  try {
    const { client, close } = await open(address, context)
    try {
      return (await readTables(client, schemas)).map(toStream)
    } finally {
      await close()
    }
  } catch (error) {
    context.signal.throwIfAborted()
    throw toPostgresError(error, address)
  }
}
