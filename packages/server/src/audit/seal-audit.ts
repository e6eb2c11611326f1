// Hashes alone only show that a chain is in order; whoever can write to the database could make another that is too.
// So each chain gets a keyed digest of how far it has come, by a key the database does not hold.
import type { Log } from '../log.js'
import type { Sealer } from '../secrets/seal.js'
import type { Db } from '../store/database.js'

const AT_ONCE = 500

interface Grown {
  chain: string
  length: string
  hash: Buffer
  sealed_at: string | null
  mac: Buffer | null
  sealed_hash: Buffer | null
}

/** The keyed digest of a chain up to one entry. */
export const toAuditMac = (
  sealer: Pick<Sealer, 'digest'>,
  at: { chain: string; position: string; hash: Buffer },
): Buffer => sealer.digest('audit', `${at.chain}\0${at.position}\0${at.hash.toString('hex')}`)

/**
 * Seals what has been added since the last time; only where the old seal still holds and everything after it is in order,
 * so that a chain that was tampered with stays visibly so. The line it logs is a copy of the seal outside the database.
 */
export async function sealAudit({ db, sealer, log }: { db: Db; sealer: Sealer; log: Log }): Promise<void> {
  const grown = await db.rows<Grown>(
    `SELECT h.chain, h.length, h.hash, s.position AS sealed_at, s.mac, a.hash AS sealed_hash
     FROM opsai.audit_heads h
     LEFT JOIN opsai.audit_seals s USING (chain)
     LEFT JOIN opsai.audit a ON a.chain = s.chain AND a.position = s.position
     WHERE h.length > coalesce(s.position, 0) LIMIT ${AT_ONCE}`,
  )
  const trails: string[] = []
  for (const each of grown) {
    if (await sealChain({ db, sealer, log }, each))
      trails.push(`${each.chain} ${each.length} ${each.hash.toString('hex')}`)
  }
  if (trails.length > 0) log.info('audit trail sealed', { trails })
}

/** @returns whether the chain is sealed as far as it goes */
async function sealChain({ db, sealer, log }: { db: Db; sealer: Sealer; log: Log }, grown: Grown): Promise<boolean> {
  const { chain, length, hash, sealed_at, mac, sealed_hash } = grown
  const holds =
    sealed_at === null ||
    (mac && sealed_hash && toAuditMac(sealer, { chain, position: sealed_at, hash: sealed_hash }).equals(mac))
  if (!holds || !(await isInOrder(db, grown))) {
    log.error('the audit trail was changed: GET /audit/verification names where', { tenantId: chain })
    return false
  }
  await db.rows(
    `INSERT INTO opsai.audit_seals (chain, position, mac) VALUES ($1, $2, $3)
     ON CONFLICT (chain) DO UPDATE SET position = excluded.position, mac = excluded.mac
       WHERE opsai.audit_seals.position < excluded.position`,
    [chain, length, toAuditMac(sealer, { chain, position: length, hash })],
  )
  return true
}

async function isInOrder(db: Db, { chain, length, sealed_at, sealed_hash }: Grown): Promise<boolean> {
  const [row] = await db.rows<{ whole: boolean }>(
    `SELECT coalesce(bool_and(sound), false) AND count(*) = $3::bigint - $2::bigint AS whole FROM (
       SELECT a.hash = opsai.hash_audit(a) AND a.before = coalesce(lag(a.hash) OVER (ORDER BY a.position), $4::bytea) AS sound
       FROM opsai.audit a WHERE a.chain = $1 AND a.position > $2 AND a.position <= $3
     ) linked`,
    [chain, sealed_at ?? '0', length, sealed_hash ?? Buffer.alloc(0)],
  )
  return row?.whole ?? false
}
