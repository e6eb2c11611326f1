// The browser comes back from the provider. Every check is here; what is stored is the outcome, once.
import { isAirbyteError } from '@opsai/airbyte-client'
import type { Flow } from '@opsai/contract'
import { toOAuthInput } from '../map/sign-in.js'
import { noteConfiguration } from '../secrets/given-secrets.js'
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import {
  consumeFlow,
  endFlow,
  findFlow,
  findFlowByState,
  type FlowEnd,
  type FlowRow,
  keepReturned,
} from '../store/flows.js'
import { findTenant } from '../store/tenants.js'
import { actFor } from '../upstream/scope.js'
import { ownOrigin } from './addresses.js'
import { confirm } from './confirm.js'
import { holdsCookie } from './consent.js'
import { toEnd, toFlowError, toProviderEnd } from './flow-answer.js'
import { configurationPlace, secretPlace, statePlace } from './launch-flow.js'
import { problemTexts } from '../http/problem-texts.js'
import { redirect, renderPage } from './page.js'
import { findReturnUrl } from './provenance.js'

export interface Callback {
  request: Request
  state: string | undefined
  /** The connector whose callback was called, where each has its own. */
  sourceType?: string
}

export async function receiveCallback(services: Services, callback: Callback): Promise<Response> {
  const { db, now } = services
  const { request, state } = callback
  const stateHash = state && /^[\w-]{43}$/.test(state) ? hashToken(state) : undefined
  const flow = stateHash && (await findFlowByState(db, stateHash))
  if (!flow) return sayEnded(services, request, 'link_used')
  if (flow.status !== 'authorizing' || !flow.cookie_hash)
    return sayEnded(services, request, flow.error?.code ?? 'link_used')
  if (flow.expires_at <= now()) return await end(services, request, flow, toEnd('expired'))
  if (!holdsCookie(services, request, flow)) return await end(services, request, flow, toEnd('browser_mismatch'))
  const parameters = new URL(request.url).searchParams
  if (!isOfFlow(callback, parameters, flow)) return await end(services, request, flow, toEnd('context_mismatch'))
  const refused = toProviderEnd(parameters, flow.name)
  if (refused) return await end(services, request, flow, refused)
  const consumed = await consumeFlow(db, {
    stateHash,
    cookieHash: flow.cookie_hash,
    definitionId: flow.definition_id,
    now: now(),
  })
  if (!consumed) return sayEnded(services, request, 'link_used')
  return await takeSecret(services, request, flow, parameters)
}

/** Each connector has its own callback, and Airbyte names the definition it answers for: all must be this flow's. */
function isOfFlow({ sourceType }: Callback, parameters: URLSearchParams, flow: FlowRow): boolean {
  const definition = parameters.get('definition_id')
  return (
    (sourceType === undefined || sourceType === flow.source_type) &&
    (definition === null || definition === flow.definition_id)
  )
}

async function takeSecret(
  services: Services,
  request: Request,
  flow: FlowRow,
  parameters: URLSearchParams,
): Promise<Response> {
  const { db, sealer, now } = services
  const workspaceId = (await findTenant(db, flow.tenant_id))?.workspace_id
  const exchanged = workspaceId ? await exchange(services, flow, workspaceId, parameters) : toEnd('context_mismatch')
  if ('status' in exchanged) return await end(services, request, flow, exchanged)
  const nonce = randomToken()
  const confirmHash = hashToken(nonce)
  const secret = sealer.seal(exchanged.secretId, secretPlace(flow))
  if (!(await keepReturned(db, flow.flow_id, { secret, confirmHash, now: now() })))
    return sayEnded(services, request, 'cancelled')
  await addAudit(db, {
    tenantId: flow.tenant_id,
    userId: flow.user_id,
    action: 'sign_in_returned',
    subject: flow.flow_id,
    flowId: flow.flow_id,
  })
  const returnUrl = findReturnUrl(flow.origin, services.settings.returnUrls)
  if (returnUrl) return redirect(toReturn(returnUrl, flow, nonce), isSecure(services, request))
  if (flow.provenance === 'unproven') {
    services.log.error('a sign-in has nowhere to be confirmed: add a page of this origin to returnUrls', {
      origin: flow.origin,
    })
    return await end(services, request, flow, { status: 'failed', error: toFlowError('config_error') })
  }
  const by = {
    flowId: flow.flow_id,
    confirmHash,
    tenantId: flow.tenant_id,
    userId: flow.user_id,
    assurance: 'browser',
  } as const
  await confirm(services, by)
  return sayDone(services, request, flow)
}

