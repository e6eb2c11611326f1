// Where a sign-in's pages open, decided from what the host wants and what the page can do.
import type { OAuthPopupDom } from './oauth-popup.dom.js'
import type { SignInPlace } from './oauth-popup.types.js'

/**
 * How a user signs in at a provider:
 *
 * - `auto`: in a frame `popup`; in an app's built-in browser `external` where `openExternal` is given, else `redirect`;
 *   everywhere else `popup`.
 * - `popup`: a window of its own. The page stays as it is and hears of the end from the proxy.
 * - `redirect`: this very tab goes to the provider and comes back by the host's return page to where the user was. The
 *   hub is then at the same connector, with the values that were typed. **Secrets are not kept**: they are never written
 *   to storage, and must be typed again where the sign-in did not come to its end. In a frame it is `popup`, for no
 *   provider's page lets itself be framed.
 * - `external`: for an app's own web view (Capacitor, WKWebView, Android's WebView): `openExternal(url)` opens the
 *   system's browser, and the page follows by the proxy. Needs `openExternal`.
 */
export type SignInMode = 'auto' | 'popup' | 'redirect' | 'external'

/** How signing in opens, wherever a sign-in is offered: the hub, a button, a hook. */
export interface SignInOptions {
  /**
   * `auto`, `popup`, `redirect` or `external`: see {@link SignInMode}. Secrets typed beside a sign-in do not survive
   * `redirect`; everything else does.
   *
   * @default 'auto'
   */
  signIn?: SignInMode | undefined
  /**
   * Opens a page in the system's browser, from an app's own web view. Reject or throw where it could not be opened.
   *
   * @example
   * openExternal={(url) => Browser.open({ url })} // Capacitor
   */
  openExternal?: ((url: string) => void | Promise<void>) | undefined
}

/** Where the pages of a sign-in open, for what the host wants on this page. */
export function choosePlace(
  mode: SignInMode,
  page: Pick<OAuthPopupDom, 'isFramed' | 'isWebview'>,
  canOpenOutside: boolean,
): SignInPlace {
  if (mode === 'external') return mode
  if (mode === 'popup' || page.isFramed()) return 'window'
  if (mode === 'redirect') return 'tab'
  return !page.isWebview() ? 'window' : canOpenOutside ? 'external' : 'tab'
}
