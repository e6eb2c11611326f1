// The proxy as a script sees it: plain HTTP, each answer parsed by the contract.
import {
  type Answer,
  type AnyRoute,
  type Body,
  Problem,
  type RouteName,
  type Schema,
  routes,
  toPath,
} from '@opsai/contract'

type Routes = typeof routes
export interface Call<N extends RouteName> {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Body<Routes[N]>
}

/** A problem the proxy answered. */
export class ProblemAnswer extends Error {
  override name = 'ProblemAnswer' as const
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`)
  }
}

/** Calls one route and parses what it answers. `token` is a session's or the host key. */
export type ProxyApi = <N extends RouteName>(name: N, call?: Call<N>) => Promise<Answer<Routes[N]>>

export function createProxyApi(origin: string, token: string): ProxyApi {
  return async (name, { params = {}, query, body } = {}) => {
    const route: AnyRoute = routes[name]
    const path = toPath(route.path, params as never)
    const search = query ? `?${new URLSearchParams(query)}` : ''
    const response = await fetch(`${origin}/api/airbyte${path}${search}`, {
      method: route.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: route.body ? JSON.stringify(body ?? {}) : undefined,
    })
    const text = await response.text()
    if (!response.ok) throw new ProblemAnswer(Problem.parse(JSON.parse(text)))
    const schema = route.answers[response.status]
    if (!schema) throw new Error(`${name} answered ${response.status}, which is not in the contract`)
    return parseAnswer(schema, route.answersIn === 'application/json' ? JSON.parse(text) : text) as never
  }
}

function parseAnswer(schema: Schema, answer: unknown): unknown {
  const parsed = schema['~standard'].validate(answer)
  if (parsed instanceof Promise) throw new Error('the contract has no async schemas')
  if (parsed.issues) throw new Error(`not as the contract says: ${JSON.stringify(parsed.issues)}`)
  return parsed.value
}

/** A session for one tenant, and the calls it may make. */
export async function openSession(origin: string, hostKey: string, tenantId: string, userId = 'ada') {
  const host = createProxyApi(origin, hostKey)
  const session = await host('createSession', { body: { tenantId, userId, origins: [origin] } })
  return { host, token: session.token, api: createProxyApi(origin, session.token) }
}

/** Waits for a job's end, polling as a script would. */
export async function waitForJob(api: ProxyApi, jobId: string) {
  for (;;) {
    const job = await api('getJob', { params: { jobId } })
    if (['succeeded', 'failed', 'cancelled'].includes(job.status)) return job
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
