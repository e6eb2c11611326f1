// The start page asks here for the provider's address. Only that page can: by its cookie, from our own origin.
import type { Hono } from 'hono'
import { looksLikeId } from '../http/parse.js'
import { notFound, ProblemError } from '../http/problem.js'
import type { RequestVariables } from '../http/register-routes.js'
import { toOAuthInput } from '../map/sign-in.js'
import { noteConfiguration } from '../secrets/given-secrets.js'
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { authorizeFlow, findFlow, type FlowRow } from '../store/flows.js'
import { findTenant } from '../store/tenants.js'
import { actFor } from '../upstream/scope.js'
import { ownOrigin, parseConsentUrl, replaceState, toRedirectUrl } from './addresses.js'
import { readCookie } from './cookie.js'
import { isFinalFlow } from './flow-answer.js'
import { configurationPlace, statePlace } from './launch-flow.js'

const ANSWER_WITHIN_MS = 15_000

export function registerConsent(app: Hono<{ Variables: RequestVariables }>, services: Services): void {
  app.post('/oauth/start/:flowId/consent', async (context) => {
    const request = context.req.raw
    const flowId = context.req.param('flowId')
    const flow = looksLikeId('flowId', flowId) ? await findFlow(services.db, flowId) : undefined
    if (!flow || !isOwnPage(services, request) || !holdsCookie(services, request, flow)) throw notFound()
    return Response.json(
      { consentUrl: await getConsentUrl(services, request, flow) },
      { headers: { 'cache-control': 'no-store' } },
    )
  })
}

function isOwnPage(services: Services, request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  // A page without a referrer may send `Origin: null`; then the browser still says where it came from.
  const sameOrigin =
    origin === ownOrigin(services, request) || ((origin === null || origin === 'null') && site === 'same-origin')
  return sameOrigin && (site === null || site === 'same-origin')
}

export function holdsCookie(services: Services, request: Request, flow: FlowRow): boolean {
  const secure = ownOrigin(services, request).startsWith('https:')
  const cookie = readCookie(request, flow.flow_id, secure)
  return cookie !== undefined && flow.cookie_hash !== null && hashToken(cookie).equals(flow.cookie_hash)
}

/** Moves the flow to `authorizing` and answers where the browser has to go. */
async function getConsentUrl(services: Services, request: Request, flow: FlowRow): Promise<string> {
  const { db, airbyte, sealer, connectors, now, edition } = services
  if (isFinalFlow(flow.status))
    throw new ProblemError(flow.error?.code ?? 'link_used', { detail: 'The flow has ended.' })
  const workspaceId = (await findTenant(db, flow.tenant_id))?.workspace_id
  if (!workspaceId || !flow.configuration) throw notFound()
  const configuration = JSON.parse(sealer.open(flow.configuration, configurationPlace(flow))) as Record<string, unknown>
  actFor({ tenantId: flow.tenant_id, workspaceId })
  noteConfiguration(configuration)
  const input = toOAuthInput(await connectors.specOf(workspaceId, flow.definition_id), configuration)
  const state = randomToken()
  const redirectUrl = toRedirectUrl(services, request, flow.source_type, state)
  const consent = await airbyte.oauth.getConsentUrl(
    {
      workspaceId,
      definitionId: flow.definition_id,
      sourceType: flow.source_type,
      redirectUrl,
      ...(Object.keys(input).length > 0 && { input }),
    },
    { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) },
  )
  const parsed = parseConsentUrl(consent.consentUrl)
  if (!parsed)
    throw new ProblemError('upstream_invalid', {
      detail: 'Airbyte answered a consent URL no browser should be sent to.',
    })
  const replaced = edition === 'cloud' ? { url: parsed, airbyteState: undefined } : replaceState(parsed, state)
  const authorized = await authorizeFlow(db, flow.flow_id, {
    stateHash: hashToken(state),
    airbyteState: replaced.airbyteState === undefined ? null : sealer.seal(replaced.airbyteState, statePlace(flow)),
    redirectUrl,
    now: now(),
  })
  if (!authorized) throw new ProblemError('expired', { detail: 'The flow ended before the browser was sent on.' })
  return replaced.url.href
}
