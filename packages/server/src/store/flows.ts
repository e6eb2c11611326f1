import { finalFlowStatuses, type Flow } from '@opsai/contract'
import type { Db } from './database.js'
import { ROW_LEASE } from './while-renewing.js'

export interface FlowRow {
  flow_id: string
  tenant_id: string
  user_id: string
  source_type: string
  definition_id: string
  name: string
  origin: string
  /** Whether the start was seen to come from a page of the host's. */
  provenance: 'proven' | 'unproven'
  /** Who vouches that who finished is who started: the host's session, or this browser's cookie alone. */
  assurance: 'host' | 'browser' | null
  status: Flow['status']
  configuration: Buffer | null
  state_hash: Buffer | null
  cookie_hash: Buffer | null
  confirm_hash: Buffer | null
  airbyte_state: Buffer | null
  redirect_url: string | null
  /** Sealed: an id of Airbyte's, or what a provider gave to the operator's own app. */
  secret: Buffer | null
  /** The stored source that is signed in again; null where a new one is made. */
  for_source_id: string | null
  /** Who talks to the provider. */
  way: 'airbyte' | 'own_app'
  /** Sealed; PKCE's, where this proxy is the client. */
  code_verifier: Buffer | null
  op_id: string
  source_id: string | null
  error: Flow['error'] | null
  created_at: Date
  expires_at: Date
  returned_at: Date | null
  /** Until when a process is at it: at trading what came back, or at making the source. */
  leased_until: Date | null
}

export type NewFlow = Pick<
  FlowRow,
  | 'flow_id'
  | 'tenant_id'
  | 'user_id'
  | 'source_type'
  | 'definition_id'
  | 'name'
  | 'origin'
  | 'provenance'
  | 'configuration'
  | 'for_source_id'
  | 'way'
  | 'op_id'
  | 'created_at'
  | 'expires_at'
>

/** Adds a flow unless its id is taken, and answers what is there. */
export async function addFlow(db: Db, flow: NewFlow): Promise<FlowRow | undefined> {
  const names = Object.keys(flow)
  const places = names.map((_, index) => `$${index + 1}`)
  await db.rows(
    `INSERT INTO opsai.flows (${names.join(', ')}) VALUES (${places.join(', ')}) ON CONFLICT DO NOTHING`,
    Object.values(flow),
  )
  return (await findFlow(db, flow.flow_id)) ?? (await findFlowOf(db, flow.op_id))
}

const one = async (db: Db, where: string, value: unknown): Promise<FlowRow | undefined> =>
  (await db.rows<FlowRow>(`SELECT * FROM opsai.flows WHERE ${where} = $1`, [value]))[0]

export const findFlow = (db: Db, flowId: string) => one(db, 'flow_id', flowId)
export const findFlowOf = (db: Db, opId: string) => one(db, 'op_id', opId)

export const listFlowsByState = (db: Db, stateHashes: readonly Buffer[]): Promise<FlowRow[]> =>
  db.rows('SELECT * FROM opsai.flows WHERE state_hash = ANY($1)', [stateHashes])

/** Those that are at their provider. */
export const listFlowsByCookie = (db: Db, cookieHashes: readonly Buffer[], now: Date): Promise<FlowRow[]> =>
  db.rows(`SELECT * FROM opsai.flows WHERE cookie_hash = ANY($1) AND status = 'authorizing' AND expires_at > $2`, [
    cookieHashes,
    now,
  ])

/** A user's sign-ins that have not ended, the newest first. */
export const listOpenFlows = (db: Db, tenantId: string, userId: string): Promise<FlowRow[]> =>
  db.rows<FlowRow>(
    `SELECT * FROM opsai.flows WHERE tenant_id = $1 AND user_id = $2 AND status <> ALL($3)
     ORDER BY created_at DESC, flow_id`,
    [tenantId, userId, finalFlowStatuses],
  )

