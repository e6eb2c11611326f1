// How a client says who it is (RFC 6749 §2.3.1): HTTP Basic or the form, and not both unless both are wanted.
import type { Behaviour } from '../behaviour/behaviour.js'
import type { OAuthClient } from '../options.js'
import { isSameSecret } from '../secrets.js'

export type ClientAuthentication =
  { kind: 'known'; client: OAuthClient } | { kind: 'refused'; method: 'basic' | 'form' } | { kind: 'both' }

export function authenticateClient(
  authorization: string | undefined,
  form: Record<string, string | undefined>,
  clients: OAuthClient[],
  wanted: Behaviour['clientAuthentication'] = 'any',
): ClientAuthentication {
  const { client_id: id, client_secret: secret } = form
  if (wanted !== 'both' && authorization !== undefined && secret !== undefined) return { kind: 'both' }
  const usual = authorization === undefined ? 'form' : 'basic'
  const method = wanted === 'any' ? usual : wanted === 'body' ? 'form' : 'basic'
  const byHeader = findProven(authorization === undefined ? undefined : parseBasic(authorization), clients)
  const byForm = findProven({ id, secret }, clients)
  const client = method === 'basic' ? byHeader : byForm
  if (!client || (wanted === 'both' && byForm !== client)) return { kind: 'refused', method }
  return { kind: 'known', client }
}

interface Claim {
  id?: string | undefined
  secret?: string | undefined
}

function findProven(claim: Claim | undefined, clients: OAuthClient[]): OAuthClient | undefined {
  const client = clients.find(({ clientId }) => clientId === claim?.id)
  return client && claim?.secret !== undefined && isSameSecret(client.clientSecret, claim.secret) ? client : undefined
}

/** Id and secret of a Basic header; each was form-encoded before they were joined. */
export function parseBasic(authorization: string): { id: string; secret: string } | undefined {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1]
  const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 0) return undefined
  try {
    const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
    return { id: decode(pair.slice(0, colon)), secret: decode(pair.slice(colon + 1)) }
  } catch {
    return undefined
  }
}
