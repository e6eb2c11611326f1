// The start page asks here for the provider's address. Only that page can: by its cookie, from our own origin.
import type { Hono } from 'hono'
import { looksLikeId } from '../http/parse.js'
import { notFound, ProblemError } from '../http/problem.js'
import type { RequestVariables } from '../http/register-routes.js'
import { hashToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { authorizeFlow, findFlow, type FlowRow } from '../store/flows.js'
import { ownOrigin, ownUrl } from './addresses.js'
import { readCookie } from './cookie.js'
import { isFinalFlow } from './flow-answer.js'
import { statePlace, verifierPlace } from './launch-flow.js'
import { openSignIn } from './ways/open-sign-in.js'
import { wayOf } from './ways/way-of.js'
import { withinBudget } from './within-budget.js'

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
  if (isFinalFlow(flow.status))
    throw new ProblemError(flow.error?.code ?? 'link_used', { detail: 'The flow has ended.' })
  const begun = await withinBudget(ANSWER_WITHIN_MS, async (signal) => {
    const signIn = await openSignIn(services, flow)
    return await wayOf(services, flow).begin(services, signIn, (path) => ownUrl(services, request, path), signal)
  })
  const { sealer, db, now } = services
  const authorized = await authorizeFlow(db, flow.flow_id, {
    stateHash: hashToken(begun.state),
    airbyteState: begun.airbyteState === undefined ? null : sealer.seal(begun.airbyteState, statePlace(flow)),
    codeVerifier: begun.codeVerifier === undefined ? null : sealer.seal(begun.codeVerifier, verifierPlace(flow)),
    redirectUrl: begun.redirectUrl,
    now: now(),
  })
  if (!authorized) throw new ProblemError('expired', { detail: 'The flow ended before the browser was sent on.' })
  return begun.consentUrl.href
}
