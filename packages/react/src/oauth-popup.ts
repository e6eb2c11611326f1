// A sign-in's window alone, without React and without the contract's schemas: what a host loads before any click.
export { createProxyAccess, type ProxyAccess, type ProxyAccessOptions } from './client/proxy-access.js'
export type { FetchSession } from './client/session-holder.js'
export type { SignInMode } from './oauth/choose-place.js'
export {
  createOAuthPopup,
  type OAuthPopup,
  type OAuthPopupOptions,
  type SignInInputs,
} from './oauth/create-oauth-popup.js'
export type { FlowMemory, RememberedFlow } from './oauth/flow-memory.js'
export { createOAuthPopupDom, type OAuthPopupDom, type StartForm } from './oauth/oauth-popup.dom.js'
export type { OAuthPopupState, SignInFailure, SignInLink } from './oauth/oauth-popup.types.js'
