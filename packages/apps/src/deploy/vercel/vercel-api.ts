// Vercel's REST API as it is documented (vercel.com/docs/rest-api), as far as apps are deployed by it. One try each.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import {
  deploymentAnswer,
  deploymentsAnswer,
  envAnswer,
  eventsAnswer,
  projectAnswer,
  type VercelDeployment,
  type VercelProject,
} from './answers.js'
import { within } from '../within.js'
import { toFailure, VercelFailure } from './failure.js'

export interface VercelApiOptions {
  token: string
  teamId?: string
  baseUrl: string
  fetch: typeof globalThis.fetch
  callTimeoutMs: number
}

interface Call<Answer extends z.ZodType> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  query?: Record<string, string>
  json?: unknown
  bytes?: Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
  answer: Answer
}

const nothing = z.unknown()
const id = encodeURIComponent

export type VercelApi = ReturnType<typeof createVercelApi>

/** Each verb throws `VercelFailure` where it does not go well, or the reason of the signal it was made with. */
export function createVercelApi(options: VercelApiOptions, signal: AbortSignal) {
  const call = <Answer extends z.ZodType>(one: Call<Answer>): Promise<z.infer<Answer>> => send(options, signal, one)
  return {
    findProject: (name: string): Promise<VercelProject | undefined> =>
      call({ method: 'GET', path: `/v9/projects/${id(name)}`, answer: projectAnswer }).catch(unlessMissing),
    createProject: (project: object): Promise<VercelProject> =>
      call({ method: 'POST', path: '/v11/projects', json: project, answer: projectAnswer }),
    updateProject: (projectId: string, change: object): Promise<unknown> =>
      call({ method: 'PATCH', path: `/v9/projects/${id(projectId)}`, json: change, answer: nothing }),
    deleteProject: (projectId: string): Promise<unknown> =>
      call({ method: 'DELETE', path: `/v9/projects/${id(projectId)}`, answer: nothing }).catch(unlessMissing),
    writeEnv: (projectId: string, entries: readonly object[]) =>
      call({
        method: 'POST',
        path: `/v10/projects/${id(projectId)}/env`,
        query: { upsert: 'true' },
        json: entries,
        answer: envAnswer,
      }),
    deleteEnv: (projectId: string, envId: string): Promise<unknown> =>
      call({ method: 'DELETE', path: `/v9/projects/${id(projectId)}/env/${id(envId)}`, answer: nothing }).catch(
        unlessMissing,
      ),
    uploadFile: (bytes: Uint8Array<ArrayBuffer>): Promise<unknown> => {
      const headers = { 'x-vercel-digest': toDigest(bytes), 'content-type': 'application/octet-stream' }
      return call({ method: 'POST', path: '/v2/files', bytes, headers, answer: nothing })
    },
    listDeployments: (projectId: string) =>
      call({ method: 'GET', path: '/v6/deployments', query: { projectId, limit: '20' }, answer: deploymentsAnswer }),
    createDeployment: (deployment: object): Promise<VercelDeployment> => {
      const query = { forceNew: '1', skipAutoDetectionConfirmation: '1' }
      return call({ method: 'POST', path: '/v13/deployments', query, json: deployment, answer: deploymentAnswer })
    },
    getDeployment: (deploymentId: string): Promise<VercelDeployment> =>
      call({ method: 'GET', path: `/v13/deployments/${id(deploymentId)}`, answer: deploymentAnswer }),
    cancelDeployment: (deploymentId: string): Promise<unknown> =>
      call({ method: 'PATCH', path: `/v12/deployments/${id(deploymentId)}/cancel`, answer: nothing }),
    listEvents: (deploymentId: string) =>
      call({
        method: 'GET',
        path: `/v3/deployments/${id(deploymentId)}/events`,
        query: { builds: '1', limit: '-1' },
        answer: eventsAnswer,
      }),
    promote: (projectId: string, deploymentId: string): Promise<unknown> =>
      call({
        method: 'POST',
        path: `/v10/projects/${id(projectId)}/promote/${id(deploymentId)}`,
        json: {},
        answer: nothing,
      }),
    rollBack: (projectId: string, deploymentId: string): Promise<unknown> =>
      call({
        method: 'POST',
        path: `/v1/projects/${id(projectId)}/rollback/${id(deploymentId)}`,
        json: {},
        answer: nothing,
      }),
  }
}

/** What a file is called by. */
export const toDigest = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')

async function send<Answer extends z.ZodType>(
  options: VercelApiOptions,
  signal: AbortSignal,
  call: Call<Answer>,
): Promise<z.infer<Answer>> {
  const { status, headers, body } = await fetchText(options, signal, call)
  if (status < 200 || status > 299) throw toFailure(status, headers, body, Date.now())
  const parsed = call.answer.safeParse(body === '' ? undefined : readJson(body))
  if (parsed.success) return parsed.data
  throw new VercelFailure(
    status,
    'unreadable',
    `what it answered to ${call.method} ${call.path} is not what its documentation says`,
  )
}

async function fetchText(
  { token, teamId, baseUrl, fetch, callTimeoutMs }: VercelApiOptions,
  signal: AbortSignal,
  call: Call<z.ZodType>,
) {
  signal.throwIfAborted()
  const url = new URL(call.path, baseUrl)
  for (const [name, value] of Object.entries({ ...call.query, ...(teamId && { teamId }) }))
    url.searchParams.set(name, value)
  const body = call.bytes ?? (call.json === undefined ? undefined : JSON.stringify(call.json))
  const type: Record<string, string> = call.json === undefined ? {} : { 'content-type': 'application/json' }
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...type, ...call.headers }
  try {
    return await within(callTimeoutMs, signal, async (ending) => {
      const { method } = call
      const answer = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        signal: ending,
        redirect: 'error',
      })
      return { status: answer.status, headers: answer.headers, body: await answer.text() }
    })
  } catch (error) {
    signal.throwIfAborted()
    throw new VercelFailure(undefined, 'lost', describeLost(error, callTimeoutMs))
  }
}

/** Only the system's code: an error of `fetch` may hold the address and what was sent. */
function describeLost(error: unknown, timeoutMs: number): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } }
  return name === 'TimeoutError'
    ? `nothing came within ${timeoutMs / 1000} s`
    : `the connection failed (${cause?.code ?? 'no reason given'})`
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof VercelFailure && error.status === 404) return undefined
  throw error
}
