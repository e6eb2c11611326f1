// A link by which one user signs one source in again. Looking at it uses nothing up, for mail scanners look at links;
// its button does, once. It proves nothing of who uses it: the sign-in ends only by that user's session at the host.
import { randomUUID } from 'node:crypto'
import { notFound, ProblemError } from '../http/problem.js'
import type { Settings } from '../options.js'
import { hashToken } from '../secrets/seal.js'
import type { ReadyTenant, Services } from '../services.js'
import { findReconnectLink, type ReconnectLinkRow, takeReconnectLink } from '../store/reconnect-links.js'
import { findSource, type SourceRow } from '../store/sources.js'
import { findTenant } from '../store/tenants.js'
import { toReadyTenant } from '../tenants/tenants.js'
import { actFor } from '../upstream/scope.js'
import { ownOrigin } from './addresses.js'
import { newFlowId, planFlow, writeFlow } from './launch-flow.js'
import { renderPage } from './page.js'
import { isOwnPage } from './provenance.js'
import { renderStart } from './start-page.js'
import { toStoredTarget } from './stored-target.js'

/** Says who asks for what, and waits for the button. */
export async function openReconnectLink(services: Services, token: string, request: Request): Promise<Response> {
  const { link, tenant, source } = await requireLink(services, token)
  const { name } = await services.connectors.describe(tenant.workspaceId, source)
  const which = source.name === name ? name : `${name} (“${source.name}”)`
  return renderPage({
    title: `Sign in to ${name} again`,
    text: `${new URL(link.origin).host} asks to sign ${which} in again for ${link.user_id}. If you did not expect this, close the window.`,
    does: 'post',
    secure: ownOrigin(services, request).startsWith('https:'),
  })
}

/** Uses the link up in the transaction that begins the sign-in: what fails before leaves it as it was. */
export async function useReconnectLink(services: Services, token: string, request: Request): Promise<Response> {
  if (!isOwnPage(request.headers, ownOrigin(services, request))) {
    throw new ProblemError('forbidden', {
      detail: 'A reconnect link is used by the button of its own page only.',
      remedy: 'Open the link again, and press its button there.',
    })
  }
  const { link, tenant, source } = await requireLink(services, token)
  const target = await toStoredTarget(services, tenant, source)
  const caller = { tenant, userId: link.user_id, origins: [link.origin] }
  const start = { flowId: newFlowId(), opId: randomUUID(), caller, target, provenance: 'unproven' } as const
  const planned = await planFlow(services, start, request)
  const flow = await services.db.transaction(async (inside) => {
    if (!(await takeReconnectLink(inside, hashToken(token), services.now()))) throw used(link)
    return await writeFlow(inside, planned)
  })
  return await renderStart(services, flow, { provenance: 'unproven', asks: false }, request)
}

interface Found {
  link: ReconnectLinkRow
  tenant: ReadyTenant
  source: SourceRow
}

/** @throws ProblemError that says why it is of no use, with the way to the host where that is known */
async function requireLink({ db, now, settings }: Services, token: string): Promise<Found> {
  const link = await findReconnectLink(db, hashToken(token))
  if (!link) throw unknown(settings)
  if (link.used_at) throw used(link)
  if (link.expires_at <= now()) throw expired(link)
  const row = await findTenant(db, link.tenant_id)
  const tenant = row && toReadyTenant(row)
  const source = tenant && (await findSource(db, tenant.tenantId, link.source_id))
  if (!source) throw unknown(settings)
  actFor({ tenantId: tenant.tenantId, workspaceId: tenant.workspaceId })
  return { link, tenant, source }
}

const inTheApp = 'Open the app it came from, and sign in there.'

const used = ({ origin }: ReconnectLinkRow) =>
  new ProblemError('link_used', { detail: 'This link was used.', remedy: inTheApp, wayOn: origin })

const expired = ({ origin }: ReconnectLinkRow) =>
  new ProblemError('expired', {
    detail: 'The time of this link is over.',
    displayMessage: 'This link has expired.',
    remedy: inTheApp,
    wayOn: origin,
  })

/** There never was one, it went with its source, or it was forgotten: nobody is told which. */
function unknown({ returnUrls }: Settings): ProblemError {
  const origins = [...new Set(returnUrls.map((url) => new URL(url).origin))]
  return new ProblemError('not_found', {
    ...notFound().facts,
    displayMessage: 'This link is not known here: what it was for may have been removed.',
    remedy: inTheApp,
    ...(origins.length === 1 && origins[0] && { wayOn: origins[0] }),
  })
}
