// Drives every route from the contract's table: door, parts, idempotency, handler, answer. In this order.
import { randomUUID } from 'node:crypto'
import { type AnyRoute, type RouteName, routes, type Schema } from '@opsai/contract'
import type { Context, Hono } from 'hono'
import * as z from 'zod'
import { asPage } from '../oauth/error-page.js'
import type { Caller, Services } from '../services.js'
import { readBearer, refuseTokenInUrl } from '../session/bearer.js'
import { requireHost } from '../session/host-door.js'
import { admit, readSession } from '../session/session-door.js'
import { inScope } from '../upstream/scope.js'
import type { Handlers } from './handler.js'
import { readIdempotencyKey, runOnce, toOperationId } from './idempotency.js'
import { looksLikeId, parsePart } from './parse.js'
import { notFound, ProblemError } from './problem.js'
import { readForm, readJson } from './read-body.js'
import { toProblem } from './to-problem.js'

export interface RequestVariables {
  requestId: string
  /** Whose pages may read the answer, once the token has said so. */
  origins?: readonly string[]
}
type AppContext = Context<{ Variables: RequestVariables }>

/** A handler as the table sees it: which one it is has been checked where {@link Handlers} was put together. */
type AnyHandler = (call: Record<string, unknown>) => Response | AnyAnswer | Promise<Response | AnyAnswer>
interface AnyAnswer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export function registerRoutes(
  app: Hono<{ Variables: RequestVariables }>,
  handlers: Handlers,
  services: Services,
): void {
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: AnyRoute = routes[name]
    const handler = handlers[name] as unknown as AnyHandler
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), (context) => {
      const work = () => answer(context, route, handler, services)
      return route.answersIn === 'text/html' ? asPage(services, context.req.raw, work) : work()
    })
  }
}

async function answer(
  context: AppContext,
  route: AnyRoute,
  handler: AnyHandler,
  services: Services,
): Promise<Response> {
  refuseTokenInUrl(new URL(context.req.raw.url))
  const caller = await openDoor(context, route, services)
  const { tenantId, workspaceId } = caller?.tenant ?? {}
  const owner = { ...(tenantId !== undefined && { tenantId }), ...(workspaceId !== undefined && { workspaceId }) }
  return await inScope(owner, () => answerInside(context, route, handler, services, caller))
}

async function answerInside(
  context: AppContext,
  route: AnyRoute,
  handler: AnyHandler,
  services: Services,
  caller: Caller | undefined,
): Promise<Response> {
  const request = context.req.raw
  const url = new URL(request.url)
  const params = readParams(context)
  const query = route.query ? parsePart(route.query, Object.fromEntries(url.searchParams), 'query') : undefined
  const { text, body } = await readBody(request, route)
  const call = { params, query, body, caller, request, requestId: context.get('requestId'), signal: request.signal }
  const isKeyed = route.method === 'POST' && (route.door === 'host' || route.door === 'session')
  const key = isKeyed ? readIdempotencyKey(request) : undefined
  const run = async (operationId: string) => {
    try {
      return toResponse(await handler({ ...call, operationId }), route)
    } catch (error) {
      throw call.signal.aborted && error === call.signal.reason ? leftEarly() : error
    }
  }
  if (key === undefined) return await run(randomUUID())
  const scope = caller ? `session\0${caller.tenant.tenantId}\0${caller.userId}` : 'host'
  const operationId = toOperationId(services.sealer, scope, key, url.pathname)
  return await runOnce({
    db: services.db,
    sealer: services.sealer,
    scope,
    key,
    fingerprint: `${request.method}\n${url.pathname}\n${text}`,
    run: () => run(operationId).catch((error: unknown) => toProblemResponse(error, context.get('requestId'), services)),
  })
}

/** Nothing of ours failed, and nobody reads the answer; asked again under the same key, it is done. */
const leftEarly = () =>
  new ProblemError('internal', { detail: 'Whoever asked left before there was an answer.', expected: true })

async function openDoor(
  context: AppContext,
  route: AnyRoute,
  { db, settings, now, limit }: Services,
): Promise<Caller | undefined> {
  if (route.door === 'host') requireHost(context.req.raw, settings.hostKey)
  if (route.door !== 'session') return undefined
  const session = await readSession(db, readBearer(context.req.raw), now())
  context.set('origins', session.origins)
  const caller = admit(session, context.req.header('origin') ?? null)
  await limit.spend(caller.tenant.tenantId)
  return caller
}

function readParams(context: AppContext): Record<string, string> {
  const params: Record<string, string> = context.req.param() as Record<string, string>
  for (const [name, value] of Object.entries(params)) {
    // The host names its tenants itself; every other id is one we gave out.
    if (!looksLikeId(name, value)) throw notFound()
  }
  return params
}

async function readBody(request: Request, route: AnyRoute): Promise<{ text: string; body: unknown }> {
  if (!route.body) return { text: '', body: undefined }
  if (route.door === 'form') return { text: '', body: await readForm(request) }
  const { text, value } = await readJson(request)
  return { text, body: parsePart(route.body, value, 'body') }
}

function toResponse(result: Response | AnyAnswer, route: AnyRoute): Response {
  if (result instanceof Response) return result
  if (process.env.NODE_ENV !== 'production') checkAnswer(result, route)
  return Response.json(result.body, {
    status: result.status,
    headers: { 'cache-control': 'no-store', ...result.headers },
  })
}

/** In development and tests an answer that is not the contract's is an error, not a surprise in somebody's browser. */
function checkAnswer({ status, body }: AnyAnswer, route: AnyRoute): void {
  const schema: Schema | undefined = route.answers[status]
  const parsed = schema && z.safeParse(schema, body)
  if (!parsed?.success) {
    throw new Error(
      `${route.method} ${route.path} answered ${status} against the contract: ${parsed ? z.prettifyError(parsed.error) : 'unknown status'}`,
    )
  }
}

/** The one place where an error becomes an answer. */
export function toProblemResponse(error: unknown, requestId: string, { log }: Pick<Services, 'log'>): Response {
  const { problem, headers } = toProblem(error, requestId)
  const isExpected = error instanceof ProblemError && error.facts.expected
  if (problem.status >= 500 && !isExpected) log.error('request failed', { requestId, problem: problem.code, error })
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}
