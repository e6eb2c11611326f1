// A client and a small Airbyte on a real port, closed after the test.
import type { Hono } from 'hono'
import { onTestFinished } from 'vitest'
import { type AirbyteError, isAirbyteError } from '../airbyte-error.js'
import { type AirbyteClientOptions, createAirbyteClient } from '../client.js'
import { startAirbyte } from './start-airbyte.js'

/** `asked` is what the client sent, in order. */
export async function airbyteWith(routes: (app: Hono) => void, options: Partial<AirbyteClientOptions> = {}) {
  const server = await startAirbyte(routes)
  onTestFinished(server.close)
  return { asked: server.asked, airbyte: createAirbyteClient({ baseUrl: server.baseUrl, ...options }) }
}

/** The error of work that must fail. */
export async function failureOf(work: Promise<unknown>): Promise<AirbyteError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isAirbyteError(error)) throw new Error(`expected an AirbyteError, got ${String(error)}`)
  return error
}
