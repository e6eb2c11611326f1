// The host's door of a running proxy, from a shell: what a platform's scripts need.
import { type Answer, type AnyRoute, type PathParams, Problem, toPath } from '@opsai/contract'
import * as z from 'zod'
import { UsageError } from '../usage-error.js'

const Settings = z.object({
  OPSAI_PROXY_URL: z.url().default('http://localhost:4400/api/airbyte'),
  OPSAI_HOST_KEY: z.string({ error: 'is not set: it is the key the proxy was started with' }).min(32, 'is too short'),
})

interface Parts<R extends AnyRoute> {
  params: PathParams<R['path']>
  query?: Record<string, string>
}

/** @throws UsageError in the proxy's own words, or where nothing answers */
export async function callHostDoor<R extends AnyRoute>(route: R, { params, query = {} }: Parts<R>): Promise<Answer<R>> {
  const settings = Settings.safeParse(process.env)
  if (!settings.success) {
    throw new UsageError(settings.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  }
  const { OPSAI_PROXY_URL: base, OPSAI_HOST_KEY: key } = settings.data
  const search = new URLSearchParams(query).toString()
  const request = new Request(base.replace(/\/$/, '') + toPath(route.path, params) + (search && `?${search}`), {
    method: route.method,
    headers: { authorization: `Bearer ${key}`, ...(route.body && { 'content-type': 'application/json' }) },
    ...(route.body && { body: '{}' }),
  })
  const answer = await fetch(request).catch(() => {
    throw new UsageError(`nothing answers at ${base}. Is the proxy running? OPSAI_PROXY_URL says where it is.`)
  })
  const text = await answer.text()
  if (!answer.ok) throw new UsageError(toReason(text) ?? `${base} answered ${answer.status}`)
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
