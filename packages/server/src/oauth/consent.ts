// The start page asks here for the provider's address. Only that page can: by its cookie, from our own origin.
import type { Hono } from 'hono'
import { looksLikeId } from '../http/parse.js'
import { notFound, ProblemError } from '../http/problem.js'
import type { RequestVariables } from '../http/register-routes.js'
import { hashToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { authorizeFlow, endFlow, findFlow, type FlowRow } from '../store/flows.js'
import { ownOrigin, ownUrl } from './addresses.js'
import { readCookie } from './cookie.js'
import { isFinalFlow, toFlowError } from './flow-answer.js'
import { statePlace, verifierPlace } from './flow-places.js'
import { isOwnPage } from './provenance.js'
import { toHostToShow } from './ways/host-to-show.js'
import { openSignIn } from './ways/open-sign-in.js'
import { wayOf } from './ways/way-of.js'
import { ANSWER_WITHIN_MS, withinBudget } from './within-budget.js'

export function registerConsent(app: Hono<{ Variables: RequestVariables }>, services: Services): void {
  app.post('/oauth/start/:flowId/consent', async (context) => {
    const request = context.req.raw
    const flowId = context.req.param('flowId')
    const flow = looksLikeId('flowId', flowId) ? await findFlow(services.db, flowId) : undefined
    const isOwn = isOwnPage(request.headers, ownOrigin(services, request))
    if (!flow || !isOwn || !holdsCookie(services, request, flow)) throw notFound()
    return Response.json(await beginFlow(services, request, flow), { headers: { 'cache-control': 'no-store' } })
  })
}

export function holdsCookie(services: Services, request: Request, flow: FlowRow): boolean {
  const secure = ownOrigin(services, request).startsWith('https:')
  const cookie = readCookie(request, flow.flow_id, secure)
  return cookie !== undefined && flow.cookie_hash !== null && hashToken(cookie).equals(flow.cookie_hash)
}

interface Consent {
  consentUrl: string
  /** What the page asks before it goes there. */
  question?: string
}

/** Moves the flow to `authorizing` and answers where the browser has to go. */
async function beginFlow(services: Services, request: Request, flow: FlowRow): Promise<Consent> {
  if (isFinalFlow(flow.status))
    throw new ProblemError(flow.error?.code ?? 'link_used', { detail: 'The flow has ended.' })
  const { sealer, db, now } = services
  const { host, ...begun } = await withinBudget(ANSWER_WITHIN_MS, (signal) =>
    begin(services, request, flow, signal),
  ).catch((error: unknown) => endWhereWrong(services, flow, error))
  const authorized = await authorizeFlow(db, flow.flow_id, {
    stateHash: hashToken(begun.state),
    airbyteState: begun.airbyteState === undefined ? null : sealer.seal(begun.airbyteState, statePlace(flow)),
    codeVerifier: begun.codeVerifier === undefined ? null : sealer.seal(begun.codeVerifier, verifierPlace(flow)),
    redirectUrl: begun.redirectUrl,
    now: now(),
  })
  if (!authorized) throw new ProblemError('expired', { detail: 'The flow ended before the browser was sent on.' })
  return {
    consentUrl: begun.consentUrl.href,
    ...(host && { question: `You sign in to ${flow.name} at ${host}. Continue only if you know this address.` }),
  }
}

/** What was filled in does not do for a sign-in: that is mended in the form, not by trying again here. */
async function endWhereWrong({ db }: Services, flow: FlowRow, error: unknown): Promise<never> {
  if (error instanceof ProblemError && error.code === 'invalid_request') {
    const { displayMessage, fieldErrors = [] } = error.facts
    const inForm = fieldErrors.map(({ path, ...rest }) => ({ ...rest, path: path.slice(1) }))
    const failed = toFlowError('invalid_request', { displayMessage, fieldErrors: inForm })
    await endFlow(db, flow.flow_id, ['launched', 'authorizing'], { status: 'failed', error: failed })
  }
  throw error
}

/** With the host to show before, where there is one. */
async function begin(services: Services, request: Request, flow: FlowRow, signal: AbortSignal) {
  const signIn = await openSignIn(services, flow)
  const { workspaceId, spec, configuration } = signIn
  const begun = await wayOf(services, flow).begin(services, signIn, (path) => ownUrl(services, request, path), signal)
  const isCustom = await services.connectors.isCustom(workspaceId, flow.definition_id)
  const about = { way: flow.way, sourceType: flow.source_type, isCustom, spec, configuration }
  return { ...begun, host: toHostToShow({ consentUrl: begun.consentUrl, ...about }) }
}
