import type { AirbyteClient } from '../client.js'
import type { AirbyteClientOptions } from '../options.js'
import type { Behaviour } from './document-server.js'
import { uuid } from './example.js'

/** One call of the client, and the operation of Airbyte's that must have been asked. */
export interface OperationCall {
  operation: string
  call: (airbyte: AirbyteClient) => Promise<unknown>
  /** What this Airbyte does not have, so that the client goes the other way. */
  lacks?: Behaviour['lacks']
  answers?: Behaviour['answers']
  /** What the client is made with, besides the server's address. */
  client?: (baseUrl: string) => Partial<AirbyteClientOptions>
}

/** Every id of every call. */
export const id = uuid

/** `'POST /public/v1/sources': (a) => a.sources.create(…)`, as a list. */
export const toCalls = (calls: Record<string, OperationCall['call']>): OperationCall[] =>
  Object.entries(calls).map(([operation, call]) => ({ operation, call }))

/** Ends what would go on for ever. */
export const every = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