/** Those of the flows that stand differently by now, by id. */
export async function listChangedFlows(
  db: Db,
  known: readonly Pick<FlowRow, 'flow_id' | 'status'>[],
): Promise<Map<string, FlowRow | 'gone'>> {
  const rows = await db.rows<FlowRow & { asked: string; is_gone: boolean }>(
    `SELECT known.flow_id AS asked, f.flow_id IS NULL AS is_gone, f.*
     FROM unnest($1::text[], $2::text[]) AS known (flow_id, status) LEFT JOIN opsai.flows f ON f.flow_id = known.flow_id
     WHERE f.status IS DISTINCT FROM known.status`,
    [known.map(({ flow_id }) => flow_id), known.map(({ status }) => status)],
  )
  return new Map(rows.map((row) => [row.asked, row.is_gone ? 'gone' : row]))
}

/** Binds a flow that has not come back yet to one browser. */
export async function bindBrowser(
  db: Db,
  flowId: string,
  bound: { cookieHash: Buffer; provenance: FlowRow['provenance'] },
): Promise<void> {
  await db.rows(
    `UPDATE opsai.flows SET cookie_hash = $2, provenance = $3 WHERE flow_id = $1 AND status IN ('launched', 'authorizing')`,
    [flowId, bound.cookieHash, bound.provenance],
  )
}

/** Sends a flow to the provider; asked again, only the newest state counts. */
export async function authorizeFlow(
  db: Db,
  flowId: string,
  sent: {
    stateHash: Buffer
    airbyteState: Buffer | null
    codeVerifier: Buffer | null
    redirectUrl: string
    now: Date
  },
): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.flows
     SET status = 'authorizing', state_hash = $2, airbyte_state = $3, code_verifier = $4, redirect_url = $5
     WHERE flow_id = $1 AND status IN ('launched', 'authorizing') AND expires_at > $6 RETURNING flow_id`,
    [flowId, sent.stateHash, sent.airbyteState, sent.codeVerifier, sent.redirectUrl, sent.now],
  )
  return rows.length > 0
}

/** Uses a state up: of any number of callbacks with it, one gets true, and a lease to trade what came back. */
export async function consumeFlow(
  db: Db,
  used: { stateHash: Buffer; cookieHash: Buffer; definitionId: string; now: Date },
): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.flows SET status = 'returned', returned_at = $4, leased_until = now() + ${ROW_LEASE}
     WHERE state_hash = $1 AND cookie_hash = $2 AND definition_id = $3 AND status = 'authorizing' AND expires_at > $4
     RETURNING flow_id`,
    [used.stateHash, used.cookieHash, used.definitionId, used.now],
  )
  return rows.length > 0
}

/** What came back, waiting for its owner. */
export async function keepReturned(
  db: Db,
  flowId: string,
  kept: { secret: Buffer; confirmHash: Buffer; now: Date },
): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.flows SET secret = $2, confirm_hash = $3, returned_at = $4,
       airbyte_state = NULL, code_verifier = NULL, leased_until = NULL
     WHERE flow_id = $1 AND status = 'returned' RETURNING flow_id`,
    [flowId, kept.secret, kept.confirmHash, kept.now],
  )
  return rows.length > 0
}

/** Another nonce in place of one that never reached its browser. */
export async function renewNonce(db: Db, flowId: string, nonce: { from: Buffer; to: Buffer }): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.flows SET confirm_hash = $3 WHERE flow_id = $1 AND confirm_hash = $2 AND status = 'returned'
     RETURNING flow_id`,
    [flowId, nonce.from, nonce.to],
  )
  return rows.length > 0
}

/** Confirms within two minutes, once, by the same tenant and user. */
export async function confirmFlow(
  db: Db,
  by: {
    flowId: string
    confirmHash: Buffer
    tenantId: string
    userId: string
    assurance: 'host' | 'browser'
    now: Date
  },
): Promise<FlowRow | undefined> {
  const [row] = await db.rows<FlowRow>(
    `UPDATE opsai.flows SET status = 'confirmed', confirm_hash = NULL, assurance = $5
     WHERE flow_id = $1 AND confirm_hash = $2 AND tenant_id = $3 AND user_id = $4 AND status = 'returned'
       AND returned_at > $6::timestamptz - interval '2 minutes' RETURNING *`,
    [by.flowId, by.confirmHash, by.tenantId, by.userId, by.assurance, by.now],
  )
  return row
}

