// Sign-ins under way, and tokens nobody has taken yet. Both are taken once, with the row they lie in.
import type { Sealer } from '../secrets/sealer.js'
import type { JsonObject } from '../secrets/schema.js'
import { queryOne, type Database, type Queryable } from './database.js'

/** Only who it was made for may take it. */
interface Owner {
  workspaceId: string
  definitionId: string
}

interface StoredApp {
  clientId: string
  clientSecret: string
}

export function createOAuthStore(database: Database, sealer: Sealer) {
  const flowRow = (stateHash: Buffer) => `oauth_flow:${stateHash.toString('hex')}`
  const appRow = (definitionId: string) => `oauth_app:${definitionId}`
  const secretRow = (secretId: string) => `oauth_secret:${secretId}`

  return {
    putFlow: async (
      flow: Owner & { stateHash: Buffer; redirectUrl: string; pending: object; minutes: number },
    ): Promise<void> => {
      await database.query('DELETE FROM airbyte_engine.oauth_flow WHERE expires_at < now()')
      await database.query(
        `INSERT INTO airbyte_engine.oauth_flow (state_hash, workspace_id, definition_id, redirect_url, sealed, expires_at)
         VALUES ($1, $2, $3, $4, $5, now() + make_interval(mins => $6))`,
        [
          flow.stateHash,
          flow.workspaceId,
          flow.definitionId,
          flow.redirectUrl,
          sealer.seal(flow.pending, flowRow(flow.stateHash)),
          flow.minutes,
        ],
      )
    },

    takeFlow: async <T>(stateHash: Buffer, owner: Owner): Promise<{ redirectUrl: string; pending: T } | undefined> => {
      const row = await queryOne<{ redirectUrl: string; sealed: Buffer }>(
        database,
        `DELETE FROM airbyte_engine.oauth_flow
         WHERE state_hash = $1 AND workspace_id = $2 AND definition_id = $3 AND expires_at > now()
         RETURNING redirect_url AS "redirectUrl", sealed`,
        [stateHash, owner.workspaceId, owner.definitionId],
      )
      return row && { redirectUrl: row.redirectUrl, pending: sealer.open(row.sealed, flowRow(stateHash)) as T }
    },

    putSecret: async (secret: Owner & { secretId: string; values: JsonObject; minutes: number }): Promise<void> => {
      await database.query('DELETE FROM airbyte_engine.oauth_secret WHERE expires_at < now()')
      await database.query(
        `INSERT INTO airbyte_engine.oauth_secret (secret_id, workspace_id, definition_id, sealed, expires_at)
         VALUES ($1, $2, $3, $4, now() + make_interval(mins => $5))`,
        [
          secret.secretId,
          secret.workspaceId,
          secret.definitionId,
          sealer.seal(secret.values, secretRow(secret.secretId)),
          secret.minutes,
        ],
      )
    },

    /** The app of the whole instance, in place of one there may be. */
    putApp: async (definitionId: string, app: StoredApp): Promise<void> => {
      await database.query(
        `INSERT INTO airbyte_engine.oauth_app (definition_id, sealed) VALUES ($1, $2)
         ON CONFLICT (definition_id) DO UPDATE SET sealed = excluded.sealed, updated_at = now()`,
        [definitionId, sealer.seal(app, appRow(definitionId))],
      )
    },

    getApp: async (definitionId: string): Promise<StoredApp | undefined> => {
      const sql = 'SELECT sealed FROM airbyte_engine.oauth_app WHERE definition_id = $1'
      const row = await queryOne<{ sealed: Buffer }>(database, sql, [definitionId])
      return row && (sealer.open(row.sealed, appRow(definitionId)) as StoredApp)
    },

    /** In the transaction that stores the source: if that fails, the tokens are still there. */
    takeSecret: async <T extends JsonObject>(secretId: string, owner: Owner, tx: Queryable): Promise<T | undefined> => {
      const row = await queryOne<{ sealed: Buffer }>(
        tx,
        `DELETE FROM airbyte_engine.oauth_secret
         WHERE secret_id = $1 AND workspace_id = $2 AND definition_id = $3 AND expires_at > now() RETURNING sealed`,
        [secretId, owner.workspaceId, owner.definitionId],
      )
      return row && (sealer.open(row.sealed, secretRow(secretId)) as T)
    },
  }
}
