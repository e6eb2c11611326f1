// What came back is stored: it goes on to whoever can say that it is theirs.
import { hashToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import type { FlowRow } from '../store/flows.js'
import { end, returnTo, sayDone } from './callback-answer.js'
import { confirm } from './confirm.js'
import { toFlowError } from './flow-answer.js'
import { findReturnUrl, toAssurance } from './provenance.js'

/** To the host's page with the nonce; where there is none, the browser that brought it vouches, if it may. */
export async function handOver(services: Services, request: Request, flow: FlowRow, nonce: string): Promise<Response> {
  const returnUrl = findReturnUrl(flow.origin, services.settings.returnUrls)
  if (returnUrl) return returnTo(services, request, returnUrl, flow, nonce)
  if (toAssurance(flow, services.settings) === 'nobody') {
    services.log.error('a sign-in has nowhere to be confirmed: add a page of this origin to returnUrls', {
      origin: flow.origin,
    })
    return await end(services, request, flow, { status: 'failed', error: toFlowError('config_error') })
  }
  await confirm(services, {
    flowId: flow.flow_id,
    confirmHash: hashToken(nonce),
    tenantId: flow.tenant_id,
    userId: flow.user_id,
    assurance: 'browser',
  })
  return sayDone(services, request, flow)
}
