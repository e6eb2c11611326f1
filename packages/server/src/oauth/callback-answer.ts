// What a window is shown, or where it is sent, once it has come back from a provider.
import type { Flow } from '@opsai/contract'
import { problemTexts } from '../http/problem-texts.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { endFlow, findFlow, type FlowEnd, type FlowRow } from '../store/flows.js'
import { ownOrigin } from './addresses.js'
import { redirect, renderPage } from './page.js'
import { findReturnUrl } from './provenance.js'

const isSecure = (services: Services, request: Request) => ownOrigin(services, request).startsWith('https:')

/** Ends the flow and lets the popup close by itself, except where it may stand in a stranger's browser. */
export async function end(services: Services, request: Request, flow: FlowRow, outcome: FlowEnd): Promise<Response> {
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
  return returnTo(services, request, returnUrl, flow)
}

/** The nonce stands in the fragment: it is sent to no server and stands in no log. */
export function returnTo(
  services: Services,
  request: Request,
  returnUrl: string,
  flow: FlowRow,
  nonce?: string,
): Response {
  const url = new URL(returnUrl)
  url.searchParams.set('aip_flow', flow.flow_id)
  if (nonce) url.hash = `c=${nonce}`
  return redirect(url.href, isSecure(services, request))
}

export function sayEnded(
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

export function sayDone(services: Services, request: Request, flow: FlowRow): Response {
  return renderPage({
    title: 'Done',
    text: 'You can close this window.',
    does: 'close',
    wake: { flowId: flow.flow_id, origin: flow.origin },
    secure: isSecure(services, request),
  })
}
