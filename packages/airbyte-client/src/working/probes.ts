// What this Airbyte offers, found out by questions that make nothing: ids nobody has, bodies without contents.
import * as z from 'zod'
import { type AirbyteError, isAirbyteError } from '../airbyte-error.js'
import type { Call, Requester } from '../request.js'
import { Capabilities, CommandStatus, pageOf } from '../schemas.js'
import { isPage } from '../understand-answer.js'
import { once } from './once.js'

export type Probes = ReturnType<typeof createProbes>

/** Each question is asked once. An Airbyte that is down answers none of them: then they throw. */
export function createProbes(request: Requester, edition: 'cloud' | 'selfManaged') {
  return {
    /** What the embedded engine says of itself; `undefined` from a real Airbyte. */
    engine: once(async () => {
      const call = { door: 'config', method: 'get', path: 'opsai/capabilities' } as const
      const answer = await answerOf(request, { ...call, answer: Capabilities })
      return answer.kind === 'good' ? answer.value : undefined
    }),

    /** `version`, and whether the Config API is open to us. */
    instance: once(async () => {
      const call = { door: 'config', method: 'get', path: 'instance_configuration' } as const
      const answer = await answerOf(request, { ...call, answer: z.looseObject({ version: z.unknown() }) })
      if (answer.kind === 'good') return { api: 'present', ...versionOf(answer.value) } as const
      if (answer.error.status === 401 || answer.error.status === 403) return { api: 'forbidden' } as const
      const health = { door: 'config', method: 'get', path: 'health', anonymous: true } as const
      const { kind } = await answerOf(request, { ...health, answer: z.looseObject({ available: z.boolean() }) })
      return { api: kind === 'good' ? 'present' : 'absent' } as const
    }),

    publicApi: once(async () => {
      const call = { door: 'public', method: 'get', path: 'health', anonymous: true, text: true } as const
      const answer = await answerOf(request, { ...call, answer: z.string() })
      return answer.kind === 'good' && !isPage(answer.value)
    }),

    /** Asks beyond the end of a list, so that nothing of a tenant comes where anybody may look. */
    authentication: once(async () => {
      if (edition === 'cloud') return 'required'
      const search = new URLSearchParams({ limit: '1', offset: '1000000' })
      const call = { door: 'public', method: 'get', path: 'workspaces', search, anonymous: true } as const
      const answer = await answerOf(request, { ...call, answer: pageOf(z.unknown()) })
      if (answer.kind === 'good') return 'off'
      return answer.error.status === 401 || answer.error.status === 403 ? 'required' : 'unknown'
    }),

    commands: once(async () => {
      const call = { door: 'config', method: 'post', path: 'commands/status', reads: true } as const
      const answer = await answerOf(request, { ...call, json: { id: crypto.randomUUID() }, answer: CommandStatus })
      return answer.kind === 'good' || isAboutTheCommand(answer.error)
    }),

    /** An empty body is refused before anything is begun; without the call it is an empty 501. */
    initiateOAuth: once(async () => {
      const call = { door: 'public', method: 'post', path: 'sources/initiateOAuth', reads: true } as const
      const answer = await answerOf(request, { ...call, json: {} })
      if (answer.kind === 'good') return true
      if (answer.error.status === 401) throw answer.error
      return ['invalid', 'forbidden', 'conflict'].includes(answer.error.code)
    }),
  }
}

type Answer<T> = { kind: 'good'; value: T } | { kind: 'refused'; error: AirbyteError }

/** Down, busy or failing inside is no answer to what it can do. */
async function answerOf<T>(request: Requester, call: Call<T>): Promise<Answer<T>> {
  try {
    return { kind: 'good', value: await request(call) }
  } catch (error) {
    if (!isAirbyteError(error) || noAnswer.has(error.code) || error.status === undefined) throw error
    return { kind: 'refused', error }
  }
}

const noAnswer = new Set<AirbyteError['code']>(['unavailable', 'timeout', 'network', 'rate_limited'])

/** Airbyte says "forbidden" of an id it does not know; an unknown route and a gateway speak otherwise. */
function isAboutTheCommand({ status, problem }: AirbyteError): boolean {
  if (typeof problem !== 'object' || problem === null) return false
  const isProblem = 'type' in problem || 'title' in problem
  if (status === 403) return isProblem || 'errorId' in problem
  return isProblem && (status === 404 || status === 400 || status === 422)
}

const versionOf = ({ version }: { version?: unknown }) =>
  typeof version === 'string' && /^[\w.+-]{1,60}$/.test(version) ? { version } : {}
