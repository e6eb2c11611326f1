import type { Behaviour } from './behaviour.js'
import type { Behaviours } from './behaviours.js'
import type { RefreshTokenRecord, SeenRefreshTokens } from './seen-refresh-tokens.js'

/**
 * Acme CRM's switches while it runs, for the program that started it.
 *
 * @example
 * crm.control.behave({ tokenFault: 'html_500', tokenFaultTimes: 1 })
 */
export interface AcmeCrmControl {
  clientIds: string[]
  /** What holds for that client, or for all that have nothing of their own. */
  behaviour(clientId?: string): Behaviour
  /** Replaces what was set before for that client, or for all. Flows that are under way follow at once. */
  behave(behaviour: Partial<Behaviour>, clientId?: string): void
  /** Every client as it was at the start. */
  reset(): void
  seenRefreshTokens(): SeenRefreshTokens
  /** Starts counting anew. */
  forgetRefreshTokens(): void
}

export function createControl(clientIds: string[], behaviours: Behaviours, record: RefreshTokenRecord): AcmeCrmControl {
  return {
    clientIds,
    behaviour: (clientId) => behaviours.of(clientId),
    behave: (behaviour, clientId) => behaviours.set(behaviour, clientId),
    reset: () => behaviours.reset(),
    seenRefreshTokens: () => record.read(),
    forgetRefreshTokens: () => record.clear(),
  }
}
