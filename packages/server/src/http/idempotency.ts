// Idempotency-Key on every JSON POST: the same key and request get the same answer for 24 hours.
import type { Sealer } from '../secrets/seal.js'
import type { Db } from '../store/database.js'
import { ROW_LEASE, whileRenewing } from '../store/while-renewing.js'
import { invalidRequest, ProblemError } from './problem.js'

interface Stored {
  request_hash: Buffer
  status: number | null
  answer: Buffer | null
  leased: boolean
}

export interface IdempotentRequest {
  db: Db
  sealer: Sealer
  /** Who asks: keys of different callers never meet. */
  scope: string
  key: string
  /** All that makes it this request: method, path and body. */
  fingerprint: string
  /** Whether an answer is final: another try could not end otherwise. */
  run(): Promise<Response>
}

/** The key of a request, if it has one. */
export function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key')
  if (key === null) return undefined
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw invalidRequest('Idempotency-Key must be 1 to 200 visible ASCII characters.')
  return key
}

/** The same key of the same caller for the same route is the same operation, also after a crash. */
export function toOperationId(sealer: Sealer, scope: string, key: string, route: string): string {
  const hex = sealer.digest('operation', `${scope}\0${route}\0${key}`).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Runs a request once and repeats its answer. An answer that another try might better (5xx, 429) is not kept.
 *
 * @throws ProblemError `idempotency_mismatch`, `idempotency_in_progress`
 */
export async function runOnce(request: IdempotentRequest): Promise<Response> {
  const { db, sealer, key } = request
  const scope = sealer.digest('idempotency-scope', request.scope)
  const hash = sealer.digest('idempotency-request', request.fingerprint)
  const place = `idempotency|${scope.toString('hex')}|${key}`
  const stored = await reserve(db, scope, key, hash)
  if (stored) {
    if (!stored.request_hash.equals(hash)) {
      throw new ProblemError('idempotency_mismatch', { detail: 'This Idempotency-Key was used for another request.' })
    }
    if (stored.answer && stored.status !== null) return replay(stored.status, sealer.open(stored.answer, place))
    if (stored.leased) {
      throw new ProblemError('idempotency_in_progress', {
        detail: 'The first request with this key is not finished.',
        headers: { 'retry-after': '1' },
      })
    }
  }
  const answer = await whileRenewing(() => renew(db, scope, key), request.run)
  if (answer.status >= 500 || answer.status === 429 || answer.status === 409) await release(db, scope, key)
  else await keep(db, { scope, key, status: answer.status, answer: sealer.seal(await toStored(answer.clone()), place) })
  return answer
}

async function reserve(db: Db, scope: Buffer, key: string, hash: Buffer): Promise<Stored | undefined> {
  await db.rows('DELETE FROM opsai.idempotency WHERE scope = $1 AND key = $2 AND expires_at <= now()', [scope, key])
  const mine = await db.rows(
    `INSERT INTO opsai.idempotency (scope, key, request_hash, leased_until, expires_at)
     VALUES ($1, $2, $3, now() + ${ROW_LEASE}, now() + interval '24 hours')
     ON CONFLICT (scope, key) DO UPDATE SET leased_until = excluded.leased_until
       WHERE opsai.idempotency.answer IS NULL AND opsai.idempotency.leased_until <= now()
         AND opsai.idempotency.request_hash = excluded.request_hash
     RETURNING key`,
    [scope, key, hash],
  )
  if (mine.length > 0) return undefined
  const [stored] = await db.rows<Stored>(
    `SELECT request_hash, status, answer, leased_until > now() AS leased FROM opsai.idempotency WHERE scope = $1 AND key = $2`,
    [scope, key],
  )
  return stored
}

const renew = (db: Db, scope: Buffer, key: string) =>
  db.rows(
    `UPDATE opsai.idempotency SET leased_until = now() + ${ROW_LEASE} WHERE scope = $1 AND key = $2 AND answer IS NULL`,
    [scope, key],
  )

const release = (db: Db, scope: Buffer, key: string) =>
  db.rows('DELETE FROM opsai.idempotency WHERE scope = $1 AND key = $2', [scope, key])

const keep = (db: Db, { scope, key, status, answer }: { scope: Buffer; key: string; status: number; answer: Buffer }) =>
  db.rows('UPDATE opsai.idempotency SET status = $3, answer = $4 WHERE scope = $1 AND key = $2', [
    scope,
    key,
    status,
    answer,
  ])

const toStored = async (answer: Response) =>
  JSON.stringify({ type: answer.headers.get('content-type'), body: await answer.text() })

function replay(status: number, stored: string): Response {
  const { type, body } = JSON.parse(stored) as { type: string; body: string }
  return new Response(body, {
    status,
    headers: { 'content-type': type, 'cache-control': 'no-store', 'idempotent-replayed': 'true' },
  })
}

export const sweepIdempotency = (db: Db) => db.rows('DELETE FROM opsai.idempotency WHERE expires_at <= now()')
