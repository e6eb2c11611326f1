import { randomUUID } from 'node:crypto'
import type { Flow } from '@opsai/contract'
import { toEventStream } from '../http/event-stream.js'
import type { Call, Handlers } from '../http/handler.js'
import { notFound, ProblemError } from '../http/problem.js'
import { receiveCallback } from '../oauth/callback.js'
import { confirm } from '../oauth/confirm.js'
import { isFinalFlow, isOverdue, toEnd, toFlow } from '../oauth/flow-answer.js'
import { awaitOwnFlow, readOwnFlow } from '../oauth/own-flow.js'
import { openFlowPage, startFlowPage } from '../oauth/start-page.js'
import { hashToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { endFlow, findFlow, type FlowRow, listOpenFlows } from '../store/flows.js'

type FlowRoutes =
  | 'startFlow'
  | 'openFlow'
  | 'listFlows'
  | 'getFlow'
  | 'streamFlow'
  | 'confirmFlow'
  | 'cancelFlow'
  | 'finishFlow'
  | 'finishAppFlow'

/** Whoever streams from the moment of the click is a little earlier than the form. */
const FORM_ARRIVES_WITHIN_MS = 5_000

export const createFlowHandlers = (services: Services): Pick<Handlers, FlowRoutes> => ({
  startFlow: ({ body, request }) => startFlowPage(services, body, randomUUID(), request),
  openFlow: ({ params, request }) => openFlowPage(services, params.flowId, request),
  finishFlow: ({ params, request }) => receiveCallback(services, { request, state: params.state }),
  finishAppFlow: ({ params, request }) => receiveCallback(services, { request, sourceType: params.sourceType }),

  listFlows: async ({ caller }) => {
    const rows = await listOpenFlows(services.db, caller.tenant.tenantId, caller.userId)
    return { status: 200, body: { flows: rows.filter((row) => !isOverdue(row, services.now())).map(toFlow) } }
  },

  getFlow: async ({ caller, params, query, signal }) => {
    const isWanted = ({ status }: FlowRow) => isFinalFlow(status) || status !== query.since
    const wait = { ms: Number(query.wait ?? 0) * 1000, signal, isWanted }
    return { status: 200, body: toFlow(await awaitOwnFlow(services, caller, params.flowId, wait)) }
  },

  streamFlow: async ({ caller, params, signal }) => {
    const row = await awaitOwnFlow(services, caller, params.flowId, { ms: FORM_ARRIVES_WITHIN_MS, signal })
    const watch = (onFlow: (flow: Flow) => void, onEnd: () => void) => services.flows.watch(row, { onFlow, onEnd })
    return toEventStream(services, { caller, event: 'flow', watch, signal })
  },

  confirmFlow: async (call) => ({ status: 200, body: await confirmByHost(services, call) }),

  cancelFlow: async ({ caller, params }) => {
    const row = await readOwnFlow(services, caller, params.flowId)
    const ended = await endFlow(services.db, row.flow_id, ['launched', 'authorizing', 'returned'], toEnd('cancelled'))
    if (ended) await audit(services, row, 'sign_in_cancelled')
    return { status: 200, body: toFlow(await readOwnFlow(services, caller, params.flowId)) }
  },
})

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
  const row = await readOwnFlow(services, caller, params.flowId)
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
