import type { Db } from './database.js'

export interface AuditEntry {
  tenantId?: string
  userId?: string
  /** What happened, in the past tense: `source_created`. */
  action: string
  /** The id it happened to. */
  subject?: string
  /** Never a secret. */
  facts?: Record<string, string | number | boolean>
}

/** Writes down who did what. The table refuses to be changed afterwards. */
export async function addAudit(db: Db, entry: AuditEntry): Promise<void> {
  await db.rows('INSERT INTO opsai.audit (tenant_id, user_id, action, subject, facts) VALUES ($1, $2, $3, $4, $5)', [
    entry.tenantId,
    entry.userId,
    entry.action,
    entry.subject,
    entry.facts ?? {},
  ])
}
