// A confirmed sign-in's tokens take the place of a stored source's own. May be interrupted anywhere and begun again.
import type { CheckResult } from '@opsai/contract'
import { holdsSignIn, markSignIn } from '../outbox/mark.js'
import { noteConfiguration } from '../secrets/given-secrets.js'
import type { ReadyTenant, Services } from '../services.js'
import { checkHeld, onSource } from '../sources/check-source.js'
import { readSource } from '../sources/require-source.js'
import { addAudit } from '../store/audit.js'
import { endFlow, type FlowEnd, type FlowRow } from '../store/flows.js'
import { findSource, setSource, type SourceRow } from '../store/sources.js'
import { toCheckFailed, toFlowError } from './flow-answer.js'
import { secretPlace } from './flow-places.js'
import { specOfFlow } from './ways/open-sign-in.js'
import { type SignedIn, toSignedInPatch } from './ways/to-signed-in.js'

const WITHIN_MS = 150_000

/**
 * Under the source's lease: puts the tokens in, tests the source, and ends the flow in the transaction that writes down
 * what came of it. A source that fails its test stays as it is, new tokens and all: the old ones are of no more use.
 */
export async function signSourceInAgain(
  services: Services,
  tenant: ReadyTenant,
  flow: FlowRow,
  sourceId: string,
): Promise<void> {
  const { db, log } = services
  const row = await findSource(db, tenant.tenantId, sourceId)
  if (!row) return void (await endFlow(db, flow.flow_id, ['creating'], gone))
  const change = await openChange(services, tenant, flow)
  await onSource(services, sourceId, AbortSignal.timeout(WITHIN_MS), async (lease) => {
    await putInOnce(services, tenant, { flow, row, change }, lease.signal)
    const check = await checkHeld(services, tenant, row, lease).catch((error: unknown) => {
      if (lease.signal.aborted) throw error
      log.warn('a source that was signed in again was not tested', { sourceId, error })
      return undefined
    })
    await db.transaction(async (inside) => {
      await lease.confirm(inside)
      if (!(await endFlow(inside, flow.flow_id, ['creating'], toOutcome(flow, sourceId, check)))) return
      const checkStatus = check?.status ?? 'untested'
      await setSource(inside, sourceId, { checkStatus, authorizedBy: 'oauth' })
      await addAudit(inside, {
        tenantId: tenant.tenantId,
        userId: flow.user_id,
        action: 'source_signed_in_again',
        subject: sourceId,
        flowId: flow.flow_id,
        facts: { sourceType: flow.source_type, check: checkStatus },
      })
    })
  })
}

async function openChange(services: Services, tenant: ReadyTenant, flow: FlowRow): Promise<SignedIn> {
  if (!flow.secret) throw new Error('A confirmed flow has lost its secret.')
  const spec = await specOfFlow(services, tenant.workspaceId, flow)
  const change = toSignedInPatch(flow.way, services.sealer.open(flow.secret, secretPlace(flow)), spec)
  noteConfiguration(change.configuration)
  return change
}

interface Putting {
  flow: FlowRow
  row: SourceRow
  change: SignedIn
}

/**
 * The public API takes a `secretId` by PATCH only since May 2026, and ignores it before; the Config API always has. That
 * one takes no tokens in the configuration itself, which is how an app of the operator's own brings them.
 */
async function putInOnce(
  services: Services,
  tenant: ReadyTenant,
  { flow, row, change }: Putting,
  signal: AbortSignal,
): Promise<void> {
  const { sources } = services.airbyte
  const stored = await readSource(services, tenant, row.source_id)
  if (holdsSignIn(stored, flow.op_id)) return
  const patch = { ...change, name: markSignIn(row.name, flow.op_id, row.op_id) }
  if (change.secretId) await sources.internal.patch(row.source_id, patch, { signal })
  else await sources.patch(row.source_id, patch, { signal })
}

const gone: FlowEnd = {
  status: 'failed',
  error: toFlowError('not_found', { displayMessage: 'What was to be signed in again is no longer connected.' }),
}

const toOutcome = (flow: FlowRow, sourceId: string, check: CheckResult | undefined): FlowEnd =>
  check?.status === 'failed' ? toCheckFailed(flow.name, check) : { status: 'completed', sourceId }
