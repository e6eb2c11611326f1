// Sends a request to an Airbyte over the network, with a connection that is up soon or not at all.
import { Agent, fetch as undiciFetch } from 'undici'

const IDLE_MS = 30_000

export type Send = (request: Request) => Promise<Response>

export interface Network {
  send: Send
  /** Lets go of all connections. */
  close(): Promise<void>
}

export function createNetwork({ connectMs, connections }: { connectMs: number; connections: number }): Network {
  const dispatcher = new Agent({
    connect: { timeout: connectMs },
    // The gate and the client hold the deadlines of answers; a body that stands still ends by itself.
    headersTimeout: 0,
    bodyTimeout: IDLE_MS,
    connections,
  })
  return {
    send: async (request) => {
      const body = request.body ? Buffer.from(await request.arrayBuffer()) : null
      const { method, signal } = request
      const headers = Object.fromEntries(request.headers)
      return toResponse(
        await undiciFetch(request.url, { method, body, signal, headers, redirect: 'manual', dispatcher }),
      )
    },
    close: () => dispatcher.destroy(),
  }
}

/** undici's own `Response` is not the one of Node that everybody else knows. */
function toResponse(answer: Awaited<ReturnType<typeof undiciFetch>>): Response {
  const headers = [...answer.headers]
  const { status, statusText } = answer
  return new Response(answer.body as ReadableStream<Uint8Array> | null, { status, statusText, headers })
}
