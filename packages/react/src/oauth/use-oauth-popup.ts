import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useAirbyte } from '../provider/use-airbyte.js'
import { useLatest } from '../provider/use-latest.js'
import type { SignInOptions } from './choose-place.js'
import { createOAuthPopup, type SignInInputs } from './create-oauth-popup.js'
import { createOAuthPopupDom, type OAuthPopupDom } from './oauth-popup.dom.js'
import type { OAuthPopupState, SignInFailure, SignInPlace } from './oauth-popup.types.js'
import { usePlace } from './use-place.js'

/** What {@link useOAuthPopup} takes. None of the callbacks need be memoised. */
export interface UseOAuthPopupOptions extends SignInOptions {
  sourceType: string
  /** The stored source that is signed in again; without it a new source is made. */
  sourceId?: string | undefined
  /** Read inside the click: the source's name, and what the form holds beside the sign-in. */
  getInputs?: (() => SignInInputs) | undefined
  /** The provider said yes and the source is made, or signed in again. Once for each sign-in. */
  onAuthorized?: ((signedIn: { flowId: string; sourceId: string }) => void) | undefined
  onFailed?: ((failure: SignInFailure) => void) | undefined
  /** The page's side, for tests and for pages that are no browser's. @default a real page */
  dom?: OAuthPopupDom | undefined
}

/** What {@link useOAuthPopup} returns. */
export interface UseOAuthPopup {
  state: OAuthPopupState
  /** Where signing in will open, to say so before the click. */
  place: SignInPlace
  /** Call it straight from a click handler: browsers block windows opened later. */
  signIn: () => void
  /** Opens the window again. Call it straight from a click handler. */
  reopen: () => void
  /** Goes on in this tab, where a window did not come; in a frame there is no such way. */
  continueHere: (() => void) | undefined
  cancel: () => void
  /** Shows a sign-in the proxy asked for (`createAirbyteSource` answered `{ authUrl, flowId }`). */
  offer: (flow: { flowId: string; authUrl: string }) => void
  /** Goes on here with a flow that another tab of this user's began. */
  adopt: (flow: { flowId: string }) => void
  /** What `SignInInputs.keep` held when this tab left for the provider. */
  getKept: () => unknown
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
  const openExternal = useLatest(options.openExternal)
  const { sourceType, sourceId, signIn } = options
  const canOpenOutside = options.openExternal !== undefined

  const popup = useMemo(
    () =>
      createOAuthPopup({
        proxy: client.proxy,
        dom,
        sourceType,
        sourceId,
        signIn,
        ...(canOpenOutside && { openExternal: async (url) => openExternal(url) }),
        getInputs: () => getInputs() ?? {},
        onAuthorized,
        onFailed,
      }),
    [client, dom, sourceType, sourceId, signIn, canOpenOutside, openExternal, getInputs, onAuthorized, onFailed],
  )
  useEffect(() => popup.attach(), [popup])

  const state = useSyncExternalStore(popup.subscribe, popup.getState, popup.getState)
  const place = usePlace(options, dom)
  // Asked of the page only once something was clicked: there is none where a server renders.
  const canContinueHere = ['blocked', 'away', 'awaitingUser'].includes(state.name) && !dom.isFramed()
  return { ...popup, state, place, continueHere: canContinueHere ? popup.continueHere : undefined }
}
