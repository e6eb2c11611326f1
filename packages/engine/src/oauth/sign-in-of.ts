// How a connector's users sign in: its own declaration, or the table of providers, read by @opsai/oauth.
import { findOAuthSpec, type OAuthSpec, type ParseOptions, type UnsupportedOAuth } from '@opsai/oauth'
import { Problem } from '../api/problem.js'
import type { Connector } from '../connector/connector.js'

/** Scopes to ask for instead of the connector's. */
export type OtherScopes = Pick<ParseOptions, 'scope' | 'requestedScopes'>

const read = new WeakMap<Connector, OAuthSpec | UnsupportedOAuth>()

/** The sign-in as it is without other scopes; read once. */
export function signInOf(connector: Connector): OAuthSpec | UnsupportedOAuth {
  const found = read.get(connector) ?? readSignIn(connector, {})
  read.set(connector, found)
  return found
}

/** @throws {Problem} where users cannot sign in, or not with other scopes */
export function requireSignIn(connector: Connector, { scope, requestedScopes }: OtherScopes = {}): OAuthSpec {
  const plain = requireRead(connector, signInOf(connector))
  if (requestedScopes && !plain.scopes) {
    throw new Problem(
      'bad-request',
      `${connector.name} has no list of scopes, so none can be asked for in their place.`,
    )
  }
  if (scope === undefined && !requestedScopes) return plain
  const others = {
    ...(scope !== undefined && !requestedScopes && { scope }),
    ...(requestedScopes && { requestedScopes }),
  }
  return requireRead(connector, readSignIn(connector, others))
}

/** Plain http is for providers on this machine, such as the sandbox: only a connector of the operator's can name those. */
function readSignIn({ sourceType, spec }: Connector, others: OtherScopes): OAuthSpec | UnsupportedOAuth {
  return findOAuthSpec(`source-${sourceType}`, spec.advanced_auth, { ...others, allowHttpLoopback: true })
}

function requireRead({ name }: Connector, spec: OAuthSpec | UnsupportedOAuth): OAuthSpec {
  if (spec.kind === 'declarative') return spec
  const isByHand = spec.reason === 'not_declarative'
  const why = isByHand ? 'has no sign-in: its fields are filled in by hand.' : `cannot be signed in to: ${spec.message}`
  throw new Problem('bad-request', `${name} ${why}`)
}
