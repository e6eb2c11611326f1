// The popup's first page, answered at once; the provider's address is fetched by the page itself.
import { StartFlowForm } from '@opsai/contract'
import { parsePart } from '../http/parse.js'
import { notFound, ProblemError } from '../http/problem.js'
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { isRefusal, readSession } from '../session/session-door.js'
import { addAudit } from '../store/audit.js'
import { bindBrowser, endFlow, endOverdueFlows, findFlow, type FlowRow } from '../store/flows.js'
import { ownOrigin } from './addresses.js'
import { toCookie } from './cookie.js'
import { overdueErrors, toFlowError } from './flow-answer.js'
import { toFormTarget } from './form-target.js'
import { startFlow } from './launch-flow.js'
import { renderPage } from './page.js'
import { nobodyVouches, toAssurance, toProvenance } from './provenance.js'
import { ANSWER_WITHIN_MS, withinBudget } from './within-budget.js'

/** By the form a host's page posts in the click itself; parsed here, so that what is wrong with it is said on a page. */
export async function startFlowPage(
  services: Services,
  posted: unknown,
  opId: string,
  request: Request,
): Promise<Response> {
  // The id stands in the path the page posts to: one that is a path itself would lead it elsewhere on the host.
  const form = parsePart(StartFlowForm, posted, 'body')
  const caller = await readSession(services.db, form.sessionToken, services.now())
  if (isRefusal(caller)) throw caller.error
  const provenance = toProvenance(request.headers, caller.origins, ownOrigin(services, request))
  if (provenance === 'foreign') {
    throw new ProblemError('origin_not_allowed', { detail: 'This page may not start a sign-in with this token.' })
  }
  const flow = await withinBudget(ANSWER_WITHIN_MS, async () => {
    const target = await toFormTarget(services, caller, form)
    return await startFlow(services, { flowId: form.flowId, opId, caller, provenance, target }, request)
  })
  if (
    flow.tenant_id !== caller.tenant.tenantId ||
    flow.user_id !== caller.userId ||
    flow.source_type !== form.sourceType ||
    flow.for_source_id !== (form.sourceId ?? null)
  ) {
    throw new ProblemError('conflict', { detail: 'This flowId is taken.' })
  }
  return await renderStart(services, flow, { provenance, asks: provenance === 'unproven' }, request)
}

/** By a link: whoever opens it is asked, and vouches for nothing. */
export async function openFlowPage(services: Services, flowId: string, request: Request): Promise<Response> {
  const { db, now } = services
  await endOverdueFlows(db, now(), overdueErrors, flowId)
  const flow = await findFlow(db, flowId)
  if (!flow) throw notFound()
  return await renderStart(services, flow, { provenance: 'unproven', asks: true }, request)
}

export interface Opened {
  provenance: FlowRow['provenance']
  /** Whether the page asks before it goes on. */
  asks: boolean
}

/** The page that sends this browser on to the provider; from here on, the flow is bound to it. */
export async function renderStart(
  services: Services,
  flow: FlowRow,
  { provenance, asks }: Opened,
  request: Request,
): Promise<Response> {
  const { db, settings } = services
  if (flow.status !== 'launched' && flow.status !== 'authorizing') {
    throw new ProblemError(flow.error?.code ?? 'link_used', { detail: 'This sign-in has already come back or ended.' })
  }
  if (toAssurance({ ...flow, provenance }, settings) === 'nobody') {
    await refuseStart(services, flow)
    throw nobodyVouches(flow.origin)
  }
  const cookie = randomToken()
  await bindBrowser(db, flow.flow_id, { cookieHash: hashToken(cookie), provenance })
  const own = ownOrigin(services, request)
  const secure = own.startsWith('https:')
  const host = new URL(flow.origin).host
  return renderPage({
    title: `Sign in to ${flow.name}`,
    text: asks
      ? `${host} asks to ${toWish(flow)} for ${flow.user_id}. If you did not start this, close the window.`
      : 'One moment…',
    does: asks ? 'ask' : 'go',
    consentPath: `${settings.basePath}/oauth/start/${flow.flow_id}/consent`,
    cookie: toCookie(flow.flow_id, cookie, secure),
    secure,
  })
}

const toWish = ({ name, for_source_id }: FlowRow) => (for_source_id ? `sign ${name} in again` : `connect ${name}`)

/** Said to the page that waits as well, which would do so for ten minutes otherwise. */
async function refuseStart({ db }: Services, flow: FlowRow): Promise<void> {
  const end = { status: 'failed', error: toFlowError('config_error') } as const
  if (!(await endFlow(db, flow.flow_id, ['launched', 'authorizing'], end))) return
  const { tenant_id: tenantId, user_id: userId, flow_id: flowId } = flow
  const facts = { status: 'failed', why: 'config_error' }
  await addAudit(db, { tenantId, userId, action: 'sign_in_ended', subject: flowId, flowId, facts })
}
