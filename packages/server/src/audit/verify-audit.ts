// Whether the audit trail is as it was written: every entry against its own hash and the one before it, every chain
// against its length, its seal and the deployment's own chain, which names all others.
import type { AuditFault, AuditVerification } from '@opsai/contract'
import type { Sealer } from '../secrets/seal.js'
import type { Db } from '../store/database.js'
import { toAuditMac } from './seal-audit.js'

interface SuspectRow {
  chain: string
  position: string
  entry: string
  altered: boolean
  last_position: string | null
  last_entry: string | null
}

/** Entries whose content, place or link is wrong. An entry hashed anew is noticed by the next, which names the old hash. */
const suspects = `
  SELECT chain, position, entry, altered, last_position, last_entry FROM (
    SELECT a.chain, a.position, a.entry, a.before, a.hash IS DISTINCT FROM opsai.hash_audit(a) AS altered,
      lag(a.position) OVER w AS last_position, lag(a.entry) OVER w AS last_entry, lag(a.hash) OVER w AS last_hash
    FROM opsai.audit a WINDOW w AS (PARTITION BY a.chain ORDER BY a.position)
  ) linked
  WHERE altered OR position <> coalesce(last_position, 0) + 1 OR before IS DISTINCT FROM coalesce(last_hash, '')
  ORDER BY chain, position`

/**
 * Reads the whole trail and names what is wrong with it.
 *
 * @param sealer with it, seals are checked too: they show a chain that was written anew as a whole
 * @example
 * const { entries, faults } = await verifyAudit(db, sealer) // faults: [{ tenantId, position, fault: 'deleted' }]
 */
export async function verifyAudit(db: Db, sealer?: Pick<Sealer, 'digest'>): Promise<AuditVerification> {
  return await db.transaction(async (inside) => {
    await inside.rows('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    const [counted] = await inside.rows<{ entries: string }>('SELECT count(*) AS entries FROM opsai.audit')
    const faults = [
      ...(await inside.rows<SuspectRow>(suspects)).flatMap(toFaults),
      ...(await findCutTails(inside)),
      ...(await findLostChains(inside)),
      ...(sealer ? await findBrokenSeals(inside, sealer) : []),
    ]
    return { entries: Number(counted?.entries ?? 0), faults: dedupe(faults) }
  })
}

function toFaults(row: SuspectRow): AuditFault[] {
  const tenantId = row.chain
  const position = Number(row.position)
  const last = Number(row.last_position ?? 0)
  if (row.altered) return [{ tenantId, position, entry: row.entry, fault: 'altered' }]
  if (position > last + 1) {
    return Array.from({ length: Math.min(position - last - 1, 100) }, (_, index) => ({
      tenantId,
      position: last + 1 + index,
      fault: 'deleted' as const,
    }))
  }
  return [{ tenantId, position: last, ...(row.last_entry && { entry: row.last_entry }), fault: 'altered' }]
}

/** The end of a chain taken away: its head says how long it was. */
async function findCutTails(db: Db): Promise<AuditFault[]> {
  const rows = await db.rows<{ chain: string; length: string; last: string; entry: string | null; same: boolean }>(
    `SELECT h.chain, h.length, coalesce(a.position, 0) AS last, a.entry, h.hash IS NOT DISTINCT FROM a.hash AS same
     FROM opsai.audit_heads h
     LEFT JOIN LATERAL (
       SELECT position, entry, hash FROM opsai.audit WHERE chain = h.chain ORDER BY position DESC LIMIT 1
     ) a ON true
     WHERE h.length <> coalesce(a.position, 0) OR h.hash IS DISTINCT FROM a.hash`,
  )
  return rows.map(({ chain, length, last, entry }) =>
    Number(length) > Number(last)
      ? { tenantId: chain, position: Number(last) + 1, fault: 'deleted' }
      : { tenantId: chain, position: Number(last), ...(entry && { entry }), fault: 'altered' },
  )
}

/** A whole chain taken away with its head: the deployment's own chain still names it. */
async function findLostChains(db: Db): Promise<AuditFault[]> {
  const rows = await db.rows<{ chain: string }>(
    `SELECT DISTINCT subject AS chain FROM opsai.audit a WHERE a.chain = '' AND a.action = 'trail_started'
       AND NOT EXISTS (SELECT FROM opsai.audit_heads h WHERE h.chain = a.subject)`,
  )
  return rows.map(({ chain }) => ({ tenantId: chain, position: 1, fault: 'deleted' }))
}

async function findBrokenSeals(db: Db, sealer: Pick<Sealer, 'digest'>): Promise<AuditFault[]> {
  const rows = await db.rows<{
    chain: string
    position: string
    mac: Buffer
    entry: string | null
    hash: Buffer | null
  }>(
    `SELECT s.chain, s.position, s.mac, a.entry, a.hash FROM opsai.audit_seals s
     LEFT JOIN opsai.audit a ON a.chain = s.chain AND a.position = s.position`,
  )
  return rows
    .filter(({ chain, position, mac, hash }) => !hash || !mac.equals(toAuditMac(sealer, { chain, position, hash })))
    .map(({ chain, position, entry }) => ({
      tenantId: chain,
      position: Number(position),
      ...(entry && { entry }),
      fault: entry ? 'replaced' : 'deleted',
    }))
}

const dedupe = (faults: readonly AuditFault[]): AuditFault[] => [
  ...new Map(faults.map((fault) => [`${fault.tenantId}\0${fault.position}\0${fault.fault}`, fault])).values(),
]
