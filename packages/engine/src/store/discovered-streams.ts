// What a source said its streams are, so that making a connection does not ask it again; and every such answer by an
// id of its own, which stays while the answer stays the same.
import { createHash, randomUUID } from 'node:crypto'
import type { AirbyteStream } from '../protocol/messages.js'
import { queryOne, type Database } from './database.js'

/** An answer to discover, by Airbyte's `catalogId`. */
export interface Catalog {
  catalogId: string
  sourceId: string
  streams: AirbyteStream[]
  seenAt: Date
}

/** Answers kept of one source. */
const keptCatalogs = 10
const columns = 'catalog_id AS "catalogId", source_id AS "sourceId", streams, seen_at AS "seenAt"'

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
      const text = JSON.stringify(streams)
      await database.query(
        `INSERT INTO airbyte_engine.discovered_streams (source_id, fingerprint, streams)
         SELECT actor_id, $2, $3 FROM airbyte_engine.actor WHERE actor_id = $1
         ON CONFLICT (source_id) DO UPDATE
         SET fingerprint = excluded.fingerprint, streams = excluded.streams, discovered_at = now()`,
        [sourceId, fingerprint, text],
      )
      await database.query(
        `INSERT INTO airbyte_engine.catalog (catalog_id, source_id, content_hash, streams)
         SELECT $2, actor_id, $3, $4 FROM airbyte_engine.actor WHERE actor_id = $1
         ON CONFLICT (source_id, content_hash) DO UPDATE SET seen_at = now()`,
        [sourceId, randomUUID(), createHash('sha256').update(text).digest('hex'), text],
      )
      await database.query(
        `DELETE FROM airbyte_engine.catalog WHERE source_id = $1 AND catalog_id NOT IN
           (SELECT catalog_id FROM airbyte_engine.catalog WHERE source_id = $1 ORDER BY seen_at DESC LIMIT ${keptCatalogs})`,
        [sourceId],
      )
    },

    /** The source's latest answer. */
    latest: (sourceId: string): Promise<Catalog | undefined> =>
      queryOne<Catalog>(
        database,
        `SELECT ${columns} FROM airbyte_engine.catalog WHERE source_id = $1 ORDER BY seen_at DESC LIMIT 1`,
        [sourceId],
      ),

    getCatalog: (catalogId: string): Promise<Catalog | undefined> =>
      queryOne<Catalog>(database, `SELECT ${columns} FROM airbyte_engine.catalog WHERE catalog_id = $1`, [catalogId]),
  }
}
