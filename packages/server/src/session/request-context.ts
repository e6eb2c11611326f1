// Who a piece of work is for, for whoever writes a log line or an audit entry in the middle of it.
import { AsyncLocalStorage } from 'node:async_hooks'

export interface RequestContext {
  requestId?: string
  /** The page's, where there is one. */
  origin?: string
  tenantId?: string
  userId?: string
  flowId?: string
  /** Configurations this request carries, and the specs that say what in them is secret. */
  readonly given: GivenSecrets
}

export interface GivenSecrets {
  configurations: unknown[]
  specs: unknown[]
  /** What `configurations` and `specs` come to; forgotten when one of them grows. */
  values?: readonly string[]
}

const storage = new AsyncLocalStorage<RequestContext>()

/** The work in whose middle we are. */
export const currentRequest = (): RequestContext | undefined => storage.getStore()

/**
 * Runs work for somebody; what runs inside other work knows what that knew.
 *
 * @example
 * await runAs({ tenantId, userId, flowId }, () => finishFlow(services, flowId))
 */
export function runAs<T>(who: Omit<RequestContext, 'given'>, work: () => T): T {
  const outer = storage.getStore()
  return storage.run({ ...outer, ...who, given: outer?.given ?? { configurations: [], specs: [] } }, work)
}

/** Says whose request this has turned out to be, once its token is read. */
export function identifyRequest(who: { tenantId: string; userId: string }): void {
  Object.assign(storage.getStore() ?? {}, who)
}