/** Trades what came back for the id of the stored tokens; an end where that fails or the id is of another workspace. */
async function exchange(
  services: Services,
  flow: FlowRow,
  workspaceId: string,
  parameters: URLSearchParams,
): Promise<{ secretId: string } | FlowEnd> {
  const { airbyte, sealer, connectors } = services
  const claimed = parameters.get('workspace_id')
  if (!flow.configuration || !flow.redirect_url || (claimed !== null && claimed !== workspaceId))
    return toEnd('context_mismatch')
  const configuration = JSON.parse(sealer.open(flow.configuration, configurationPlace(flow))) as Record<string, unknown>
  actFor({ tenantId: flow.tenant_id, workspaceId })
  noteConfiguration(configuration)
  noteConfiguration({ token: Object.fromEntries(parameters) })
  const { state: _, ...sent } = Object.fromEntries(parameters)
  const airbyteState = flow.airbyte_state && sealer.open(flow.airbyte_state, statePlace(flow))
  try {
    const input = toOAuthInput(await connectors.specOf(workspaceId, flow.definition_id), configuration)
    const { secretId } = await airbyte.oauth.complete({
      workspaceId,
      definitionId: flow.definition_id,
      redirectUrl: flow.redirect_url,
      queryParams: { ...sent, ...(airbyteState && { state: airbyteState }) },
      ...(Object.keys(input).length > 0 && { input }),
    })
    return isOfWorkspace(secretId, workspaceId) ? { secretId } : toEnd('context_mismatch')
  } catch (error) {
    services.log.warn('a sign-in could not be completed', { flowId: flow.flow_id, error })
    if (isAirbyteError(error) && error.code === 'oauth_failed')
      return toEnd('provider_error', `${flow.name} did not complete the sign-in.`)
    return { status: 'provider_error', error: toFlowError('upstream_unavailable') }
  }
}

/** Airbyte does not check whose a secret is; where its id says, we do. */
export function isOfWorkspace(secretId: string, workspaceId: string): boolean {
  return (
    !secretId.startsWith('airbyte_oauth_workspace_') || secretId.startsWith(`airbyte_oauth_workspace_${workspaceId}_`)
  )
}

/** Ends the flow and lets the popup close by itself, except where it may stand in a stranger's browser. */
async function end(services: Services, request: Request, flow: FlowRow, outcome: FlowEnd): Promise<Response> {
  const { db, settings } = services
  const ended = await endFlow(db, flow.flow_id, ['authorizing', 'returned'], outcome)
  const last = ended ? outcome.status : (await findFlow(db, flow.flow_id))?.status
  await addAudit(db, {
    tenantId: flow.tenant_id,
    userId: flow.user_id,
    action: 'sign_in_ended',
    subject: flow.flow_id,
    flowId: flow.flow_id,
    facts: { status: last ?? 'gone' },
  })
  const code = 'error' in outcome ? outcome.error.code : 'link_used'
  const returnUrl = findReturnUrl(flow.origin, settings.returnUrls)
  if (outcome.status === 'browser_mismatch' || outcome.status === 'context_mismatch' || !returnUrl) {
    return sayEnded(services, request, code, 'error' in outcome ? outcome.error : undefined)
  }
  return redirect(toReturn(returnUrl, flow), isSecure(services, request))
}

/** The nonce stands in the fragment: it is sent to no server and stands in no log. */
function toReturn(returnUrl: string, flow: FlowRow, nonce?: string): string {
  const url = new URL(returnUrl)
  url.searchParams.set('aip_flow', flow.flow_id)
  if (nonce) url.hash = `c=${nonce}`
  return url.href
}

const isSecure = (services: Services, request: Request) => ownOrigin(services, request).startsWith('https:')

function sayEnded(
  services: Services,
  request: Request,
  code: NonNullable<Flow['error']>['code'],
  error?: Flow['error'],
): Response {
  const { displayMessage, remedy } = error ?? problemTexts[code]
  return renderPage({
    title: 'Nothing was connected',
    text: [displayMessage, remedy, 'You can close this window.'].filter(Boolean).join(' '),
    does: 'nothing',
    secure: isSecure(services, request),
  })
}

function sayDone(services: Services, request: Request, flow: FlowRow): Response {
  return renderPage({
    title: 'Done',
    text: 'You can close this window.',
    does: 'close',
    wake: { flowId: flow.flow_id, origin: flow.origin },
    secure: isSecure(services, request),
  })
}
