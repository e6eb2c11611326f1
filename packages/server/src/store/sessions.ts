import type { Db } from './database.js'
import { type TenantRow, tenantColumns } from './tenants.js'

export interface SessionRow {
  user_id: string
  origins: string[]
  expires_at: Date
  tenant: TenantRow
}

export async function addSession(
  db: Db,
  session: { tokenHash: Buffer; tenantId: string; userId: string; origins: string[]; expiresAt: Date },
): Promise<void> {
  await db.rows(
    'INSERT INTO opsai.sessions (token_hash, tenant_id, user_id, origins, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [session.tokenHash, session.tenantId, session.userId, session.origins, session.expiresAt],
  )
}

/** A session, expired ones too: "ended" and "never was" are different answers. */
export async function findSession(db: Db, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const [row] = await db.rows<Omit<SessionRow, 'tenant'> & TenantRow>(
    `SELECT s.user_id, s.origins, s.expires_at, ${tenantColumns('t')}
     FROM opsai.sessions s JOIN opsai.tenants t USING (tenant_id) WHERE s.token_hash = $1`,
    [tokenHash],
  )
  if (!row) return undefined
  const { user_id, origins, expires_at, ...tenant } = row
  return { user_id, origins, expires_at, tenant }
}

/** Whether pages of this origin may hold a live token at all: what a preflight, which has no token, can be asked. */
export async function isOriginKnown(db: Db, origin: string, now: Date): Promise<boolean> {
  const rows = await db.rows(
    'SELECT 1 AS known FROM opsai.sessions WHERE origins @> ARRAY[$1::text] AND expires_at > $2 LIMIT 1',
    [origin, now],
  )
  return rows.length > 0
}

/** Expired sessions are remembered for a day so that their owners are told what happened. */
export async function sweepSessions(db: Db, now: Date): Promise<void> {
  await db.rows(`DELETE FROM opsai.sessions WHERE expires_at < $1::timestamptz - interval '1 day'`, [now])
}

/** Ends a tenant's sessions, or one user's of it. Answers how many were live. */
export async function revokeSessions(db: Db, tenantId: string, userId: string | undefined, now: Date): Promise<number> {
  const rows = await db.rows<{ live: boolean }>(
    `DELETE FROM opsai.sessions WHERE tenant_id = $1 AND ($2::text IS NULL OR user_id = $2) RETURNING expires_at > $3 AS live`,
    [tenantId, userId, now],
  )
  return rows.filter(({ live }) => live).length
}

/** Which of these sessions, by the hex of their token's hash, are live. */
export async function listLiveSessions(db: Db, hashes: readonly string[], now: Date): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await db.rows<{ hash: string }>(
    `SELECT encode(token_hash, 'hex') AS hash FROM opsai.sessions WHERE token_hash = ANY($1) AND expires_at > $2`,
    [hashes.map((hash) => Buffer.from(hash, 'hex')), now],
  )
  return rows.map(({ hash }) => hash)
}
