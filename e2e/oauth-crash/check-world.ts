// What must hold after every crash, whatever became of the sign-ins: nothing twice, nothing without its owner.
import type { CrashWorld } from './crash-world.js'

export interface Faults {
  /** Sources at Airbyte of the same operation, or more rows than sources. */
  duplicates: number
  /** Sources at Airbyte that no row knows, and rows whose source Airbyte has not. */
  orphans: number
  /** Ended flows that still hold a secret. */
  secrets: number
  /** Operations nobody will end. */
  pending: number
  /** Places at which the audit trail is not what was written. */
  audit: number
}

const held = ['secret', 'configuration', 'airbyte_state', 'confirm_hash', 'code_verifier']

export async function checkWorld({ query, queryAirbyte, host }: CrashWorld): Promise<Faults> {
  const rows = await query<{ source_id: string; op_id: string }>('SELECT source_id, op_id FROM opsai.sources')
  const actors = await queryAirbyte<{ id: string; name: string }>(
    `SELECT actor_id AS id, name FROM airbyte_engine.actor WHERE kind = 'source'`,
  )
  const [known, there] = [new Set(rows.map(({ source_id: id }) => id)), new Set(actors.map(({ id }) => id))]
  const marks = actors.flatMap(({ name }) => /\[op:[0-9a-f]+\]/.exec(name)?.[0] ?? [])
  const [ended] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM opsai.flows
     WHERE status NOT IN ('launched', 'authorizing', 'returned', 'confirmed', 'creating')
       AND (${held.map((column) => `${column} IS NOT NULL`).join(' OR ')})`,
  )
  const [outbox] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM opsai.outbox WHERE status = 'pending' AND kind = 'source'`,
  )
  const { faults } = await host('verifyAudit')
  return {
    duplicates: marks.length - new Set(marks).size + (rows.length - new Set(rows.map(({ op_id: id }) => id)).size),
    orphans: [...there].filter((id) => !known.has(id)).length + [...known].filter((id) => !there.has(id)).length,
    secrets: ended?.n ?? NaN,
    pending: outbox?.n ?? NaN,
    audit: faults.length,
  }
}
