import type { Source } from '@opsai/contract'
import type { SignInInputs } from '../oauth/create-oauth-popup.js'
import { useOAuthPopup } from '../oauth/use-oauth-popup.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from '../queries/keys.js'
import type { IntegrationHub } from './use-integration-hub.js'

/** What {@link useSignInAgain} takes beside the source. */
export interface SignInAgainOptions {
  /** Read in the click: what the source's own sign-in app needs, and what the page wants back. */
  getInputs?: (() => SignInInputs) | undefined
}

/**
 * Signs a stored source in at its provider again: it stays the same source, with its connections, and gets new tokens. The
 * proxy tests it then; what came of that is read anew, whatever it was.
 *
 * @example
 * const { state, signIn } = useSignInAgain(hub, source)
 */
export function useSignInAgain(
  hub: Pick<IntegrationHub, 'emit' | 'signInOptions'>,
  { sourceId, sourceType }: Pick<Source, 'sourceId' | 'sourceType'>,
  { getInputs }: SignInAgainOptions = {},
) {
  const { client, queryClient } = useAirbyte()
  const readAnew = () => {
    const stale = [
      airbyteKeys.connectedSources(client.id),
      airbyteKeys.source(client.id, sourceId),
      airbyteKeys.streams(client.id, sourceId),
      airbyteKeys.connections(client.id),
      airbyteKeys.flows(client.id),
    ]
    for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey })
  }
  return useOAuthPopup({
    ...hub.signInOptions,
    sourceType,
    sourceId,
    getInputs,
    onAuthorized: () => {
      hub.emit({ type: 'source_signed_in_again', sourceType, sourceId })
      readAnew()
    },
    onFailed: ({ code }) => {
      hub.emit({ type: 'sign_in_failed', sourceType, code })
      readAnew()
    },
  })
}
