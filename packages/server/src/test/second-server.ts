// Another proxy on the same databases, as behind a load balancer.
import { type AnyRoute, type RouteName, routes, toPath } from '@opsai/contract'
import { createServer, type Server, type ServerOptions } from '../index.js'
import { publicUrl, type World } from './world.js'

export interface SecondServer {
  server: Server
  /** Calls a route of the session door. */
  call(name: RouteName, parts: { token: string; params?: Record<string, string>; body?: unknown }): Promise<Response>
}

export async function startSecondServer(world: World, changes: Partial<ServerOptions> = {}): Promise<SecondServer> {
  const server = await createServer({ ...world.options, ...changes })
  return {
    server,
    call: (name, { token, params = {}, body }) => {
      const route: AnyRoute = routes[name]
      return server.fetch(
        new Request(`${publicUrl}/api/airbyte${toPath(route.path, params as never)}`, {
          method: route.method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      )
    },
  }
}
