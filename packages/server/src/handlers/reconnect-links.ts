import type { Call, Handlers } from '../http/handler.js'
import { invalidRequest, notFound, ProblemError } from '../http/problem.js'
import { ownUrl } from '../oauth/addresses.js'
import { openReconnectLink, useReconnectLink } from '../oauth/reconnect-link.js'
import { toStoredTarget } from '../oauth/stored-target.js'
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { requireSource } from '../sources/require-source.js'
import { addAudit } from '../store/audit.js'
import { addReconnectLink } from '../store/reconnect-links.js'
import { toReadyTenant } from '../tenants/tenants.js'
import { actFor } from '../upstream/scope.js'

type ReconnectLinkRoutes = 'createReconnectLink' | 'openReconnectLink' | 'useReconnectLink'

const DEFAULT_SECONDS = 7 * 24 * 3600

export const createReconnectLinkHandlers = (services: Services): Pick<Handlers, ReconnectLinkRoutes> => ({
  createReconnectLink: (call) => createReconnectLink(services, call),
  openReconnectLink: ({ params, request }) => openReconnectLink(services, params.token, request),
  useReconnectLink: ({ params, request }) => useReconnectLink(services, params.token, request),
})

async function createReconnectLink(services: Services, { params, body, request }: Call<'createReconnectLink'>) {
  const tenant = toReadyTenant(await services.tenants.get(params.tenantId))
  if (!tenant) throw notFound()
  const { tenantId, workspaceId } = tenant
  actFor({ tenantId, workspaceId })
  const source = await requireSource(services, tenant, body.sourceId)
  const origin = toOrigin(body.origin, services.settings.returnUrls)
  // A link that could not be used is better not sent.
  await toStoredTarget(services, tenant, source)
  const token = randomToken()
  const expiresAt = new Date(services.now().getTime() + (body.ttlSeconds ?? DEFAULT_SECONDS) * 1000)
  const about = { tenant_id: tenantId, user_id: body.userId, source_id: source.source_id, origin }
  await services.db.transaction(async (inside) => {
    await addReconnectLink(inside, { ...about, token_hash: hashToken(token), expires_at: expiresAt })
    await addAudit(inside, {
      tenantId,
      userId: body.userId,
      action: 'reconnect_link_created',
      subject: source.source_id,
      facts: { sourceType: source.source_type, endsAt: origin, expiresAt: expiresAt.toISOString() },
    })
  })
  const url = ownUrl(services, request, `/oauth/reconnect/${token}`)
  return { status: 201 as const, body: { url, expiresAt: expiresAt.toISOString() } }
}

/** Where it ends is a page of the host's own that is registered, whatever is asked for. */
function toOrigin(wanted: string | undefined, returnUrls: readonly string[]): string {
  const origins = returnUrls.map((url) => new URL(url).origin)
  const [first] = origins
  if (!first) {
    throw new ProblemError('config_error', {
      detail: "A reconnect link ends on a page of the host's own: add one to returnUrls.",
    })
  }
  if (wanted === undefined || origins.includes(wanted)) return wanted ?? first
  throw invalidRequest(`origin has no page in returnUrls: it can be ${origins.join(', ')}.`, [
    { path: ['origin'], code: 'value', message: 'has no page to return to' },
  ])
}
