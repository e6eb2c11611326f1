// One proxy on a port, its own databases behind it and a fault server of its own before Airbyte: lanes never meet.
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type AnyRoute, type RouteName, routes, toPath } from '@opsai/contract'
import { createServer, type Server } from '@opsai/server'
import { pino } from 'pino'
import { auth, type FaultWorld } from './fault-world.js'
import { type FaultServer, startFaultServer } from './fault-server.js'

/** How long the proxy waits for Airbyte here: short, so that silence is over soon. */
export const deadlines = { timeoutMs: 2500, slowTimeoutMs: 4000, workTimeoutMs: 8000 }
/** How long a browser would wait. */
const patienceMs = 25_000
const origin = 'http://host.test'

export interface Sent {
  params?: Record<string, string>
  body?: unknown
  key?: string
}

export interface Lane {
  tenantId: string
  faults: FaultServer
  /** All the proxy has logged. */
  logged: string[]
  /** Calls a route over HTTP as the one its door is for. Throws where no answer comes. */
  call(name: RouteName, sent?: Sent): Promise<{ status: number; type: string; text: string }>
  /** A proxy that has just started on the same databases: no token, no memory, no open breaker. */
  renew(): Promise<void>
  close(): Promise<void>
}

export async function openLane(world: FaultWorld, number: number): Promise<Lane> {
  const faults = await startFaultServer(world.engineUrl)
  const hostKey = randomBytes(32).toString('base64url')
  const logged: string[] = []
  const options = {
    airbyte: { baseUrl: faults.url, auth: { kind: 'client' as const, ...auth }, fetch: faults.fetch, ...deadlines },
    database: await world.makeDatabase(`proxy_${number}`),
    warehouse: await world.makeDatabase(`warehouse_${number}`),
    syncEvery: 'manual' as const,
    hostKey,
    encryptionKey: randomBytes(32).toString('base64'),
    logger: pino({ level: 'debug' }, { write: (line) => void logged.push(line) }),
  }
  let proxy: Server = await createServer(options)
  const listener = serve({ fetch: (request) => proxy.fetch(request), port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => listener.once('listening', () => resolve()))
  const root = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/api/airbyte`
  const tenantId = `lane-${number}`
  let token = ''

  const call: Lane['call'] = async (name, { params = {}, body, key } = {}) => {
    const route: AnyRoute = routes[name]
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(new Error(`no answer in ${patienceMs} ms`)), patienceMs)
    try {
      const answer = await fetch(root + toPath(route.path, params as never), {
        method: route.method,
        headers: {
          authorization: `Bearer ${route.door === 'host' ? hostKey : token}`,
          ...(route.door === 'session' && { origin }),
          ...(key && { 'idempotency-key': key }),
          ...(route.body && { 'content-type': 'application/json' }),
        },
        body: route.body ? JSON.stringify(body ?? {}) : undefined,
        signal: patience.signal,
      })
      return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
    } finally {
      clearTimeout(timer)
    }
  }

  const session = await call('createSession', { body: { tenantId, userId: 'ada', origins: [origin] } })
  if (session.status !== 201)
    throw new Error(`POST /sessions answered ${session.status}: ${session.text}\n${logged.slice(-5).join('')}`)
  token = (JSON.parse(session.text) as { token: string }).token
  return {
    tenantId,
    faults,
    logged,
    call,
    renew: async () => {
      const old = proxy
      proxy = await createServer(options)
      await old.close()
    },
    close: async () => {
      await proxy.close()
      await faults.close()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