/** Makes a confirmed flow ours to finish, for as long as it is renewed. */
export async function claimFlow(db: Db, flowId: string): Promise<FlowRow | undefined> {
  const [row] = await db.rows<FlowRow>(
    `UPDATE opsai.flows SET status = 'creating', leased_until = now() + ${ROW_LEASE}
     WHERE flow_id = $1 AND status IN ('confirmed', 'creating') AND coalesce(leased_until <= now(), true) RETURNING *`,
    [flowId],
  )
  return row
}

/** Keeps a flow ours: one that is being finished, or whose code is being traded. */
export async function renewFlow(db: Db, flowId: string): Promise<void> {
  await db.rows(
    `UPDATE opsai.flows SET leased_until = now() + ${ROW_LEASE}
     WHERE flow_id = $1 AND (status = 'creating' OR (status = 'returned' AND secret IS NULL))`,
    [flowId],
  )
}

/** Lets go of a flow that could not be finished now. */
export async function postponeFlow(db: Db, flowId: string): Promise<void> {
  await db.rows(`UPDATE opsai.flows SET leased_until = now() + interval '5 seconds' WHERE flow_id = $1`, [flowId])
}

export type FlowEnd =
  | { status: 'completed'; sourceId: string }
  | { status: Exclude<FinalStatus, 'completed'>; error: NonNullable<Flow['error']> }
type FinalStatus =
  | 'completed'
  | 'denied'
  | 'provider_error'
  | 'cancelled'
  | 'expired'
  | `${'browser' | 'user' | 'context'}_mismatch`
  | 'failed'

/** Ends a flow that stands where `from` says; its secrets go with the same statement, by a trigger. */
export async function endFlow(db: Db, flowId: string, from: readonly Flow['status'][], end: FlowEnd): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.flows SET status = $2, source_id = $3, error = $4, leased_until = NULL
     WHERE flow_id = $1 AND status = ANY($5) RETURNING flow_id`,
    [
      flowId,
      end.status,
      end.status === 'completed' ? end.sourceId : null,
      'error' in end ? JSON.stringify(end.error) : null,
      from,
    ],
  )
  return rows.length > 0
}

/** A code was being traded by a process that died: nobody knows whether it was, and it works once. */
const isInterrupted = `status = 'returned' AND secret IS NULL AND leased_until <= now()`

/** Ends flows whose time is over: ten minutes to come back, two to be confirmed, and none where nobody is at it any more. */
export async function endOverdueFlows(
  db: Db,
  now: Date,
  errors: { expired: NonNullable<Flow['error']>; interrupted: NonNullable<Flow['error']> },
  flowId?: string,
): Promise<void> {
  await db.rows(
    `UPDATE opsai.flows SET leased_until = NULL,
       status = CASE WHEN ${isInterrupted} THEN 'failed' ELSE 'expired' END,
       error = CASE WHEN ${isInterrupted} THEN $4::jsonb ELSE $2::jsonb END
     WHERE ($3::text IS NULL OR flow_id = $3)
       AND ((status IN ('launched', 'authorizing') AND expires_at <= $1)
         OR (status = 'returned' AND returned_at <= $1::timestamptz - interval '2 minutes')
         OR (${isInterrupted}))`,
    [now, JSON.stringify(errors.expired), flowId, JSON.stringify(errors.interrupted)],
  )
}

/** Confirmed flows nobody is finishing. */
export async function listUnfinishedFlows(db: Db): Promise<string[]> {
  const rows = await db.rows<{ flow_id: string }>(
    `SELECT flow_id FROM opsai.flows WHERE status IN ('confirmed', 'creating') AND coalesce(leased_until <= now(), true) LIMIT 20`,
  )
  return rows.map(({ flow_id }) => flow_id)
}

/** Ended flows are kept a day, for whoever still asks. One that is being finished is not forgotten, however old. */
export async function sweepFlows(db: Db, now: Date): Promise<void> {
  await db.rows(`DELETE FROM opsai.flows WHERE status = ANY($2) AND expires_at < $1::timestamptz - interval '1 day'`, [
    now,
    finalFlowStatuses,
  ])
}
