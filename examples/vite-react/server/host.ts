// What a host's backend asks of the kit: a session for the user it knows to be signed in, and its tenant's .env.
import type { User } from './sign-in.js'

export interface HostOptions {
  /** The kit, called in this very process; over the network it is the same call. */
  airbyte: (request: Request) => Promise<Response>
  hostKey: string
  /** The only origin whose pages may use the sessions minted here. */
  origin: string
}

export function createHost({ airbyte, hostKey, origin }: HostOptions) {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const request = new Request(`${origin}/api/airbyte${path}`, {
      method,
      headers: { authorization: `Bearer ${hostKey}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const response = await airbyte(request)
    if (!response.ok) throw new Error(`The kit answered ${response.status}: ${await response.text()}`)
    return response
  }

  return {
    async mintSession({ tenantId, userId }: User): Promise<{ token: string; expiresAt: string }> {
      const response = await call('POST', '/sessions', { tenantId, userId, origins: [origin] })
      return (await response.json()) as { token: string; expiresAt: string }
    },
    async readEnv({ tenantId }: User): Promise<string> {
      const response = await call('GET', `/tenants/${encodeURIComponent(tenantId)}/env`)
      return response.text()
    },
  }
}
