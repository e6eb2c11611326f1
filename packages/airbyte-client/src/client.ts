import type { AirbyteAuth } from './access-token.js'
import { toAddresses } from './addresses.js'
import { createRequester } from './request.js'
import { createCapabilities } from './resources/capabilities.js'
import { createConnections } from './resources/connections.js'
import { createDefinitions } from './resources/definitions.js'
import { createDestinations } from './resources/destinations.js'
import { createHealth } from './resources/health.js'
import { createJobs } from './resources/jobs.js'
import { createOAuth } from './resources/oauth.js'
import { createSources } from './resources/sources.js'
import { createWorkspaces } from './resources/workspaces.js'

export interface AirbyteClientOptions {
  /**
   * Airbyte's root: `http://localhost:4401` for self-managed Airbyte and the embedded engine (`/api/public/v1` and
   * `/api/v1` are looked for below it), `https://api.airbyte.com` for Cloud.
   */
  baseUrl: string
  /** Default: none, for an Airbyte with authentication switched off. `client` takes an application's id and secret. */
  auth?: AirbyteAuth
  /** What sends requests; default the global `fetch`. An engine in the same process is reached by its own `fetch`. */
  fetch?: (input: Request) => Response | Promise<Response>
  /** How long to wait for one answer, in milliseconds; default 30,000. Where a connector works, at least 120,000. */
  timeoutMs?: number
}

export type AirbyteClient = ReturnType<typeof createAirbyteClient>

/**
 * A typed client of Airbyte's two APIs, one resource per noun; which of them answers is its own affair.
 * Works wherever there is `fetch`: Node, Bun, Deno, edge. Reads are repeated up to three times, creates never.
 * Every method throws an {@link AirbyteError} and takes `{ signal }` last.
 *
 * @example
 * const airbyte = createAirbyteClient({ baseUrl: 'http://localhost:4401' })
 * const workspace = await airbyte.workspaces.create({ name: 'acme' })
 * const definitions = await airbyte.definitions.listSources({ workspaceId: workspace.workspaceId })
 */
export function createAirbyteClient(options: AirbyteClientOptions) {
  const { baseUrl, auth = { kind: 'none' }, fetch = (input) => globalThis.fetch(input), timeoutMs = 30_000 } = options
  const request = createRequester({ baseUrl, auth, fetch, timeoutMs, now: Date.now })
  const edition = toAddresses(baseUrl).public.startsWith('https://api.airbyte.com/') ? 'cloud' : 'selfManaged'
  return {
    health: createHealth(request),
    capabilities: createCapabilities(request),
    workspaces: createWorkspaces(request),
    definitions: createDefinitions(request),
    sources: createSources(request),
    destinations: createDestinations(request),
    connections: createConnections(request),
    jobs: createJobs(request),
    oauth: createOAuth(request, edition),
  }
}
