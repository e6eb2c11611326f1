// What `opsai create` asks a running proxy: the tenant's .env by the host's door, what is connected by a session of a few
// minutes, as any page of the host would.
import { type Answer, type AnyRoute, type Body, type PathParams, Problem, routes, toPath } from '@opsai/contract'
import * as z from 'zod'
import { UsageError } from '../usage-error.js'

const Settings = z.object({
  OPSAI_PROXY_URL: z.url().default('http://localhost:4400/api/airbyte'),
  OPSAI_HOST_KEY: z.string({ error: 'is not set: it is the key the proxy was started with' }).min(32, 'is too short'),
})

export interface Proxy {
  /** The `.env` as the proxy writes it. */
  env(): Promise<string>
  /** Opens a session of the tenant; what it answers makes calls. */
  openSession(): Promise<SessionCall>
}

/** A call of the session's door. @throws UsageError in the proxy's own words */
export type SessionCall = <R extends AnyRoute>(route: R, parts?: { body?: Body<R> }) => Promise<Answer<R>>

const SESSION_SECONDS = 300

/** @throws UsageError naming the setting that is missing or wrong */
export function openProxy(environment: Readonly<Record<string, string | undefined>>, tenantId: string): Proxy {
  const settings = Settings.safeParse(environment)
  if (!settings.success) {
    throw new UsageError(settings.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  }
  const { OPSAI_PROXY_URL: base, OPSAI_HOST_KEY: hostKey } = settings.data
  const url = base.replace(/\/$/, '')
  const origin = new URL(base).origin
  return {
    env: () => call(url, hostKey, routes.getTenantEnv, { params: { tenantId } }),
    openSession: async () => {
      const body = { tenantId, userId: 'opsai create', origins: [origin], ttlSeconds: SESSION_SECONDS }
      const { token } = await call(url, hostKey, routes.createSession, { body })
      return (route, parts = {}) => call(url, token, route, parts)
    },
  }
}

interface Parts<R extends AnyRoute> {
  params?: PathParams<R['path']>
  body?: Body<R>
}

async function call<R extends AnyRoute>(base: string, token: string, route: R, parts: Parts<R>): Promise<Answer<R>> {
  const answer = await fetch(base + toPath(route.path, (parts.params ?? {}) as never), {
    method: route.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(parts.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(parts.body !== undefined && { body: JSON.stringify(parts.body) }),
  }).catch(() => {
    throw new UsageError(`nothing answers at ${base}. Is the proxy running? OPSAI_PROXY_URL says where it is.`)
  })
  const text = await answer.text()
  if (!answer.ok) throw new UsageError(toReason(text) ?? `${base} answered ${answer.status}.`)
  return (route.answersIn === 'application/json' ? JSON.parse(text) : text) as Answer<R>
}

function toReason(text: string): string | undefined {
  try {
    const problem = Problem.safeParse(JSON.parse(text))
    return problem.success ? problem.data.detail : undefined
  } catch {
    return undefined
  }
}
