// The host's door of a running proxy, from a shell: what a platform's scripts need.
import { type Answer, type AnyRoute, type Body, type PathParams, Problem, routes, toPath } from '@opsai/contract'
import * as z from 'zod'
import { UsageError } from '../usage-error.js'

const Settings = z.object({
  OPSAI_PROXY_URL: z.url().default('http://localhost:4400/api/airbyte'),
  OPSAI_HOST_KEY: z.string({ error: 'is not set: it is the key the proxy was started with' }).min(32, 'is too short'),
})

interface Parts<R extends AnyRoute> {
  params?: PathParams<R['path']>
  query?: Record<string, string>
  /** Default: nothing, where the route takes a body. */
  body?: Body<R>
}

/** Where the proxy is, and what its host's door is opened with. */
function readSettings(): { base: string; key: string } {
  const settings = Settings.safeParse(process.env)
  if (!settings.success) {
    throw new UsageError(settings.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  }
  return { base: settings.data.OPSAI_PROXY_URL.replace(/\/$/, ''), key: settings.data.OPSAI_HOST_KEY }
}

/** @throws UsageError in the proxy's own words, or where nothing answers */
export const callHostDoor = <R extends AnyRoute>(route: R, parts: Parts<R> = {}): Promise<Answer<R>> =>
  call(route, parts, readSettings().key)

/** A call of the session's door. @throws UsageError as {@link callHostDoor} does */
export type SessionCall = <R extends AnyRoute>(route: R, parts?: Parts<R>) => Promise<Answer<R>>

/** Opens a session of a tenant for a few minutes, as a page of the host would get one. */
export async function openSession(tenantId: string, userId: string, ttlSeconds: number): Promise<SessionCall> {
  const { origin } = new URL(readSettings().base)
  const { token } = await callHostDoor(routes.createSession, {
    body: { tenantId, userId, origins: [origin], ttlSeconds },
  })
  return (route, parts = {}) => call(route, parts, token)
}

async function call<R extends AnyRoute>(route: R, { params, query = {}, body }: Parts<R>, token: string) {
  const { base } = readSettings()
  const search = new URLSearchParams(query).toString()
  const path = fillIn(route, params)
  const request = new Request(base + path + (search && `?${search}`), {
    method: route.method,
    headers: { authorization: `Bearer ${token}`, ...(route.body && { 'content-type': 'application/json' }) },
    ...(route.body && { body: JSON.stringify(body ?? {}) }),
  })
  const answer = await fetch(request).catch(() => {
    throw new UsageError(`nothing answers at ${base}. Is the proxy running? OPSAI_PROXY_URL says where it is.`)
  })
  const text = await answer.text()
  if (!answer.ok) throw new UsageError(toReason(text) ?? `${base} answered ${answer.status}`)
  if (route.answersIn !== 'application/json') return text as Answer<R>
  try {
    return JSON.parse(text) as Answer<R>
  } catch {
    throw new UsageError(`something else than the proxy answers at ${base}. OPSAI_PROXY_URL says where it is.`)
  }
}

/** @throws UsageError where an id can be none */
function fillIn<R extends AnyRoute>(route: R, params: Parts<R>['params']): string {
  try {
    return toPath(route.path, (params ?? {}) as PathParams<R['path']>)
  } catch {
    throw new UsageError(
      `${Object.values(params ?? {})
        .map((id) => JSON.stringify(id))
        .join(', ')} is no id.`,
    )
  }
}

function toReason(text: string): string | undefined {
  try {
    const problem = Problem.safeParse(JSON.parse(text))
    return problem.success ? problem.data.detail : undefined
  } catch {
    return undefined
  }
}
