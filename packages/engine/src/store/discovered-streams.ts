// What a source said its streams are, so that making a connection does not ask it again.
import type { AirbyteStream } from '../protocol/messages.js'
import { queryOne, type Database } from './database.js'

export function createDiscoveredStreamsStore(database: Database) {
  return {
    /** `fingerprint` stands for the configuration and the connector that were asked. */
    get: async (sourceId: string, fingerprint: string): Promise<AirbyteStream[] | undefined> => {
      const row = await queryOne<{ streams: AirbyteStream[] }>(
        database,
        'SELECT streams FROM airbyte_engine.discovered_streams WHERE source_id = $1 AND fingerprint = $2',
        [sourceId, fingerprint],
      )
      return row?.streams
    },

    put: async (sourceId: string, fingerprint: string, streams: AirbyteStream[]): Promise<void> => {
      await database.query(
        `INSERT INTO airbyte_engine.discovered_streams (source_id, fingerprint, streams)
         SELECT actor_id, $2, $3 FROM airbyte_engine.actor WHERE actor_id = $1
         ON CONFLICT (source_id) DO UPDATE
         SET fingerprint = excluded.fingerprint, streams = excluded.streams, discovered_at = now()`,
        [sourceId, fingerprint, JSON.stringify(streams)],
      )
    },
  }
}
