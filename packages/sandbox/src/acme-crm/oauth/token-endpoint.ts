// The token endpoint (RFC 6749 §3.2) as a function of a form, and revocation (RFC 7009) beside it.
import type { OAuthClient } from '../options.js'
import type { Codes } from './codes.js'
import type { Grants, IssuedTokens } from './grants.js'
import { isVerified } from './pkce.js'

type Form = Record<string, string | undefined>

/** An error of RFC 6749 §5.2. */
export interface TokenError {
  error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'invalid_scope' | 'unsupported_grant_type'
  error_description: string
}

export type TokenAnswer = { kind: 'issued'; tokens: IssuedTokens } | { kind: 'refused'; error: TokenError }

export function answerTokenRequest(form: Form, client: OAuthClient, codes: Codes, grants: Grants): TokenAnswer {
  switch (form.grant_type) {
    case 'authorization_code':
      return exchangeCode(form, client, codes, grants)
    case 'refresh_token':
      return refresh(form, client, grants)
    case undefined:
      return refused('invalid_request', 'grant_type is missing')
    default:
      return refused('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token')
  }
}

function exchangeCode(form: Form, client: OAuthClient, codes: Codes, grants: Grants): TokenAnswer {
  if (form.code === undefined) return refused('invalid_request', 'code is missing')
  const taken = codes.take(form.code)
  if (taken.kind === 'used') {
    // Two holders of one code: whoever was first may have stolen it (RFC 6749 §4.1.2).
    if (taken.grantId) grants.end(taken.grantId)
    return refused('invalid_grant', 'the code was used before')
  }
  if (taken.kind === 'unknown') return refused('invalid_grant', 'the code is unknown or has expired')
  const { allowed } = taken
  if (allowed.client.clientId !== client.clientId) return refused('invalid_grant', 'the code belongs to another client')
  if (allowed.redirectUri !== form.redirect_uri) {
    return refused('invalid_grant', 'redirect_uri is not the one the code was asked for with')
  }
  if (!isVerified(allowed.codeChallenge, form.code_verifier)) {
    return refused('invalid_grant', 'code_verifier does not belong to code_challenge')
  }
  const { clientId } = client
  const { grantId, tokens } = grants.open({ clientId, personId: allowed.personId, scope: allowed.scope })
  codes.noteGrant(form.code, grantId)
  return { kind: 'issued', tokens }
}

function refresh(form: Form, client: OAuthClient, grants: Grants): TokenAnswer {
  if (form.refresh_token === undefined) return refused('invalid_request', 'refresh_token is missing')
  const refreshed = grants.refresh(form.refresh_token, client.clientId, form.scope)
  switch (refreshed.kind) {
    case 'refreshed':
      return { kind: 'issued', tokens: refreshed.tokens }
    case 'unknown':
      return refused('invalid_grant', 'the refresh token is unknown or has been revoked')
    case 'reused':
      return refused('invalid_grant', 'the refresh token was used before; all tokens of this sign-in are revoked')
    case 'wider scope':
      return refused('invalid_scope', 'scope goes beyond what was granted')
  }
}

function refused(error: TokenError['error'], description: string): TokenAnswer {
  return { kind: 'refused', error: { error, error_description: description } }
}
