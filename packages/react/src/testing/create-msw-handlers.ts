import { type AnyRoute, type RouteName, routes } from '@opsai/contract'
import { delay, http, HttpResponse, type RequestHandler } from 'msw'
import { OpsaiError } from '../client/opsai-error.js'
import { isFinalJob } from '../client/watch-job.js'
import { createFakeProxy, type FakeCall, type FakeRouteName } from './fake-proxy.js'
import type { Scenario } from './scenario.js'

/** What {@link createMswHandlers} takes. */
export interface MswHandlersOptions {
  /** As given to `AirbyteProvider`. @default '/api/airbyte' */
  baseUrl?: string
  /** @default 'ready' */
  scenario?: Scenario
  /** Milliseconds every answer takes. @default 0, `slow` 2000 */
  latencyMs?: number
  /** Milliseconds a sync takes. @default 6000 */
  syncMs?: number
  /** Milliseconds a sign-in takes at the provider. @default 2000 */
  signInMs?: number
  /** Whether three sources exist from the start: one synced, one without streams, one syncing. @default only in `connected` and `expired_sign_in` */
  connected?: boolean
  /** @default Date.now */
  now?: () => number
}

/** What every zod schema can do, whichever flavour it is. */
interface Parser {
  safeParse(data: unknown): { success: true; data: unknown } | { success: false; error: { message: string } }
}

/**
 * MSW handlers that answer every session route like a proxy whose Airbyte works, or fails in one chosen way: test and
 * show an embedded hub with no server. Requests and answers are checked with the contract's own schemas. State lives as
 * long as the handlers: make new ones for each test.
 *
 * @example
 * const server = setupServer(...createMswHandlers({ scenario: 'failing_check' }))
 */
export function createMswHandlers(options: MswHandlersOptions = {}): RequestHandler[] {
  const { baseUrl = '/api/airbyte', scenario = 'ready', syncMs = 6000, signInMs = 2000, now = Date.now } = options
  const isConnected = options.connected ?? (scenario === 'connected' || scenario === 'expired_sign_in')
  const latencyMs = options.latencyMs ?? (scenario === 'slow' ? 2000 : 0)
  const fake = createFakeProxy({ scenario, syncMs, signInMs, now, isConnected })

  const respond = async <N extends FakeRouteName>(name: N, call: FakeCall<N>) => {
    await (scenario === 'loading' ? delay('infinite') : delay(latencyMs))
    if (scenario === 'offline') return HttpResponse.error()
    if (scenario === 'failing_server') return toProblem(brokenServer())
    try {
      const route: AnyRoute = routes[name]
      const body = route.body ? parse(route.body as unknown as Parser, call.body, `${name}: request`) : undefined
      return toAnswer(name, fake[name]({ ...call, body } as FakeCall<N>))
    } catch (thrown) {
      if (thrown instanceof OpsaiError) return toProblem(thrown)
      throw thrown
    }
  }

  const names = Object.keys(fake) as FakeRouteName[]
  const handlers = names.map((name) => {
    const route: AnyRoute = routes[name]
    const listen = http[route.method.toLowerCase() as Lowercase<AnyRoute['method']>]
    return listen(toMswPath(baseUrl, route), async ({ request, params }) => {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const body: unknown = route.body ? await request.json() : undefined
      return respond(name, { params: toStrings(params), query, body } as FakeCall<typeof name>)
    })
  })
  const stream = <T>(
    name: 'streamJob' | 'streamFlow',
    event: string,
    read: Reader<T>,
    isFinal: (thing: T) => boolean,
  ) =>
    http.get(toMswPath(baseUrl, routes[name]), ({ params }) =>
      scenario === 'offline'
        ? HttpResponse.error()
        : toEventStream(event, () => read({ params: toStrings(params), query: {}, body: undefined }), isFinal),
    )
  return [
    stream('streamJob', 'job', fake.getJob, isFinalJob),
    stream('streamFlow', 'flow', fake.getFlow, ({ status }) => status !== 'authorizing' && status !== 'creating'),
    ...handlers,
  ]
}

const toMswPath = (baseUrl: string, { path }: { path: string }) =>
  baseUrl.replace(/\/+$/, '') + path.replace(/\{(\w+)\}/g, ':$1')

const toStrings = (params: Readonly<Record<string, string | readonly string[] | undefined>>) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))

function parse(parser: Parser | undefined, data: unknown, what: string): unknown {
  const parsed = parser?.safeParse(data)
  if (parsed?.success) return parsed.data
  throw new Error(
    `[opsai/react/testing] ${what} does not fit the contract: ${parsed?.error.message ?? 'no such answer'}`,
  )
}

function toAnswer(name: RouteName, answer: unknown) {
  const route: AnyRoute = routes[name]
  const needsSignIn = typeof answer === 'object' && answer !== null && 'authUrl' in answer
  const statuses = Object.keys(route.answers).map(Number)
  const status = needsSignIn ? 200 : Math.max(...statuses)
  parse(route.answers[status] as unknown as Parser, answer, `${name}: answer`)
  return HttpResponse.json(answer as Record<string, unknown>, { status })
}

const brokenServer = () =>
  new OpsaiError({
    code: 'internal',
    status: 500,
    message: 'The fake proxy was asked to fail.',
    displayMessage: 'Something failed on our side.',
    remedy: 'Try again. If it stays, give support the reference below.',
  })

function toProblem({ code, message, displayMessage, remedy, retryable, status = 500 }: OpsaiError) {
  const problem = {
    type: `urn:opsai:problem:${code}`,
    title: displayMessage,
    status,
    code,
    detail: message,
    displayMessage,
    ...(remedy && { remedy }),
    retryable,
    requestId: 'req_7F3K',
  }
  return HttpResponse.json(problem, { status, headers: { 'content-type': 'application/problem+json' } })
}

const eventEveryMs = 150

type Reader<T> = (call: { params: Record<string, string>; query: Record<string, undefined>; body: undefined }) => T

function toEventStream<T>(event: string, read: () => T, isFinal: (thing: T) => boolean) {
  const encoder = new TextEncoder()
  let timer: ReturnType<typeof setTimeout>
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = () => {
        const thing = read()
        controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(thing)}\n\n`))
        if (isFinal(thing)) controller.close()
        else timer = setTimeout(tell, eventEveryMs)
      }
      tell()
    },
    cancel: () => clearTimeout(timer),
  })
  return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } })
}
