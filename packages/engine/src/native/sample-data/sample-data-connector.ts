import * as z from 'zod'
import type { Connector, ConnectorContext } from '../../connector/connector.js'
import { ConnectorError } from '../../connector/connector-error.js'
import { recordMessage, stateMessage, statusMessage } from '../../protocol/make.js'
import type { AirbyteMessage, ConfiguredStream, StreamState } from '../../protocol/messages.js'
import { streamKey } from '../../protocol/messages.js'
import type { MadeUpStream } from './people.js'
import { madeUpStreams } from './people.js'
import type { SampleDataConfig } from './spec.js'
import { parseSampleDataConfig, sampleDataSpec } from './spec.js'

/** How many records have been read, with which seed: with another seed, reading starts over. */
const Place = z.object({ seed: z.number(), read: z.number().int().min(0) })

/**
 * A source of made-up users, products and purchases: any size, always the same for the same seed.
 * A larger `count` later gives new records with a later `updated_at`.
 * @example
 * const connector = createSampleDataConnector()
 * for await (const message of connector.read({ count: 1000 }, streams, [], context)) handle(message)
 */
export function createSampleDataConnector(): Connector {
  return {
    definitionId: '6f1c9a52-8f0e-4d0a-9a3c-2f1d3e7b5c44',
    sourceType: 'sample-data',
    name: 'Sample data',
    version: '0.1.0',
    kind: 'api',
    spec: sampleDataSpec,
    async check(config) {
      try {
        parseSampleDataConfig(config)
        return { status: 'succeeded' }
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        return { status: 'failed', message: error.message, fields: error.fields }
      }
    },
    discover: async () => madeUpStreams.map(({ stream }) => stream),
    read: readSampleData,
  }
}

async function* readSampleData(
  config: unknown,
  streams: ConfiguredStream[],
  states: StreamState[],
  context: ConnectorContext,
): AsyncGenerator<AirbyteMessage> {
  const settings = parseSampleDataConfig(config)
  const stateOf = new Map(states.map((state) => [streamKey(state), state.state]))
  for (const configured of streams) {
    const made = madeUpStreams.find(({ stream }) => stream.name === configured.stream.name)
    if (!made)
      throw new ConnectorError('config_error', `Sample data has no stream "${configured.stream.name}". Leave it out.`)
    const place = Place.safeParse(stateOf.get(streamKey(configured.stream)))
    const from = place.success && place.data.seed === settings.seed ? place.data.read : 0
    yield statusMessage(configured.stream, 'STARTED', context.now().getTime())
    yield* readStream(made, configured, settings, from, context)
    yield statusMessage(configured.stream, 'COMPLETE', context.now().getTime())
  }
}

async function* readStream(
  { size, recordAt }: MadeUpStream,
  { stream }: ConfiguredStream,
  { count, seed, records_per_state: perState }: SampleDataConfig,
  from: number,
  context: ConnectorContext,
): AsyncGenerator<AirbyteMessage> {
  const end = Math.min(size(count), from + (context.recordLimit ?? Infinity))
  let said = from
  for (let index = from; index < end; index += 1) {
    context.signal.throwIfAborted()
    yield recordMessage(stream, recordAt(seed, index), context.now().getTime())
    if (index + 1 - said < perState) continue
    yield stateMessage(stream, { seed, read: index + 1 }, index + 1 - said)
    said = index + 1
  }
  yield stateMessage(stream, { seed, read: Math.max(end, from) }, end - said)
}
