import { useSyncExternalStore } from 'react'
import { choosePlace, type SignInOptions } from './choose-place.js'
import type { OAuthPopupDom } from './oauth-popup.dom.js'
import type { SignInPlace } from './oauth-popup.types.js'

const nothing = () => () => undefined
/** A server renders for a browser that nobody has seen yet. */
const anyBrowser = { isFramed: () => false, isWebview: () => false }

/** Where a sign-in will open, to say so before it is clicked. */
export function usePlace({ signIn = 'auto', openExternal }: SignInOptions, dom: OAuthPopupDom): SignInPlace {
  const canOpenOutside = openExternal !== undefined
  return useSyncExternalStore(
    nothing,
    () => choosePlace(signIn, dom, canOpenOutside),
    () => choosePlace(signIn, anyBrowser, canOpenOutside),
  )
}
