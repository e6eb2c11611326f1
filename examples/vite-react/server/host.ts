// What a host's backend asks of the kit: a session for the user it knows to be signed in, its tenant's .env and its app.
// The host key stays here: no browser ever sees it.
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
    if (!response.ok) throw new KitError(response.status, await response.text())
    return response
  }

  /** How an app stands: `null` where none was ever asked for, `off` where this deployment makes none. */
  async function askForApp(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    try {
      return await (await call(method, path, body)).json()
    } catch (error) {
      if (error instanceof KitError && error.status === 404) return null
      if (error instanceof KitError && error.message.includes('"config_error"')) return { status: 'off' }
      throw error
    }
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
    /** Asks for the tenant's app; asked for again it is brought up to date. */
    async makeApp({ tenantId, company }: User): Promise<unknown> {
      // Also for somebody who has connected nothing yet.
      await call('PUT', `/tenants/${encodeURIComponent(tenantId)}`)
      return await askForApp('POST', '/apps', { tenantId, name: company })
    },
    findApp: ({ tenantId }: User) => askForApp('GET', `/apps/${encodeURIComponent(tenantId)}`),
  }
}

class KitError extends Error {
  constructor(
    readonly status: number,
    body: string,
  ) {
    super(`The kit answered ${status}: ${body}`)
  }
}
