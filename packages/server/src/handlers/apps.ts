import type { Handlers } from '../http/handler.js'
import type { Services } from '../services.js'

/** Each looks for the tenant first: an unknown one is answered as everywhere. */
export const createAppHandlers = ({
  apps,
  tenants,
}: Services): Pick<Handlers, 'createApp' | 'getApp' | 'deleteApp'> => ({
  createApp: async ({ body }) => {
    await tenants.get(body.tenantId)
    return { status: 202, body: await apps.ask(body.tenantId, body.name) }
  },
  getApp: async ({ params }) => {
    await tenants.get(params.tenantId)
    return { status: 200, body: await apps.get(params.tenantId) }
  },
  deleteApp: async ({ params, signal }) => {
    await tenants.get(params.tenantId)
    await apps.remove(params.tenantId, signal)
    return { status: 200, body: { tenantId: params.tenantId, status: 'removed' } }
  },
})
