// How a call can go wrong, and at which step.
import type { IncomingMessage } from 'node:http'
import type { Hono } from 'hono'

const paths = {
  'find project': /^GET \/v9\/projects\//,
  'create project': /^POST \/v11\/projects/,
  'update project': /^PATCH \/v9\/projects\//,
  'delete project': /^DELETE \/v9\/projects\/[^/]+$/,
  'write env': /^POST \/v10\/projects\/[^/]+\/env/,
  'upload file': /^POST \/v2\/files/,
  'list deployments': /^GET \/v6\/deployments/,
  'create deployment': /^POST \/v13\/deployments/,
  'get deployment': /^GET \/v13\/deployments\//,
  'read events': /^GET \/v3\/deployments\//,
  promote: /^POST \/v10\/projects\/[^/]+\/promote\//,
  'roll back': /^POST \/v1\/projects\/[^/]+\/rollback\//,
} as const
export type VercelStep = keyof typeof paths

export const faultKinds = [
  '401',
  '403',
  '404',
  '409',
  '429, at once',
  '429, in an hour',
  '500',
  '503 as a page',
  'lost before',
  'lost after',
  'silent',
  'garbage',
] as const
export type FaultKind = (typeof faultKinds)[number]

export interface Fault {
  step: VercelStep
  kind: FaultKind
  /** How often it is so. */
  times: number
}

/** What goes wrong; each that is used up is as if it were not. */
export type Faults = Fault[]

const codes: Partial<Record<FaultKind, string>> = {
  '401': 'unauthorized',
  '403': 'forbidden',
  '404': 'not_found',
  '409': 'conflict',
  '500': 'internal_server_error',
}

export function toFaulty(
  app: Hono,
  faults: Faults,
): (request: Request, incoming: IncomingMessage) => Promise<Response> {
  return async (request, incoming) => {
    const call = `${request.method} ${new URL(request.url).pathname}`
    const fault = faults.find(({ step, times }) => times > 0 && paths[step].test(call))
    if (!fault) return await app.fetch(request)
    fault.times--
    return await misbehave(fault.kind, () => app.fetch(request), incoming)
  }
}

async function misbehave(
  kind: FaultKind,
  answer: () => Response | Promise<Response>,
  incoming: IncomingMessage,
): Promise<Response> {
  const cutOff = () => {
    incoming.socket.destroy()
    return new Response(null)
  }
  switch (kind) {
    case 'lost before':
      return cutOff()
    case 'lost after':
      await answer()
      return cutOff()
    case 'silent':
      await new Promise((resolve) => incoming.socket.once('close', resolve))
      return new Response(null)
    case 'garbage':
      await answer()
      return Response.json({ this: 'is nothing that is documented' })
    case '503 as a page':
      return new Response('<html>Service Unavailable</html>', { status: 503, headers: { 'content-type': 'text/html' } })
    case '429, at once':
    case '429, in an hour': {
      const seconds = kind === '429, at once' ? 0 : 3600
      const reset = Math.floor(Date.now() / 1000) + seconds
      const headers = {
        'retry-after': String(seconds),
        'x-ratelimit-limit': '100',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(reset),
      }
      const error = {
        code: 'rate_limited',
        message: 'The rate limit was exceeded',
        limit: { remaining: 0, reset, resetMs: reset * 1000, total: 100 },
      }
      return Response.json({ error }, { status: 429, headers })
    }
    default:
      return Response.json(
        { error: { code: codes[kind], message: `it is told to answer ${kind}` } },
        { status: Number(kind) },
      )
  }
}
