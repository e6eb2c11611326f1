export { OAuthError, type OAuthErrorCode } from './oauth-error.js'
export type {
  OAuthField,
  OAuthKeys,
  OAuthOutput,
  OAuthSpec,
  PkceUse,
  RefreshTokens,
  ScopeLists,
  UnsupportedOAuth,
} from './oauth-spec.js'
export { parseOAuthSpec, type ParseOptions } from './parse-oauth-spec.js'
export { findOAuthSpec } from './find-oauth-spec.js'
export { providers, type Provider } from './providers.js'
export { createCodeVerifier, createState } from './state.js'
export { toConsentUrl, type ConsentFlow } from './consent-url.js'
export { readCallback, type Callback } from './read-callback.js'
export { toTokenRequest, type TokenFlow, type TokenRequest } from './token-request.js'
export { toRefreshRequest, type RefreshFlow } from './refresh-request.js'
export { readRevoked, toRevocationRequest, type RevocationAnswer, type RevocationFlow } from './revocation-request.js'
export { sendTokenRequest, type SendOptions, type Sent } from './send-token-request.js'
export { readRefreshed, readTokens, type RefreshAnswer, type TokenAnswer, type Tokens } from './read-tokens.js'
export { readMissingScopes } from './missing-scopes.js'
export type { HttpAnswer, Refused, Unavailable } from './provider-answer.js'
export { readInputs } from './read-inputs.js'
export { placeTokens } from './place-tokens.js'
