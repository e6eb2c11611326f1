// How a client says who it is (RFC 6749 §2.3.1): HTTP Basic or the form, never both.
import type { OAuthClient } from '../options.js'
import { isSameSecret } from '../secrets.js'

export type ClientAuthentication =
  { kind: 'known'; client: OAuthClient } | { kind: 'refused'; method: 'basic' | 'form' } | { kind: 'both' }

export function authenticateClient(
  authorization: string | undefined,
  form: Record<string, string | undefined>,
  clients: OAuthClient[],
): ClientAuthentication {
  const basic = authorization === undefined ? undefined : parseBasic(authorization)
  if (authorization !== undefined && form.client_secret !== undefined) return { kind: 'both' }
  const method = authorization === undefined ? 'form' : 'basic'
  const claimed = method === 'basic' ? basic : { id: form.client_id, secret: form.client_secret }
  const client = clients.find(({ clientId }) => clientId === claimed?.id)
  const isProven = client && claimed?.secret !== undefined && isSameSecret(client.clientSecret, claimed.secret)
  return isProven ? { kind: 'known', client } : { kind: 'refused', method }
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
