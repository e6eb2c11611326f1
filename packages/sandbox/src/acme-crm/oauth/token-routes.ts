// What the client does at the authorization server, from its own server.
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { acmeCrm } from '../facts.js'
import type { OAuthClient } from '../options.js'
import { authenticateClient } from './client-authentication.js'
import type { Codes } from './codes.js'
import type { Grants } from './grants.js'
import { issuerOf } from './issuer.js'
import { toSingleParameters } from './single-parameters.js'
import { answerTokenRequest, type TokenError } from './token-endpoint.js'

export interface TokenRoutesOptions {
  clients: OAuthClient[]
  codes: Codes
  grants: Grants
}

type Form = Record<string, string | undefined>

export function createTokenRoutes({ clients, codes, grants }: TokenRoutesOptions): Hono {
  const routes = new Hono()

  routes.post('/token', bodyLimit({ maxSize: 16_384 }), async (c) => {
    const asked = await readRequest(c, clients)
    if (asked.kind === 'refused') return asked.response
    const answer = answerTokenRequest(asked.form, asked.client, codes, grants)
    if (answer.kind === 'refused') return refuse(c, 400, answer.error)
    const { accessToken, refreshToken, expiresInSeconds, scope } = answer.tokens
    return c.json(
      {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: expiresInSeconds,
        refresh_token: refreshToken,
        scope,
      },
      200,
      noStore,
    )
  })

  routes.post('/revoke', bodyLimit({ maxSize: 16_384 }), async (c) => {
    const asked = await readRequest(c, clients)
    if (asked.kind === 'refused') return asked.response
    const { token } = asked.form
    if (token === undefined) return refuse(c, 400, toError('invalid_request', 'token is missing'))
    if (grants.revoke(token, asked.client.clientId)) return c.body(null, 200)
    return refuse(c, 400, toError('invalid_request', 'the token belongs to another client'))
  })

  return routes
}

/** Where everything is (RFC 8414). */
export function describeServer(c: Context): Response {
  const issuer = issuerOf(c)
  return c.json({
    issuer,
    authorization_endpoint: issuer + acmeCrm.paths.authorize,
    token_endpoint: issuer + acmeCrm.paths.token,
    revocation_endpoint: issuer + acmeCrm.paths.revoke,
    scopes_supported: acmeCrm.scopes,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
}

type Asked = { kind: 'known'; form: Form; client: OAuthClient } | { kind: 'refused'; response: Response }

async function readRequest(c: Context, clients: OAuthClient[]): Promise<Asked> {
  const refused = (response: Response): Asked => ({ kind: 'refused', response })
  if (!c.req.header('Content-Type')?.startsWith('application/x-www-form-urlencoded')) {
    return refused(refuse(c, 400, toError('invalid_request', 'the body must be application/x-www-form-urlencoded')))
  }
  const single = toSingleParameters(new URLSearchParams(await c.req.text()))
  if (single.kind === 'repeated') {
    return refused(refuse(c, 400, toError('invalid_request', 'a parameter is there more than once')))
  }
  const form = single.parameters
  const authentication = authenticateClient(c.req.header('Authorization'), form, clients)
  switch (authentication.kind) {
    case 'known':
      return { kind: 'known', form, client: authentication.client }
    case 'both':
      return refused(refuse(c, 400, toError('invalid_request', 'authenticate by header or by form, not both')))
    case 'refused': {
      if (authentication.method === 'basic') c.header('WWW-Authenticate', 'Basic realm="Acme CRM"')
      return refused(refuse(c, 401, toError('invalid_client', 'unknown client_id or wrong client_secret')))
    }
  }
}

const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

const toError = (error: TokenError['error'], description: string): TokenError => ({
  error,
  error_description: description,
})

function refuse(c: Context, status: 400 | 401, error: TokenError): Response {
  return c.json(error, status, noStore)
}
