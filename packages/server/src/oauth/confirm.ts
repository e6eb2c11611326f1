// Who finished is who started. With that, and in the same transaction, a new source is ordered.
import { addOperation } from '../outbox/rows.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { confirmFlow, type FlowRow } from '../store/flows.js'
import { finishFlow } from './finish-flow.js'

export interface Confirmation {
  flowId: string
  confirmHash: Buffer
  tenantId: string
  userId: string
  /** `host`: by a session of the host's own; `browser`: by the cookie alone, where the host has no page to return to. */
  assurance: 'host' | 'browser'
}

/** Confirms once, within two minutes. Answers the flow, or nothing where it was too late or not theirs. */
export async function confirm(services: Services, by: Confirmation): Promise<FlowRow | undefined> {
  const { db, now } = services
  const confirmed = await db.transaction(async (inside) => {
    const row = await confirmFlow(inside, { ...by, now: now() })
    if (!row) return undefined
    if (!row.for_source_id) await addOperation(inside, toOrder(row))
    await addAudit(inside, {
      tenantId: row.tenant_id,
      userId: row.user_id,
      action: 'sign_in_confirmed',
      subject: row.flow_id,
      flowId: row.flow_id,
      facts: { assurance: by.assurance },
    })
    return row
  })
  if (confirmed) services.inBackground('finish a sign-in', () => finishFlow(services, confirmed.flow_id))
  return confirmed
}

const toOrder = ({ op_id, tenant_id }: FlowRow) =>
  ({ op_id, tenant_id, kind: 'source', on_doubt: 'finish', payload: null }) as const
