// The engine has one organization and one user, under Airbyte's default ids. Permissions are kept for clients that
// set and read them; whoever has a token may do everything.
import { randomUUID } from 'node:crypto'
import { queryOne, type Database } from './database.js'

export const defaultOrganizationId = '00000000-0000-0000-0000-000000000000'

export interface Organization {
  organizationId: string
  name: string
  email: string
}

export interface Person {
  userId: string
  name: string
  email: string
}

/** Of a workspace or of an organization. */
export interface Permission {
  permissionId: string
  permissionType: string
  userId: string
  workspaceId: string | null
  organizationId: string | null
}

const columns = `permission_id AS "permissionId", permission_type AS "permissionType", user_id AS "userId",
  workspace_id AS "workspaceId", organization_id AS "organizationId"`

export function createPermissionStore(database: Database) {
  return {
    organizations: async (): Promise<Organization[]> => {
      const sql = `SELECT organization_id AS "organizationId", name, email FROM airbyte_engine.organization`
      return (await database.query<Organization>(sql)).rows
    },

    people: async (): Promise<Person[]> => {
      const sql = `SELECT user_id AS "userId", name, email FROM airbyte_engine.person`
      return (await database.query<Person>(sql)).rows
    },

    create: (permission: Omit<Permission, 'permissionId'>): Promise<Permission | undefined> =>
      queryOne<Permission>(
        database,
        `INSERT INTO airbyte_engine.permission (permission_id, permission_type, user_id, workspace_id, organization_id)
         VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
        [randomUUID(), permission.permissionType, permission.userId, permission.workspaceId, permission.organizationId],
      ),

    get: (permissionId: string): Promise<Permission | undefined> =>
      queryOne<Permission>(database, `SELECT ${columns} FROM airbyte_engine.permission WHERE permission_id = $1`, [
        permissionId,
      ]),

    update: (permissionId: string, permissionType: string): Promise<Permission | undefined> =>
      queryOne<Permission>(
        database,
        `UPDATE airbyte_engine.permission SET permission_type = $2 WHERE permission_id = $1 RETURNING ${columns}`,
        [permissionId, permissionType],
      ),

    delete: async (permissionId: string): Promise<boolean> => {
      const sql = 'DELETE FROM airbyte_engine.permission WHERE permission_id = $1'
      return (await database.query(sql, [permissionId])).rowCount === 1
    },

    list: async (filter: { userId?: string; organizationId?: string }): Promise<Permission[]> => {
      const { rows } = await database.query<Permission>(
        `SELECT ${columns} FROM airbyte_engine.permission
         WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::uuid IS NULL OR organization_id = $2)
         ORDER BY created_at, permission_id`,
        [filter.userId ?? null, filter.organizationId ?? null],
      )
      return rows
    },
  }
}

export type PermissionStore = ReturnType<typeof createPermissionStore>
