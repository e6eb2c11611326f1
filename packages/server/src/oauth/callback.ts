// The browser comes back from the provider. Every check is here; what is stored is the outcome, once.
import { noteConfiguration } from '../secrets/given-secrets.js'
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { consumeFlow, type FlowRow, keepReturned, renewFlow } from '../store/flows.js'
import { whileRenewing } from '../store/while-renewing.js'
import { end, sayEnded } from './callback-answer.js'
import { holdsCookie } from './consent.js'
import { type Callback, findByCookie, findByState, isState } from './find-returned.js'
import { toEnd, toFlowError, toProviderEnd } from './flow-answer.js'
import { secretPlace } from './flow-places.js'
import { handOver } from './hand-over.js'
import { returnAgain } from './return-again.js'
import { openSignIn } from './ways/open-sign-in.js'
import type { Completed } from './ways/way.js'
import { wayOf } from './ways/way-of.js'

export async function receiveCallback(services: Services, callback: Callback): Promise<Response> {
  const { now } = services
  const { request } = callback
  const parameters = new URL(request.url).searchParams
  const flow = await findByState(services.db, callback, parameters)
  if (!flow) return await receiveStateless(services, callback, parameters)
  if (flow.status !== 'authorizing' || !flow.cookie_hash || !flow.state_hash)
    return (await returnAgain(services, request, flow)) ?? sayEnded(services, request, flow.error?.code ?? 'link_used')
  if (flow.expires_at <= now()) return await end(services, request, flow, toEnd('expired'))
  if (!holdsCookie(services, request, flow)) return await end(services, request, flow, toEnd('browser_mismatch'))
  if (!isOfFlow(services, callback, parameters, flow))
    return await end(services, request, flow, toEnd('context_mismatch'))
  noteConfiguration({ token: [...parameters.values()].filter(isState) })
  const refused = toProviderEnd(parameters, flow.name)
  if (refused) return await end(services, request, flow, refused)
  const consumed = await consumeFlow(services.db, {
    stateHash: flow.state_hash,
    cookieHash: flow.cookie_hash,
    definitionId: flow.definition_id,
    now: now(),
  })
  if (!consumed) return sayEnded(services, request, 'link_used')
  return await takeSecret(services, request, flow, parameters)
}

/** Each way and connector has its own callback, and Airbyte names the definition it answers for: all must be this flow's. */
function isOfFlow(services: Services, callback: Callback, parameters: URLSearchParams, flow: FlowRow): boolean {
  const definition = parameters.get('definition_id')
  const isOfPath =
    wayOf(services, flow).comesBackBy === 'connector'
      ? 'sourceType' in callback && callback.sourceType === flow.source_type
      : 'state' in callback
  return isOfPath && (definition === null || definition === flow.definition_id)
}

/**
 * Without a state nothing is completed. But where the provider has only lost it, the browser still says which sign-in
 * this was, and its user need not wait for the end of its time.
 */
async function receiveStateless(services: Services, callback: Callback, parameters: URLSearchParams) {
  const { request } = callback
  const isLost = 'sourceType' in callback && !parameters.has('state')
  const flow = isLost ? await findByCookie(services, request, callback.sourceType) : undefined
  if (!flow) return sayEnded(services, request, isLost ? 'context_mismatch' : 'link_used')
  return await end(services, request, flow, toProviderEnd(parameters, flow.name) ?? toEnd('context_mismatch'))
}

async function takeSecret(
  services: Services,
  request: Request,
  flow: FlowRow,
  parameters: URLSearchParams,
): Promise<Response> {
  const { db, sealer, now } = services
  const completed = await whileRenewing(
    () => renewFlow(db, flow.flow_id),
    () => complete(services, flow, parameters),
  )
  if ('status' in completed) return await end(services, request, flow, completed)
  const nonce = randomToken()
  const confirmHash = hashToken(nonce)
  const secret = sealer.seal(completed.secret, secretPlace(flow))
  if (!(await keepReturned(db, flow.flow_id, { secret, confirmHash, now: now() })))
    return sayEnded(services, request, 'cancelled')
  await addAudit(db, {
    tenantId: flow.tenant_id,
    userId: flow.user_id,
    action: 'sign_in_returned',
    subject: flow.flow_id,
    flowId: flow.flow_id,
  })
  return await handOver(services, request, flow, nonce)
}

/** A code works once: whatever fails here ends the flow. */
async function complete(services: Services, flow: FlowRow, parameters: URLSearchParams): Promise<Completed> {
  try {
    return await wayOf(services, flow).complete(services, await openSignIn(services, flow), parameters)
  } catch (error) {
    services.log.warn('a sign-in could not be completed', { flowId: flow.flow_id, error })
    return { status: 'provider_error', error: toFlowError('upstream_unavailable') }
  }
}
