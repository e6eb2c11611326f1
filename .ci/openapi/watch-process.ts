// Imported first into a process that runs an engine (NODE_OPTIONS=--import): holds its answers to Airbyte's documents.
// Nothing can be thrown into the engine from here, so a violation is only noted, and fails the run at its end.
import { subscribe } from 'node:diagnostics_channel'
import { createAnswerChecker, type AnswerChecker } from './answer-checker.js'

interface Answered {
  method: string
  url: string
  response: Response
}

let checker: AnswerChecker | undefined

subscribe('opsai.engine.answer', (message) => {
  const { response, ...asked } = message as Answered
  checker ??= createAnswerChecker()
  void checker.check(asked, response).catch(() => undefined)
})
