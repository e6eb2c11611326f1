// Where secrets come in: every handler's body is noted, and every spec that tells what in it is secret.
import type { CheckResult, RouteName } from '@opsai/contract'
import type { Connectors } from '../connectors/connectors.js'
import type { Handlers } from '../http/handler.js'
import { noteConfiguration, noteSpec } from './given-secrets.js'
import { scrubSentences } from './scrub-answer.js'

interface AnyCall {
  body?: { configuration?: unknown }
}
type AnyAnswer = Response | { status: number; body: unknown }
type AnyHandler = (call: AnyCall) => AnyAnswer | Promise<AnyAnswer>

/** The same handlers, for requests whose secrets are known from the first line on. */
export function noteSecrets(handlers: Handlers): Handlers {
  const noted = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (call: AnyCall) => {
      noteConfiguration(toConfiguration(call.body?.configuration))
      const answer = await (handler as unknown as AnyHandler)(call)
      if ((name as RouteName) !== 'testSource' || answer instanceof Response) return answer
      return { ...answer, body: scrubSentences(answer.body as CheckResult) }
    },
  ])
  return Object.fromEntries(noted) as Handlers
}

/** A form carries it as JSON text; text that is none is noted as it is. */
function toConfiguration(configuration: unknown): unknown {
  if (typeof configuration !== 'string') return configuration
  try {
    return JSON.parse(configuration) as unknown
  } catch {
    return configuration
  }
}

/** The same connectors; a spec that is read in the middle of a request says what is secret in it. */
export const noteSpecs = (connectors: Connectors): Connectors => ({
  ...connectors,
  spec: async (...of) => note(await connectors.spec(...of)),
  specOf: async (...of) => note(await connectors.specOf(...of)),
  specOfSource: async (...of) => note(await connectors.specOfSource(...of)),
})

function note<T extends { connectionSpecification?: unknown }>(spec: T): T {
  noteSpec(spec.connectionSpecification)
  return spec
}
