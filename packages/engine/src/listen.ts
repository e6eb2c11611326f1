import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { createEngine, type Engine, type EngineOptions } from './engine.js'

export interface ListenOptions extends EngineOptions {
  /** 0 takes a free one. */
  port: number
  /** Default `127.0.0.1`: the engine has no business outside unless it is told so. */
  host?: string
}

export interface ListeningEngine extends Engine {
  /** Airbyte's root for clients, e.g. `http://127.0.0.1:4401`. */
  url: string
}

/**
 * An engine on a port, as a self-managed Airbyte would be. Throws where the port is taken.
 *
 * @example
 * const engine = await listenEngine({ port: 4401, databaseUrl, encryptionKey })
 * console.log(`Airbyte's API: ${engine.url}/api/public/v1`)
 * process.once('SIGTERM', () => void engine.close())
 */
export async function listenEngine({ port, host = '127.0.0.1', ...options }: ListenOptions): Promise<ListeningEngine> {
  const shownHost = host.includes(':') ? `[${host}]` : host
  const engine = await createEngine({ ...(port > 0 && { airbyteUrl: `http://${shownHost}:${port}` }), ...options })
  try {
    const server = serve({ fetch: (request: Request) => engine.fetch(request), port, hostname: host })
    await new Promise<void>((resolve, reject) => {
      server.once('listening', () => resolve())
      server.once('error', reject)
    })
    const { port: taken } = server.address() as AddressInfo
    return {
      fetch: engine.fetch,
      url: `http://${shownHost}:${taken}`,
      close: async () => {
        await new Promise<void>((resolve) => {
          server.close(() => resolve())
          if ('closeIdleConnections' in server) server.closeIdleConnections()
        })
        await engine.close()
      },
    }
  } catch (error) {
    await engine.close()
    throw error
  }
}
