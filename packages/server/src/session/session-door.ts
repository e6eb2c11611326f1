import { ProblemError } from '../http/problem.js'
import { hashToken } from '../secrets/seal.js'
import type { Caller } from '../services.js'
import type { Db } from '../store/database.js'
import { findSession } from '../store/sessions.js'
import { toReadyTenant } from '../tenants/tenants.js'
import { sessionTokenPrefix } from './bearer.js'
import { identifyRequest } from './request-context.js'

/** Why a token opens nothing, apart from the words for it. */
export interface Refusal {
  error: ProblemError
  /** The origins of the token it was; they may read why. */
  origins: readonly string[]
}

/** Who a token stands for, or why it stands for nobody. */
export async function readSession(db: Db, token: string | undefined, now: Date): Promise<Caller | Refusal> {
  if (!token?.startsWith(sessionTokenPrefix)) {
    return {
      error: unauthorized('Send a session token from POST /sessions: Authorization: Bearer aips_….'),
      origins: [],
    }
  }
  const tokenHash = hashToken(token)
  const session = await findSession(db, tokenHash)
  if (!session) return { error: unauthorized('This session token is not known.'), origins: [] }
  const { origins } = session
  if (session.expires_at <= now) {
    return {
      error: new ProblemError('session_expired', { detail: 'The session token has expired. Get another.' }),
      origins,
    }
  }
  const tenant = toReadyTenant(session.tenant)
  if (!tenant) return { error: unauthorized('The tenant of this session token is gone.'), origins }
  identifyRequest({ tenantId: tenant.tenantId, userId: session.user_id })
  return { tenant, userId: session.user_id, origins, session: { tokenHash } }
}

export const isRefusal = (value: Caller | Refusal): value is Refusal => 'error' in value

const unauthorized = (detail: string) => new ProblemError('unauthorized', { detail })

/**
 * @param origin the page's, where there is one
 * @throws ProblemError where the token opens nothing, or not to this page
 */
export function admit(session: Caller | Refusal, origin: string | null): Caller {
  const isForeign = origin !== null && session.origins.length > 0 && !session.origins.includes(origin)
  if (isForeign) {
    throw new ProblemError('origin_not_allowed', {
      detail: `Pages of ${origin} may not use this token. Add it to origins where the session is created.`,
    })
  }
  if (isRefusal(session)) throw session.error
  return session
}

/** @throws ProblemError where a body speaks of another tenant than the token. */
export function requireTenant(caller: Caller, tenantId: string): void {
  if (tenantId === caller.tenant.tenantId) return
  throw new ProblemError('tenant_mismatch', {
    detail: 'tenantId is not the tenant of this session.',
    fieldErrors: [{ path: ['tenantId'], code: 'mismatch', message: 'is not the tenant of this session' }],
  })
}
