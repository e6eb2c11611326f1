// Reading an authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3): until client and redirect URI are
// known to belong together nothing may be redirected; from then on every fault goes back to the client.
import type { Behaviour } from '../behaviour/behaviour.js'
import { toStandardNames } from '../behaviour/parameter-names.js'
import { acmeCrm } from '../facts.js'
import type { OAuthClient } from '../options.js'
import { toSingleParameters } from './single-parameters.js'

/** A request that can be put to a person. */
export interface AuthorizationRequest {
  client: OAuthClient
  redirectUri: string
  scope: string
  state?: string
  codeChallenge?: string
}

export type ParsedAuthorizationRequest =
  | { kind: 'valid'; request: AuthorizationRequest }
  /** To be sent back to the client. */
  | { kind: 'refused'; redirectUri: string; state?: string; error: string; description: string }
  /** To be shown to the person. */
  | { kind: 'untrusted'; problem: string }

export function parseAuthorizationRequest(
  query: URLSearchParams,
  clients: OAuthClient[],
  behaviour: Behaviour,
): ParsedAuthorizationRequest {
  const single = toSingleParameters(toStandardNames(query, behaviour.names))
  if (single.kind === 'repeated') return untrusted(`The parameter ${single.name} is there more than once.`)
  const given = single.parameters
  const client = clients.find(({ clientId }) => clientId === given.client_id)
  if (!client) return untrusted('The app that sent you here is not registered (client_id).')
  const redirectUri = given.redirect_uri
  if (!redirectUri || !client.redirectUris.includes(redirectUri)) {
    return untrusted(`${client.name} asked to be answered at an address it has not registered (redirect_uri).`)
  }
  const refused = (error: string, description: string): ParsedAuthorizationRequest => ({
    kind: 'refused',
    redirectUri,
    error,
    description,
    ...(given.state !== undefined && { state: given.state }),
  })

  if (given.response_type === undefined) return refused('invalid_request', 'response_type is missing')
  if (given.response_type !== 'code') return refused('unsupported_response_type', 'response_type must be code')
  const scope = given.scope ?? acmeCrm.scopes.join(' ')
  const scopes: string[] = [...acmeCrm.scopes, ...behaviour.moreScopes]
  if (!scope.split(' ').every((one) => scopes.includes(one))) {
    return refused('invalid_scope', `scope may be ${scopes.join(' ')}`)
  }
  const pkce = client.requirePkce && behaviour.pkce === 'optional' ? 'required' : behaviour.pkce
  const pkceFault = findPkceFault(given.code_challenge, given.code_challenge_method, pkce)
  if (pkceFault) return refused('invalid_request', pkceFault)
  return {
    kind: 'valid',
    request: {
      client,
      redirectUri,
      scope,
      ...(given.state !== undefined && { state: given.state }),
      ...(given.code_challenge !== undefined && { codeChallenge: given.code_challenge }),
    },
  }
}

function untrusted(problem: string): ParsedAuthorizationRequest {
  return { kind: 'untrusted', problem }
}

function findPkceFault(
  challenge: string | undefined,
  method: string | undefined,
  pkce: Behaviour['pkce'],
): string | undefined {
  if (pkce === 'refused') return (challenge ?? method) === undefined ? undefined : 'code_challenge is not supported'
  if (challenge === undefined)
    return pkce === 'required' || method !== undefined ? 'code_challenge is missing' : undefined
  if (method !== 'S256') return 'code_challenge_method must be S256'
  return /^[A-Za-z0-9_-]{43}$/.test(challenge) ? undefined : 'code_challenge is not a SHA-256 in base64url'
}
