// The proxy as a Hono app: what every request gets, whatever its route.
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Handlers } from './http/handler.js'
import { notFound, ProblemError } from './http/problem.js'
import { type RequestVariables, registerRoutes, toProblemResponse } from './http/register-routes.js'
import { registerConsent } from './oauth/consent.js'
import { scrubProblem } from './secrets/scrub-answer.js'
import type { Services } from './services.js'
import { createKnownOrigins, preflightHeaders, toCorsHeaders } from './session/cors.js'
import { runAs } from './session/request-context.js'

export function createApp(handlers: Handlers, services: Services): Hono<{ Variables: RequestVariables }> {
  const { settings, db, now, log } = services
  const isKnown = createKnownOrigins(db, now)
  const returnOrigins = new Set(settings.returnUrls.map((url) => new URL(url).origin))
  const mayRead = async (origin: string) => returnOrigins.has(origin) || (await isKnown(origin))

  const app = new Hono<{ Variables: RequestVariables }>().basePath(settings.basePath)

  app.use((context, next) => {
    const requestId = randomUUID()
    context.set('requestId', requestId)
    const origin = context.req.header('origin')
    return runAs({ requestId, ...(origin && { origin }) }, next)
  })

  app.use(async (context, next) => {
    const requestId = context.get('requestId')
    const startedAt = performance.now()
    await next()
    context.res = await scrubProblem(context.res)
    const { headers } = context.res
    headers.set('x-request-id', requestId)
    headers.set('x-content-type-options', 'nosniff')
    headers.append('vary', 'Origin')
    log.info('request', {
      requestId,
      method: context.req.method,
      route: context.req.routePath,
      status: context.res.status,
      ms: Math.round(performance.now() - startedAt),
    })
  })

  app.use(async (context, next) => {
    const origin = context.req.header('origin')
    if (context.req.method === 'OPTIONS') {
      if (!origin || !(await mayRead(origin))) throw originNotAllowed(origin)
      return new Response(null, { status: 204, headers: { ...toCorsHeaders(origin), ...preflightHeaders } })
    }
    await next()
    if (!origin) return
    const origins = context.get('origins') ?? []
    const allowed = origins.length > 0 ? origins.includes(origin) : await mayReadError(context.res, origin, mayRead)
    if (allowed) for (const [name, value] of Object.entries(toCorsHeaders(origin))) context.res.headers.set(name, value)
  })

  app.use(async (context, next) => {
    const isHealth = context.req.path === `${settings.basePath}/health`
    if (services.lifecycle.isStopping() && !isHealth) throw isStopping()
    await next()
  })

  registerConsent(app, services)
  registerRoutes(app, handlers, services)
  app.notFound((context) => toProblemResponse(notFound(), context.get('requestId') ?? randomUUID(), services))
  app.onError((error, context) => toProblemResponse(error, context.get('requestId') ?? randomUUID(), services))
  return app
}

/** Where no token has said whose pages may read, a page some live token is for may read why it failed. */
async function mayReadError(response: Response, origin: string, mayRead: (origin: string) => Promise<boolean>) {
  const isProblem = response.headers.get('content-type') === 'application/problem+json'
  return isProblem && response.status !== 403 && (await mayRead(origin))
}

const originNotAllowed = (origin: string | undefined) =>
  new ProblemError('origin_not_allowed', {
    detail: `No session is for pages of ${origin ?? 'an unnamed origin'}. Add it to origins where the session is created.`,
  })

const isStopping = () =>
  new ProblemError('upstream_unavailable', {
    detail: 'This proxy is stopping and takes no new work. Send the request again: another one answers it.',
    headers: { 'retry-after': '1' },
    expected: true,
  })
