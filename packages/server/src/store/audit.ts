import { createScrub } from '../secrets/scrub.js'
import { currentRequest } from '../session/request-context.js'
import type { Db } from './database.js'

export interface AuditEntry {
  tenantId?: string
  userId?: string
  /** What happened, in the past tense: `source_created`. */
  action: string
  /** The id it happened to. */
  subject?: string
  /** The sign-in it happened in. Default: the one this is the middle of. */
  flowId?: string
  /** Never a secret; what looks like one is blanked. */
  facts?: Record<string, string | number | boolean>
}

const { value: scrub } = createScrub([])

/**
 * Writes down who did what, from which page and in which sign-in. The table chains its entries and refuses to be
 * changed afterwards; some actions are also told to the host, in the same transaction (steps/records.ts).
 */
export async function addAudit(db: Db, entry: AuditEntry): Promise<void> {
  const about = currentRequest()
  await db.rows(
    `INSERT INTO opsai.audit (tenant_id, user_id, action, subject, facts, origin, flow_id, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      entry.tenantId,
      entry.userId ?? about?.userId,
      entry.action,
      entry.subject,
      scrub(entry.facts ?? {}),
      about?.origin,
      entry.flowId ?? about?.flowId,
      about?.requestId,
    ],
  )
}
