// What the Config API answers when something is wrong. Since Airbyte 2.0 that is mostly an `errorId` to look for in the
// log; where its document still promises words, there are words.
import { randomUUID } from 'node:crypto'
import { errorFacts, type EngineLogger } from '../../logger.js'
import { Problem, UnknownId } from '../problem.js'

/** The `onError` of the Config API: unknown ids are 404 with nothing but an id to look for (trap 25). */
export function createConfigErrors(logger: EngineLogger) {
  return (error: Error): Response => {
    if (error instanceof UnknownId) return Response.json({ errorId: randomUUID() }, { status: 404 })
    if (error instanceof Problem) return toConfigResponse(error)
    logger.error(errorFacts(error), 'request failed')
    return new Problem('unexpected-problem').toResponse()
  }
}

function toConfigResponse(problem: Problem): Response {
  const known = { message: problem.message, errorId: randomUUID() }
  if (problem.kind === 'bad-request') return Response.json(known, { status: 400 })
  if (problem.kind === 'unprocessable-entity') return Response.json({ ...known, validationErrors: [] }, { status: 422 })
  return problem.toResponse()
}
