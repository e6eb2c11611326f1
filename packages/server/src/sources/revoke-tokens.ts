import { isAirbyteError } from '@opsai/airbyte-client'
import type { ReadyTenant, Services } from '../services.js'
import type { SourceRow } from '../store/sources.js'

/**
 * What became of a source's tokens where they came from. `not_offered`: Airbyte refused, as it does for almost every
 * connector; `no_answer`: it could not be asked.
 */
export type Revocation = 'revoked' | 'not_offered' | 'no_answer'

/** Nobody waits longer than that for a delete. */
const WITHIN_MS = 5_000

/**
 * Asks Airbyte to end a source's tokens at the provider, before the source and all knowledge of them is gone. Never
 * throws: that it could not be done is written down, and is no reason to keep a source.
 */
export async function revokeTokens(
  { airbyte, log }: Pick<Services, 'airbyte' | 'log'>,
  { workspaceId }: ReadyTenant,
  { source_id: sourceId, definition_id: definitionId }: SourceRow,
): Promise<Revocation> {
  try {
    const signal = AbortSignal.timeout(WITHIN_MS)
    await airbyte.oauth.revoke({ workspaceId, definitionId, sourceId }, { signal })
    return 'revoked'
  } catch (error) {
    const outcome = isRefusal(error) ? 'not_offered' : 'no_answer'
    if (outcome === 'no_answer') log.warn('tokens were not revoked: Airbyte did not answer', { sourceId, error })
    return outcome
  }
}

/** Where a connector can't, Airbyte says so in different words, up to a 500. Only a busy or missing one may be able to. */
const isRefusal = (error: unknown) =>
  isAirbyteError(error) && error.status !== undefined && error.status !== 429 && error.status <= 501
