import type { Context } from 'hono'
import type { Behaviour } from '../behaviour/behaviour.js'
import { acmeCrm } from '../facts.js'
import { issuerOf } from './issuer.js'

const methods = {
  any: ['client_secret_basic', 'client_secret_post'],
  basic: ['client_secret_basic'],
  body: ['client_secret_post'],
  // The RFC has no word for it.
  both: [],
}

/** Where everything is (RFC 8414), as it is for clients without a behaviour of their own. */
export function describeServer(c: Context, { clientAuthentication, pkce, moreScopes }: Behaviour): Response {
  const issuer = issuerOf(c)
  return c.json({
    issuer,
    authorization_endpoint: issuer + acmeCrm.paths.authorize,
    token_endpoint: issuer + acmeCrm.paths.token,
    revocation_endpoint: issuer + acmeCrm.paths.revoke,
    scopes_supported: [...acmeCrm.scopes, ...moreScopes],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: methods[clientAuthentication],
    revocation_endpoint_auth_methods_supported: methods[clientAuthentication],
    code_challenge_methods_supported: pkce === 'refused' ? [] : ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
}
