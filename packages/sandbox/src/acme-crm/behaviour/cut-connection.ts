import type { Context } from 'hono'

/** What we need of a connection in order to cut it. */
export interface Connection {
  outgoing?: { destroy(): unknown }
}

// The word by which `@hono/node-server` knows that there is nothing left to send.
const alreadySent = 'x-hono-already-sent'

/** Ends the request without an answer, as a proxy that restarts does. */
export function cutConnection(c: Context): Response {
  const { outgoing } = (c.env ?? {}) as Connection
  outgoing?.destroy()
  return new Response(null, { headers: { [alreadySent]: 'true' } })
}

/** Was it cut? Whoever called without a connection has to be told. */
export function wasCut(response: Response): boolean {
  return response.headers.has(alreadySent)
}
