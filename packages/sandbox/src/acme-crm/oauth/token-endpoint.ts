// The token endpoint (RFC 6749 §3.2) as a function of a form, and revocation (RFC 7009) beside it.
import type { Behaviour } from '../behaviour/behaviour.js'
import type { OAuthClient } from '../options.js'
import type { Codes } from './codes.js'
import type { Grants, IssuedTokens } from './grants.js'
import { isVerified } from './pkce.js'
import type { Form } from './read-form.js'
import type { TokenError } from './refuse.js'

export type TokenAnswer = { kind: 'issued'; tokens: IssuedTokens } | { kind: 'refused'; error: TokenError }

export interface TokenRequest {
  form: Form
  client: OAuthClient
  codes: Codes
  grants: Grants
  behaviour: Behaviour
}

export function answerTokenRequest(request: TokenRequest): TokenAnswer {
  switch (request.form.grant_type) {
    case 'authorization_code':
      return exchangeCode(request)
    case 'refresh_token':
      return refresh(request)
    case undefined:
      return refused('invalid_request', 'grant_type is missing')
    default:
      return refused('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token')
  }
}

function exchangeCode({ form, client, codes, grants, behaviour }: TokenRequest): TokenAnswer {
  if (behaviour.pkce === 'refused' && form.code_verifier !== undefined) {
    return refused('invalid_request', 'code_verifier is not supported')
  }
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
  const scope = withhold(allowed.scope, behaviour.withheldScopes)
  const { grantId, tokens } = grants.open({ clientId, personId: allowed.personId, scope }, behaviour)
  codes.noteGrant(form.code, grantId)
  return { kind: 'issued', tokens }
}

/** What is left of a scope where some of it is not granted (RFC 6749 §3.3). */
function withhold(scope: string, withheld: string[]): string {
  return scope
    .split(' ')
    .filter((one) => !withheld.includes(one))
    .join(' ')
}

function refresh({ form, client, grants, behaviour }: TokenRequest): TokenAnswer {
  if (form.refresh_token === undefined) return refused('invalid_request', 'refresh_token is missing')
  const refreshed = grants.refresh(form.refresh_token, client.clientId, behaviour, form.scope)
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
