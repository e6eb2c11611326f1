// Words of Airbyte's and of connectors reach browsers in errors and check results, and may quote what was typed.
import type { CheckResult, Problem } from '@opsai/contract'
import { scrubText as scrub } from './scrub.js'

/** The sentences of a problem or a check result, without what the request brought as secret. */
export function scrubSentences<T extends Problem | CheckResult>(said: T): T {
  const copy: Record<string, unknown> = { ...said }
  for (const name of ['detail', 'displayMessage', 'message', 'remedy'])
    if (typeof copy[name] === 'string') copy[name] = scrub(copy[name])
  if (said.fieldErrors) {
    copy.fieldErrors = said.fieldErrors.map((error) => ({ ...error, message: scrub(error.message) }))
  }
  return copy as T
}

/** An answer as it may leave: problems are scrubbed, everything else is untouched. */
export async function scrubProblem(answer: Response): Promise<Response> {
  if (answer.headers.get('content-type') !== 'application/problem+json') return answer
  const problem = (await answer.json()) as Problem
  return new Response(JSON.stringify(scrubSentences(problem)), { status: answer.status, headers: answer.headers })
}
