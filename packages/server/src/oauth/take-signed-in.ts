import { notFound, ProblemError } from '../http/problem.js'
import { looksLikeId } from '../http/parse.js'
import { markName } from '../outbox/mark.js'
import type { Caller, Services } from '../services.js'
import { requireSource } from '../sources/require-source.js'
import { findFlow } from '../store/flows.js'
import { setSource } from '../store/sources.js'

/**
 * The source a completed sign-in made, under the name it is wanted by.
 *
 * @throws ProblemError `not_found` where the flow is not the caller's, `waiting_unconfirmed` or its own reason where it has made none
 */
export async function takeSignedIn(
  services: Services,
  caller: Caller,
  wish: { flowId: string; sourceType: string; name: string },
): Promise<string> {
  const { tenant, userId } = caller
  const flow = looksLikeId('flowId', wish.flowId) ? await findFlow(services.db, wish.flowId) : undefined
  if (!flow || flow.tenant_id !== tenant.tenantId || flow.user_id !== userId || flow.source_type !== wish.sourceType)
    throw notFound()
  if (flow.for_source_id) {
    throw new ProblemError('conflict', { detail: 'This sign-in was of a stored source: there is none to be made.' })
  }
  if (flow.status !== 'completed' || !flow.source_id) {
    throw new ProblemError(flow.error?.code ?? 'waiting_unconfirmed', {
      detail: `The sign-in has made no source: it is ${flow.status}.`,
    })
  }
  const row = await requireSource(services, tenant, flow.source_id)
  if (row.name !== wish.name) {
    await services.airbyte.sources.patch(row.source_id, { name: markName(wish.name, row.op_id) })
    await setSource(services.db, row.source_id, { name: wish.name })
  }
  return row.source_id
}
