import { randomUUID } from 'node:crypto'
import { queryOne, type Database, type Queryable } from './database.js'

/** A label for connections of one workspace. */
export interface Tag {
  tagId: string
  workspaceId: string
  name: string
  /** Six hexadecimal digits. */
  color: string
}

const columns = `tag_id AS "tagId", workspace_id AS "workspaceId", name, color`

export function createTagStore(database: Database) {
  return {
    /** `undefined` where the workspace has a tag of this name. */
    create: ({ workspaceId, name, color }: Omit<Tag, 'tagId'>): Promise<Tag | undefined> =>
      queryOne<Tag>(
        database,
        `INSERT INTO airbyte_engine.tag (tag_id, workspace_id, name, color) VALUES ($1, $2, $3, $4)
         ON CONFLICT ON CONSTRAINT tag_name_once DO NOTHING RETURNING ${columns}`,
        [randomUUID(), workspaceId, name, color],
      ),

    get: (tagId: string): Promise<Tag | undefined> =>
      queryOne<Tag>(database, `SELECT ${columns} FROM airbyte_engine.tag WHERE tag_id = $1`, [tagId]),

    /** `taken` where another tag of the workspace has the name. */
    update: async (tagId: string, { name, color }: Pick<Tag, 'name' | 'color'>): Promise<Tag | 'taken' | undefined> => {
      const sql = `UPDATE airbyte_engine.tag SET name = $2, color = $3 WHERE tag_id = $1 RETURNING ${columns}`
      try {
        return await queryOne<Tag>(database, sql, [tagId, name, color])
      } catch (error) {
        if (error instanceof Error && 'constraint' in error && error.constraint === 'tag_name_once') return 'taken'
        throw error
      }
    },

    delete: async (tagId: string): Promise<boolean> => {
      const { rowCount } = await database.query('DELETE FROM airbyte_engine.tag WHERE tag_id = $1', [tagId])
      return rowCount === 1
    },

    count: async (workspaceId: string): Promise<number> => {
      const sql = 'SELECT count(*) AS count FROM airbyte_engine.tag WHERE workspace_id = $1'
      return (await queryOne<{ count: number }>(database, sql, [workspaceId]))?.count ?? 0
    },

    /** No ids, those of all workspaces: as Airbyte does. */
    list: async (workspaceIds: string[]): Promise<Tag[]> => {
      const { rows } = await database.query<Tag>(
        `SELECT ${columns} FROM airbyte_engine.tag WHERE cardinality($1::uuid[]) = 0 OR workspace_id = ANY ($1)
         ORDER BY created_at, tag_id`,
        [workspaceIds],
      )
      return rows
    },

    /** Which of these tags are of this workspace. */
    ofWorkspace: async (workspaceId: string, tagIds: string[], db: Queryable = database): Promise<string[]> => {
      const sql = `SELECT tag_id AS "tagId" FROM airbyte_engine.tag WHERE workspace_id = $1 AND tag_id = ANY ($2)`
      return (await db.query<{ tagId: string }>(sql, [workspaceId, tagIds])).rows.map((row) => row.tagId)
    },
  }
}

export type TagStore = ReturnType<typeof createTagStore>
