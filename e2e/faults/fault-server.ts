// Stands between the proxy and Airbyte on a port of its own: hands requests on, and breaks the ones it is told to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Aim, createAim } from './aim.js'
import { openDeadEnds } from './dead-ends.js'
import type { Asked, RealAnswer } from './fault.js'
import { createForward } from './forward.js'
import { toLine } from './line.js'

/** What came in, in order. */
export interface Seen {
  method: string
  path: string
  authorization: string | undefined
  /** The fault that befell it. */
  fault?: string
  /** How often Airbyte did what was asked (2xx). */
  committed: number
}

export interface FaultServer {
  /** What the proxy takes for Airbyte. */
  url: string
  /** The client's `fetch`: the real one, but a dial fault sends it where nobody answers. */
  fetch(request: Request): Promise<Response>
  seen: Seen[]
  arm(aim: Aim): void
  lift(): void
  close(): Promise<void>
}

/**
 * A fault server in front of `origin`, such as `http://127.0.0.1:4401`. With nothing armed it changes nothing.
 *
 * @example
 * const faults = await startFaultServer(engine.url)
 * faults.arm({ fault: findFault('reset in the body'), match: ({ method }) => method === 'POST', times: 1 })
 */
export async function startFaultServer(origin: string): Promise<FaultServer> {
  const forward = createForward(origin)
  const deadEnds = await openDeadEnds()
  const sockets = new Set<Socket>()
  const seen: Seen[] = []
  const aim = createAim()

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await readAsked(request)
    const fault = aim.take(['instead', 'after'], asked)
    const { method, path, headers } = asked
    const entry: Seen = {
      method,
      path,
      authorization: headers.authorization as string | undefined,
      committed: 0,
      ...(fault && { fault: fault.name }),
    }
    seen.push(entry)
    if (fault?.kind === 'instead') return fault.answer(toLine(request.socket))
    const real = await forward(asked)
    entry.committed += isGood(real)
    if (fault?.kind !== 'after')
      return void response.writeHead(real.status, { 'content-type': real.type }).end(real.body)
    if (fault.deliveries === 2) entry.committed += isGood(await forward(asked))
    fault.answer(toLine(request.socket), real)
  }

  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      const fault = aim.take(['dial'], { method: request.method, path: pathname + search })
      if (fault?.kind !== 'dial') return await fetch(request)
      seen.push({
        method: request.method,
        path: pathname + search,
        authorization: undefined,
        fault: fault.name,
        committed: 0,
      })
      return await fetch(new Request(`http://127.0.0.1:${deadEnds[fault.to]}${pathname}${search}`, request))
    },
    arm: aim.arm,
    lift: aim.lift,
    close: async () => {
      sockets.forEach((socket) => socket.destroy())
      forward.close()
      await Promise.all([deadEnds.close(), new Promise((resolve) => server.close(resolve))])
    },
  }
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const { method = '', url = '', headers } = request
  return { method, path: url, headers, body: Buffer.concat(parts) }
}

const isGood = ({ status }: RealAnswer) => (status >= 200 && status < 300 ? 1 : 0)
