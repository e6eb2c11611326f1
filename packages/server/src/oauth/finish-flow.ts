// A confirmed sign-in becomes a tested source, or a stored one's new tokens. May be interrupted anywhere and begun again by any process.
import { isAirbyteError } from '@opsai/airbyte-client'
import { ProblemError } from '../http/problem.js'
import { toProblem } from '../http/to-problem.js'
import { noteConfiguration } from '../secrets/given-secrets.js'
import type { ReadyTenant, Services } from '../services.js'
import { runAs } from '../session/request-context.js'
import { checkSource } from '../sources/check-source.js'
import { makeSource } from '../sources/make-source.js'
import { revokeTokens } from '../sources/revoke-tokens.js'
import { addAudit } from '../store/audit.js'
import { claimFlow, endFlow, type FlowEnd, type FlowRow, postponeFlow, renewFlow } from '../store/flows.js'
import { findSource, removeSource } from '../store/sources.js'
import { findTenant } from '../store/tenants.js'
import { whileRenewing } from '../store/while-renewing.js'
import { actFor, inScope } from '../upstream/scope.js'
import { toReadyTenant } from '../tenants/tenants.js'
import { toCheckFailed, toFlowError } from './flow-answer.js'
import { configurationPlace, secretPlace } from './flow-places.js'
import { signSourceInAgain } from './sign-source-in-again.js'
import { toSignedIn } from './ways/to-signed-in.js'

const GIVE_UP_AFTER_MS = 15 * 60_000
const CHECK_WITHIN_MS = 120_000

export async function finishFlow(services: Services, flowId: string): Promise<void> {
  const { db } = services
  const flow = await claimFlow(db, flowId)
  if (!flow) return
  const { tenant_id: tenantId, user_id: userId, origin } = flow
  await runAs({ tenantId, userId, origin, flowId }, () =>
    inScope({ tenantId }, () =>
      whileRenewing(
        () => renewFlow(db, flowId),
        () => finish(services, flow),
      ),
    ),
  )
}

async function finish(services: Services, flow: FlowRow): Promise<void> {
  const { db, now, log } = services
  const flowId = flow.flow_id
  try {
    const tenant = await openTenant(services, flow)
    if (!tenant) await endFlow(db, flowId, ['creating'], { status: 'failed', error: toFlowError('internal') })
    else if (flow.for_source_id) await signSourceInAgain(services, tenant, flow, flow.for_source_id)
    else await endFlow(db, flowId, ['creating'], await makeTestedSource(services, tenant, flow))
  } catch (error) {
    log.warn('a sign-in could not be finished yet', { flowId, error })
    const tooLate = now().getTime() - flow.created_at.getTime() > GIVE_UP_AFTER_MS
    if (tooLate || isRefusal(error)) await endFlow(db, flowId, ['creating'], toFailed(error))
    else await postponeFlow(db, flowId)
  }
}

async function openTenant({ db }: Services, flow: FlowRow): Promise<ReadyTenant | undefined> {
  const row = await findTenant(db, flow.tenant_id)
  const tenant = row && toReadyTenant(row)
  if (tenant) actFor({ tenantId: tenant.tenantId, workspaceId: tenant.workspaceId })
  return tenant
}

async function makeTestedSource(services: Services, tenant: ReadyTenant, flow: FlowRow): Promise<FlowEnd> {
  const { db } = services
  const sourceId = await makeSignedInSource(services, flow, tenant)
  const row = await findSource(db, tenant.tenantId, sourceId)
  const check =
    row && (await checkSource(services, tenant, row, AbortSignal.timeout(CHECK_WITHIN_MS)).catch(() => undefined))
  if (!row || check?.status !== 'failed') return { status: 'completed', sourceId }
  const revocation = await revokeTokens(services, tenant, row)
  await services.airbyte.sources
    .delete(sourceId)
    .catch((error: unknown) => services.log.warn('a source of a failed sign-in stays', { sourceId, error }))
  await db.transaction(async (inside) => {
    await removeSource(inside, sourceId)
    await addAudit(inside, {
      tenantId: tenant.tenantId,
      userId: flow.user_id,
      action: 'source_deleted',
      subject: sourceId,
      facts: { sourceType: flow.source_type, why: 'check_failed', revocation },
    })
  })
  return toCheckFailed(flow.name, check)
}

async function makeSignedInSource(services: Services, flow: FlowRow, tenant: ReadyTenant): Promise<string> {
  const { sealer, connectors } = services
  if (!flow.secret || !flow.configuration) throw new Error('A confirmed flow has lost its secret.')
  const configuration = JSON.parse(sealer.open(flow.configuration, configurationPlace(flow))) as Record<string, unknown>
  noteConfiguration(configuration)
  const spec = await connectors.specOf(tenant.workspaceId, flow.definition_id)
  const signedIn = toSignedIn(flow.way, sealer.open(flow.secret, secretPlace(flow)), spec, configuration)
  noteConfiguration(signedIn.configuration)
  return await makeSource(services, {
    opId: flow.op_id,
    tenant,
    userId: flow.user_id,
    sourceType: flow.source_type,
    definitionId: flow.definition_id,
    name: flow.name,
    ...signedIn,
    authorizedBy: 'oauth',
    onDoubt: 'finish',
  })
}

/** No repeat would end otherwise. */
function isRefusal(error: unknown): boolean {
  if (error instanceof ProblemError) return error.code === 'not_found'
  return isAirbyteError(error) && !error.retryable && error.code !== 'timeout' && error.code !== 'network'
}

function toFailed(error: unknown): FlowEnd {
  const { problem } = toProblem(error, '')
  return { status: 'failed', error: toFlowError(problem.code, { fieldErrors: problem.fieldErrors }) }
}
