// Sources and destinations: Airbyte calls both actors. Their configurations are only ever in the clear in memory.
import { randomUUID } from 'node:crypto'
import type { Sealer } from '../secrets/sealer.js'
import type { JsonObject } from '../secrets/schema.js'
import { queryOne, type Database, type Queryable } from './database.js'

export type ActorKind = 'source' | 'destination'

export interface Actor {
  actorId: string
  kind: ActorKind
  workspaceId: string
  definitionId: string
  name: string
  configuration: JsonObject
  createdAt: Date
}

export type NewActor = Omit<Actor, 'actorId' | 'createdAt'>

interface Row extends Omit<Actor, 'configuration'> {
  sealed: Buffer
}

const columns = `actor_id AS "actorId", kind, workspace_id AS "workspaceId", definition_id AS "definitionId", name,
  configuration AS sealed, created_at AS "createdAt"`

export function createActorStore(database: Database, sealer: Sealer) {
  const open = ({ sealed, ...row }: Row): Actor => ({
    ...row,
    configuration: sealer.open(sealed, `actor:${row.actorId}`) as JsonObject,
  })
  const seal = (actorId: string, configuration: JsonObject) => sealer.seal(configuration, `actor:${actorId}`)

  return {
    create: async (actor: NewActor, db: Queryable = database): Promise<Actor> => {
      const actorId = randomUUID()
      const row = await queryOne<Row>(
        db,
        `INSERT INTO airbyte_engine.actor (actor_id, kind, workspace_id, definition_id, name, configuration)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${columns}`,
        [actorId, actor.kind, actor.workspaceId, actor.definitionId, actor.name, seal(actorId, actor.configuration)],
      )
      if (!row) throw new Error('The actor was not stored.')
      return open(row)
    },

    get: async (kind: ActorKind, actorId: string, db: Queryable = database): Promise<Actor | undefined> => {
      const sql = `SELECT ${columns} FROM airbyte_engine.actor WHERE kind = $1 AND actor_id = $2`
      const row = await queryOne<Row>(db, sql, [kind, actorId])
      return row && open(row)
    },

    /** Inside a transaction: nobody else changes it until the end of that. */
    getForUpdate: async (kind: ActorKind, actorId: string, tx: Queryable): Promise<Actor | undefined> => {
      const sql = `SELECT ${columns} FROM airbyte_engine.actor WHERE kind = $1 AND actor_id = $2 FOR UPDATE`
      const row = await queryOne<Row>(tx, sql, [kind, actorId])
      return row && open(row)
    },

    save: async ({ actorId, name, configuration }: Actor, tx: Queryable): Promise<void> => {
      await tx.query(
        'UPDATE airbyte_engine.actor SET name = $2, configuration = $3, updated_at = now() WHERE actor_id = $1',
        [actorId, name, seal(actorId, configuration)],
      )
    },

    delete: async (kind: ActorKind, actorId: string): Promise<boolean> => {
      const sql = 'DELETE FROM airbyte_engine.actor WHERE kind = $1 AND actor_id = $2'
      const { rowCount } = await database.query(sql, [kind, actorId])
      return rowCount === 1
    },

    /** No ids, those of all workspaces: as Airbyte does. */
    list: async (
      kind: ActorKind,
      workspaceIds: string[],
      { limit, offset }: { limit: number; offset: number },
      db: Queryable = database,
    ): Promise<Actor[]> => {
      const { rows } = await db.query<Row>(
        `SELECT ${columns} FROM airbyte_engine.actor
         WHERE kind = $1 AND (cardinality($2::uuid[]) = 0 OR workspace_id = ANY ($2))
         ORDER BY created_at, actor_id LIMIT $3 OFFSET $4`,
        [kind, workspaceIds, limit, offset],
      )
      return rows.map(open)
    },
  }
}
