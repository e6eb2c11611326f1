import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Flow } from '@opsai/contract'
import type { Call, Handlers } from '../http/handler.js'
import { notFound, ProblemError } from '../http/problem.js'
import { receiveCallback } from '../oauth/callback.js'
import { confirm } from '../oauth/confirm.js'
import { isFinalFlow, toEnd, toFlow, toFlowError } from '../oauth/flow-answer.js'
import { openFlowPage, startFlowPage } from '../oauth/start-page.js'
import { asPage } from '../oauth/error-page.js'
import { hashToken } from '../secrets/seal.js'
import type { Caller, Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { endFlow, expireFlows, findFlow, type FlowRow } from '../store/flows.js'

type FlowRoutes = 'startFlow' | 'openFlow' | 'getFlow' | 'confirmFlow' | 'cancelFlow' | 'finishFlow' | 'finishAppFlow'

const POLL_MS = 300

export const createFlowHandlers = (services: Services): Pick<Handlers, FlowRoutes> => ({
  startFlow: ({ body, request }) =>
    asPage(services, request, () => startFlowPage(services, body, randomUUID(), request)),
  openFlow: ({ params, request }) => asPage(services, request, () => openFlowPage(services, params.flowId, request)),
  finishFlow: ({ params, request }) => receiveCallback(services, { request, state: params.state }),
  finishAppFlow: ({ params, request }) => receiveCallback(services, { request, sourceType: params.sourceType }),

  getFlow: async ({ caller, params, query, signal }) => {
    const until = services.now().getTime() + Number(query.wait ?? 0) * 1000
    for (;;) {
      const row = await findOwnFlow(services, caller, params.flowId)
      const isOver = services.now().getTime() >= until || signal.aborted
      // The page asks from the moment of the click, the form arrives a little later: until then there is no flow.
      if (!row && isOver) throw notFound()
      if (row && (isOver || isFinalFlow(row.status) || row.status !== query.since))
        return { status: 200, body: toFlow(row) }
      await sleep(POLL_MS)
    }
  },

  confirmFlow: async (call) => ({ status: 200, body: await confirmByHost(services, call) }),

  cancelFlow: async ({ caller, params }) => {
    const row = await readFlow(services, caller, params.flowId)
    const ended = await endFlow(services.db, row.flow_id, ['launched', 'authorizing', 'returned'], toEnd('cancelled'))
    if (ended) await audit(services, row, 'sign_in_cancelled')
    return { status: 200, body: toFlow(await readFlow(services, caller, params.flowId)) }
  },
})

/** The caller's own flow, as it stands now; nobody else's. */
async function findOwnFlow({ db, now }: Services, caller: Caller, flowId: string): Promise<FlowRow | undefined> {
  await expireFlows(db, now(), toFlowError('expired'), flowId)
  const row = await findFlow(db, flowId)
  return row?.tenant_id === caller.tenant.tenantId && row.user_id === caller.userId ? row : undefined
}

/** As `findOwnFlow`. @throws ProblemError `not_found` */
async function readFlow(services: Services, caller: Caller, flowId: string): Promise<FlowRow> {
  const row = await findOwnFlow(services, caller, flowId)
  if (!row) throw notFound()
  return row
}

async function confirmByHost(services: Services, { caller, params, body }: Call<'confirmFlow'>): Promise<Flow> {
  const { db } = services
  const flow = await findFlow(db, params.flowId)
  if (!flow) throw notFound()
  const confirmHash = hashToken(body.nonce)
  const { tenantId } = caller.tenant
  if (flow.tenant_id !== tenantId || flow.user_id !== caller.userId) {
    await refuseStranger(services, flow, confirmHash)
    if (flow.tenant_id !== tenantId) throw notFound()
    throw new ProblemError('user_mismatch', { detail: 'Another user of this tenant started this sign-in.' })
  }
  const confirmed = await confirm(services, {
    flowId: flow.flow_id,
    confirmHash,
    tenantId,
    userId: caller.userId,
    assurance: 'host',
  })
  if (confirmed) return toFlow(confirmed)
  const row = await readFlow(services, caller, params.flowId)
  // A repeated confirmation changes nothing; a wrong nonce for one that waits is refused.
  if (row.status === 'launched' || row.status === 'authorizing' || row.status === 'returned') {
    throw new ProblemError('context_mismatch', { detail: 'The nonce is not the one this sign-in returned with.' })
  }
  return toFlow(row)
}

/** Somebody else came back from the provider than who had started: what they brought is destroyed. */
async function refuseStranger({ db }: Services, flow: FlowRow, confirmHash: Buffer): Promise<void> {
  if (!flow.confirm_hash?.equals(confirmHash)) return
  const ended = await endFlow(db, flow.flow_id, ['returned'], toEnd('user_mismatch'))
  if (ended)
    await addAudit(db, {
      tenantId: flow.tenant_id,
      userId: flow.user_id,
      action: 'sign_in_refused',
      subject: flow.flow_id,
      flowId: flow.flow_id,
      facts: { status: 'user_mismatch' },
    })
}

const audit = ({ db }: Services, flow: FlowRow, action: string) =>
  addAudit(db, { tenantId: flow.tenant_id, userId: flow.user_id, action, subject: flow.flow_id, flowId: flow.flow_id })
