// A sign-in begins: by the form a browser posts, or by a link handed out where a source wants one.
import { randomBytes } from 'node:crypto'
import type { SignInNeeded } from '@opsai/contract'
import type { Caller, Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import type { Db } from '../store/database.js'
import { addFlow, type FlowRow, type NewFlow } from '../store/flows.js'
import { ownUrl } from './addresses.js'
import { configurationPlace } from './flow-places.js'
import { nobodyVouches, toAssurance, toFlowOrigin } from './provenance.js'
import { chooseWay } from './ways/find-app-of.js'

const MINUTES = 10

export const newFlowId = () => randomBytes(16).toString('base64url')

/** What is signed in to. */
export interface FlowTarget extends Pick<FlowRow, 'source_type' | 'definition_id' | 'for_source_id'> {
  /** The new source's; the connector's where a stored one is signed in again. */
  name: string
  /** What is known of the source beside its tokens. */
  configuration: Record<string, unknown>
}

export interface FlowToAdd {
  flowId: string
  opId: string
  caller: Pick<Caller, 'tenant' | 'userId' | 'origins'>
  target: FlowTarget
  provenance: FlowRow['provenance']
}

/** Writes a flow down, or answers the one that is there under its id. */
export const startFlow = async (services: Services, start: FlowToAdd, request: Request): Promise<FlowRow> =>
  await writeFlow(services.db, await planFlow(services, start, request))

/** A flow as it will be written down. */
export async function planFlow(services: Services, start: FlowToAdd, request: Request): Promise<NewFlow> {
  const { sealer, now, settings } = services
  const { caller, flowId } = start
  const { configuration, ...target } = start.target
  const tenantId = caller.tenant.tenantId
  const createdAt = now()
  return {
    ...target,
    flow_id: flowId,
    tenant_id: tenantId,
    user_id: caller.userId,
    origin: toFlowOrigin(request.headers.get('origin'), caller.origins, settings.returnUrls),
    provenance: start.provenance,
    configuration: sealer.seal(
      JSON.stringify(configuration),
      configurationPlace({ tenant_id: tenantId, flow_id: flowId }),
    ),
    way: await chooseWay(services, caller.tenant.workspaceId, target),
    op_id: start.opId,
    created_at: createdAt,
    expires_at: new Date(createdAt.getTime() + MINUTES * 60_000),
  }
}

/** As {@link startFlow}, for a flow that was planned before a transaction began. */
export async function writeFlow(db: Db, flow: NewFlow): Promise<FlowRow> {
  const row = await addFlow(db, flow)
  if (!row) throw new Error('A flow was gone as soon as it was written.')
  await addAudit(db, {
    tenantId: flow.tenant_id,
    userId: flow.user_id,
    action: 'sign_in_started',
    subject: row.flow_id,
    flowId: row.flow_id,
    facts: {
      sourceType: row.source_type,
      provenance: row.provenance,
      ...(row.for_source_id && { sourceId: row.for_source_id }),
    },
  })
  return row
}

/** A sign-in for whoever opens the link; its page asks first, for it can't know who that is. */
export async function launchFlow(
  services: Services,
  launch: Omit<FlowToAdd, 'flowId' | 'provenance'>,
  request: Request,
): Promise<SignInNeeded> {
  const flow = await planFlow(services, { ...launch, flowId: newFlowId(), provenance: 'unproven' }, request)
  if (toAssurance(flow, services.settings) === 'nobody') throw nobodyVouches(flow.origin)
  const row = await writeFlow(services.db, flow)
  return { authUrl: ownUrl(services, request, `/oauth/start/${row.flow_id}`), flowId: row.flow_id }
}
