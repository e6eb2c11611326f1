import type { Handlers } from '../http/handler.js'
import { hashToken, randomToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import { sessionTokenPrefix } from '../session/bearer.js'
import { addAudit } from '../store/audit.js'
import { addSession, revokeSessions } from '../store/sessions.js'

const DEFAULT_SECONDS = 900

type SessionRoutes = 'createSession' | 'revokeSessions'

export const createSessionHandlers = ({ db, tenants, now }: Services): Pick<Handlers, SessionRoutes> => ({
  createSession: async ({ body, signal }) => {
    const { tenantId, userId, origins, ttlSeconds = DEFAULT_SECONDS } = body
    await tenants.ensure(tenantId, signal)
    const token = sessionTokenPrefix + randomToken()
    const expiresAt = new Date(now().getTime() + ttlSeconds * 1000)
    await db.transaction(async (inside) => {
      await addSession(inside, { tokenHash: hashToken(token), tenantId, userId, origins, expiresAt })
      await addAudit(inside, {
        tenantId,
        userId,
        action: 'session_created',
        facts: { origins: origins.join(' '), ttlSeconds },
      })
    })
    return { status: 201, body: { token, expiresAt: expiresAt.toISOString() } }
  },

  // Every request reads its session from the database, so that this holds on every proxy with the very next one.
  revokeSessions: async ({ params, query }) => {
    const { tenantId } = params
    await tenants.get(tenantId)
    const revoked = await db.transaction(async (inside) => {
      const count = await revokeSessions(inside, tenantId, query.userId, now())
      await addAudit(inside, {
        tenantId,
        action: 'sessions_revoked',
        ...(query.userId && { subject: query.userId }),
        facts: { revoked: count },
      })
      return count
    })
    return { status: 200, body: { revoked } }
  },
})
