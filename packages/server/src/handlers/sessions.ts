import type { Handlers } from '../http/handler.js'
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { sessionTokenPrefix } from '../session/bearer.js'
import { addAudit } from '../store/audit.js'
import { addSession } from '../store/sessions.js'

const DEFAULT_SECONDS = 900

export const createSessionHandlers = ({ db, tenants, now }: Services): Pick<Handlers, 'createSession'> => ({
  createSession: async ({ body, signal }) => {
    const { tenantId, userId, origins, ttlSeconds = DEFAULT_SECONDS } = body
    await tenants.ensure(tenantId, signal)
    const token = sessionTokenPrefix + randomToken()
    const expiresAt = new Date(now().getTime() + ttlSeconds * 1000)
    await addSession(db, { tokenHash: hashToken(token), tenantId, userId, origins, expiresAt })
    await addAudit(db, {
      tenantId,
      userId,
      action: 'session_created',
      facts: { origins: origins.join(' '), ttlSeconds },
    })
    return { status: 201, body: { token, expiresAt: expiresAt.toISOString() } }
  },
})
