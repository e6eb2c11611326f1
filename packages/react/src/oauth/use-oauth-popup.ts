import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useAirbyte } from '../provider/use-airbyte.js'
import { useLatest } from '../provider/use-latest.js'
import { createOAuthPopup, type SignInInputs, type SignInPlace } from './create-oauth-popup.js'
import { createOAuthPopupDom, type OAuthPopupDom } from './oauth-popup.dom.js'
import type { OAuthPopupState, SignInFailure } from './oauth-popup.machine.js'

/** What {@link useOAuthPopup} takes. */
export interface UseOAuthPopupOptions {
  sourceType: string
  /** Read inside the click: the source's name, and what the form holds beside the sign-in. */
  getInputs?: (() => SignInInputs) | undefined
  /** Where the provider's pages open: a window, or this tab, which needs a return page. @default 'auto' */
  signIn?: SignInPlace | undefined
  /** The provider said yes and the source is made. Once for each sign-in. */
  onAuthorized?: ((signedIn: { flowId: string; sourceId: string }) => void) | undefined
  onFailed?: ((failure: SignInFailure) => void) | undefined
  /** The page's side, for tests and webviews. @default a real page */
  dom?: OAuthPopupDom | undefined
}

/** What {@link useOAuthPopup} returns. */
export interface UseOAuthPopup {
  state: OAuthPopupState
  /** Call it straight from a click handler: browsers block windows opened later. */
  signIn: () => void
  /** Opens the window again. Call it straight from a click handler. */
  reopen: () => void
  /** Goes on in this tab; in a frame there is no such way. */
  continueHere: (() => void) | undefined
  cancel: () => void
  /** Shows a sign-in the proxy asked for (`createAirbyteSource` answered `{ authUrl, flowId }`). */
  offer: (flow: { flowId: string; authUrl: string }) => void
  reset: () => void
}

/**
 * Signs the user in at a connector's provider, in a window. The outcome is always the proxy's word; a closed window
 * decides nothing, and a reload of this page goes on where it was.
 *
 * @example
 * const { state, signIn } = useOAuthPopup({ sourceType: 'hubspot', onAuthorized: ({ sourceId }) => show(sourceId) })
 * return <button onClick={signIn} disabled={state.name !== 'idle'}>Sign in to HubSpot</button>
 */
export function useOAuthPopup(options: UseOAuthPopupOptions): UseOAuthPopup {
  const { client } = useAirbyte()
  const [ownDom] = useState(createOAuthPopupDom)
  const dom = options.dom ?? ownDom
  const getInputs = useLatest(options.getInputs)
  const onAuthorized = useLatest(options.onAuthorized)
  const onFailed = useLatest(options.onFailed)
  const { sourceType, signIn: place } = options

  const popup = useMemo(
    () =>
      createOAuthPopup({
        client,
        dom,
        sourceType,
        signIn: place,
        getInputs: () => getInputs() ?? {},
        onAuthorized,
        onFailed,
      }),
    [client, dom, sourceType, place, getInputs, onAuthorized, onFailed],
  )
  useEffect(() => popup.attach(), [popup])
  // Whoever can click the button needs a session at hand.
  useEffect(() => client.keepSessionFresh(), [client])

  const state = useSyncExternalStore(popup.subscribe, popup.getState, popup.getState)
  const { signIn, reopen, cancel, offer, reset } = popup
  // Asked of the page only once something was clicked: there is none where a server renders.
  const canContinueHere = (state.name === 'blocked' || state.name === 'away') && !dom.isFramed()
  const continueHere = canContinueHere ? popup.continueHere : undefined
  return { state, signIn, reopen, continueHere, cancel, offer, reset }
}
