// A browser that opens its callback once more: what it was answered was lost, with a proxy that died or on the way.
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { type FlowRow, renewNonce } from '../store/flows.js'
import { holdsCookie } from './consent.js'
import { isOverdue } from './flow-answer.js'
import { handOver } from './hand-over.js'

/** Callbacks sent at once are one and its copies, of which one counts; later, somebody has reloaded the page. */
const LOST_AFTER_MS = 10_000

/**
 * Sends the browser that brought the answer on again, with a nonce in place of the one that nobody has; nothing where it
 * is another browser, or there is nothing to hand over.
 */
export async function returnAgain(services: Services, request: Request, flow: FlowRow): Promise<Response | undefined> {
  const { db, now } = services
  const { status, secret, confirm_hash: from, returned_at: returnedAt } = flow
  if (status !== 'returned' || !secret || !from || !returnedAt || isOverdue(flow, now())) return undefined
  if (now().getTime() - returnedAt.getTime() < LOST_AFTER_MS || !holdsCookie(services, request, flow)) return undefined
  const nonce = randomToken()
  const isRenewed = await renewNonce(db, flow.flow_id, { from, to: hashToken(nonce) })
  return isRenewed ? await handOver(services, request, flow, nonce) : undefined
}
