import type { Db } from './database.js'

/** A link that lets one user sign one source in again. It goes with its source and its tenant. */
export interface ReconnectLinkRow {
  tenant_id: string
  user_id: string
  source_id: string
  /** The host's, where it ends. */
  origin: string
  expires_at: Date
  used_at: Date | null
}

export async function addReconnectLink(
  db: Db,
  link: Omit<ReconnectLinkRow, 'used_at'> & { token_hash: Buffer },
): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.reconnect_links (token_hash, tenant_id, user_id, source_id, origin, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [link.token_hash, link.tenant_id, link.user_id, link.source_id, link.origin, link.expires_at],
  )
}

/** A link, used and expired ones too: those are different answers. */
export async function findReconnectLink(db: Db, tokenHash: Buffer): Promise<ReconnectLinkRow | undefined> {
  const [row] = await db.rows<ReconnectLinkRow>(
    'SELECT tenant_id, user_id, source_id, origin, expires_at, used_at FROM opsai.reconnect_links WHERE token_hash = $1',
    [tokenHash],
  )
  return row
}

/** Uses a link up: of any number who try, one gets true. */
export async function takeReconnectLink(db: Db, tokenHash: Buffer, now: Date): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.reconnect_links SET used_at = $2
     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING 1`,
    [tokenHash, now],
  )
  return rows.length > 0
}

/** Links are remembered for a week after their time, so that who opens one late is told so. */
export async function sweepReconnectLinks(db: Db, now: Date): Promise<void> {
  await db.rows(`DELETE FROM opsai.reconnect_links WHERE expires_at < $1::timestamptz - interval '7 days'`, [now])
}
