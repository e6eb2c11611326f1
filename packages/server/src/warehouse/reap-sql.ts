// What a role may set back for its own session is not left at that: who takes longer than its role is meant to, is ended.

export type Limits = Readonly<Record<'app' | 'sync', { statement: number; reap: number; transaction: number }>>

/** A role's own `statement_timeout`, and how much later its sessions are ended if it did away with that. In seconds. */
export const usualLimits: Limits = {
  app: { statement: 30, reap: 35, transaction: 300 },
  sync: { statement: 3_600, reap: 3_900, transaction: 14_400 },
}

const isLate = (limits: Limits, role: keyof Limits) => {
  const { reap, transaction } = limits[role]
  return `(usename ~ '^t_[a-z2-7]{16}_${role}$' AND (
    (state = 'active' AND query_start < now() - interval '${reap} seconds')
    OR (state LIKE 'idle in transaction%' AND state_change < now() - interval '${reap} seconds')
    OR (state <> 'idle' AND xact_start < now() - interval '${transaction} seconds')))`
}

/** Ends tenants' sessions that are over their limits; answers whose they were. */
export const reapSessions = (limits: Limits) => `
SELECT usename AS role, pg_terminate_backend(pid) AS ended FROM pg_stat_activity
 WHERE datname = current_database() AND (${isLate(limits, 'app')} OR ${isLate(limits, 'sync')})`

/**
 * Ends sessions of roles ($1) that began before their passwords changed ($2): a login that was under way then may have
 * been let in by the old one a moment later.
 */
export const endEarlierSessions = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  JOIN unnest($1::text[], $2::timestamptz[]) AS changed (role, at) ON usename = changed.role AND backend_start < changed.at`
