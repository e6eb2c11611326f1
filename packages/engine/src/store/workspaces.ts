import { randomUUID } from 'node:crypto'
import { queryOne, type Database } from './database.js'

export interface WorkspaceRow {
  workspaceId: string
  name: string
  notifications: Record<string, unknown>
}

const columns = 'workspace_id AS "workspaceId", name, notifications'

export function createWorkspaceStore(database: Database) {
  return {
    create: async (name: string, notifications: Record<string, unknown>): Promise<WorkspaceRow> => {
      const workspaceId = randomUUID()
      await database.query(
        'INSERT INTO airbyte_engine.workspace (workspace_id, name, notifications) VALUES ($1, $2, $3)',
        [workspaceId, name, JSON.stringify(notifications)],
      )
      return { workspaceId, name, notifications }
    },

    get: (workspaceId: string) =>
      queryOne<WorkspaceRow>(database, `SELECT ${columns} FROM airbyte_engine.workspace WHERE workspace_id = $1`, [
        workspaceId,
      ]),

    update: (workspaceId: string, patch: { name?: string; notifications?: Record<string, unknown> }) =>
      queryOne<WorkspaceRow>(
        database,
        `UPDATE airbyte_engine.workspace SET name = coalesce($2, name), notifications = coalesce($3, notifications)
         WHERE workspace_id = $1 RETURNING ${columns}`,
        [workspaceId, patch.name ?? null, patch.notifications ? JSON.stringify(patch.notifications) : null],
      ),

    delete: async (workspaceId: string): Promise<boolean> => {
      const { rowCount } = await database.query('DELETE FROM airbyte_engine.workspace WHERE workspace_id = $1', [
        workspaceId,
      ])
      return rowCount === 1
    },

    /** No ids, all workspaces: as Airbyte does. */
    list: async (workspaceIds: string[], { limit, offset }: { limit: number; offset: number }) => {
      const { rows } = await database.query<WorkspaceRow>(
        `SELECT ${columns} FROM airbyte_engine.workspace WHERE cardinality($1::uuid[]) = 0 OR workspace_id = ANY ($1)
         ORDER BY created_at, workspace_id LIMIT $2 OFFSET $3`,
        [workspaceIds, limit, offset],
      )
      return rows
    },
  }
}
