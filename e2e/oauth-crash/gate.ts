// A server in front of another that can stop one request: before it has arrived, or after it was carried out and before
// its answer is out. Whoever asked is killed meanwhile.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'

export interface Stop {
  /** Of the method, path and body of a request. */
  fits: (asked: string) => boolean
  when: 'before' | 'after'
}

export interface Gate {
  url: string
  /** The next request that fits stops here. Answers how to wait until one has. */
  arm(stop: Stop): () => Promise<void>
  /** Drops what has stopped: it is never carried out, never answered. */
  drop(): void
  close(): Promise<void>
}

export async function startGate(behind: (request: Request) => Response | Promise<Response>): Promise<Gate> {
  const stops = new Set<Stop & { reached(): void }>()
  let drops: (() => void)[] = []
  const stopHere = ({ reached }: { reached(): void }) =>
    new Promise<Response>((resolve) => {
      drops.push(() => resolve(new Response(null, { status: 503 })))
      reached()
    })

  const fetch = async (request: Request): Promise<Response> => {
    const body = request.body ? await request.text() : undefined
    const asked = `${request.method} ${new URL(request.url).pathname} ${body ?? ''}`
    const stop = [...stops].find(({ fits }) => fits(asked))
    if (stop) stops.delete(stop)
    if (stop?.when === 'before') return await stopHere(stop)
    const { method, headers, url } = request
    const answer = await behind(new Request(url, { method, headers, ...(body !== undefined && { body }) }))
    return stop ? await stopHere(stop) : answer
  }

  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    arm: (stop) => {
      const stopped = new Promise<void>((reached) => stops.add({ ...stop, reached }))
      return () => stopped
    },
    drop: () => {
      stops.clear()
      for (const drop of drops) drop()
      drops = []
    },
    close: () => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
