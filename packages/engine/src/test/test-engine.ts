// An engine on a database of its own, asked through the real client, every answer held to Airbyte's documents.
import { randomBytes } from 'node:crypto'
import { createAirbyteClient, isAirbyteError, type AirbyteError } from '@opsai/airbyte-client'
import { createEngine, type EngineOptions } from '../engine.js'
import { createAnswerChecker } from '../../../../.ci/openapi/answer-checker.js'
import { makeTestDatabase } from './test-database.js'

export const testKey = randomBytes(32).toString('base64')
export const checker = createAnswerChecker()

export async function startTestEngine(options: Partial<EngineOptions> = {}) {
  const database = options.databaseUrl ? undefined : await makeTestDatabase('engine')
  const databaseUrl = options.databaseUrl ?? database?.url ?? ''
  const engine = await createEngine({ databaseUrl, encryptionKey: testKey, pollMs: 100, progressMs: 50, ...options })
  const ask = async (request: Request) => {
    const response = await engine.fetch(request.clone())
    await checker.check(request, response)
    return response
  }
  return {
    airbyte: createAirbyteClient({ baseUrl: 'http://engine', fetch: ask }),
    close: engine.close,
    databaseUrl,
    fetch: ask,
    /** Asks with a JSON body, for what the client hides. */
    send: (method: string, path: string, body?: unknown) =>
      ask(
        new Request(`http://engine${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        }),
      ),
  }
}

export type TestEngine = Awaited<ReturnType<typeof startTestEngine>>

/** The AirbyteError that a call ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<AirbyteError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (isAirbyteError(error)) return error
  throw new Error(`expected an AirbyteError, got ${error === undefined ? 'an answer' : String(error)}`)
}

/** Waits until `look` answers something. */
export async function until<T>(look: () => Promise<T | undefined | false>, ms = 20_000): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${look.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
