// A few real rows of each stream: read now, never stored.
import { toRecords } from '../protocol/records.js'
import type { AirbyteStream, RecordData, StreamDescriptor } from '../protocol/messages.js'
import { toDescriptor } from '../protocol/messages.js'
import type { Connector, ConnectorContext } from './connector.js'

/** A stream's first rows, as its source gave them. */
export interface StreamSample {
  stream: StreamDescriptor
  records: RecordData[]
  /** Why there are none: the stream failed, the others did not. */
  error?: string
}

/**
 * Reads the first rows of streams.
 * @param limit rows a stream
 * @throws {ConnectorError} when no stream can be read
 * @example
 * const samples = await readSample(connector, config, streams, 20, context)
 * samples[0]?.records[0] // { id: 1, name: 'Ada' }
 */
export async function readSample(
  connector: Connector,
  config: unknown,
  streams: AirbyteStream[],
  limit: number,
  context: ConnectorContext,
): Promise<StreamSample[]> {
  let current = config
  const own: ConnectorContext = {
    ...context,
    recordLimit: limit,
    async onConfigChanged(changed) {
      await context.onConfigChanged?.(changed)
      current = changed
    },
  }
  const samples: StreamSample[] = []
  for (const stream of streams) {
    context.signal.throwIfAborted()
    samples.push(await sampleStream(connector, current, stream, limit, own))
  }
  return samples
}

async function sampleStream(
  connector: Connector,
  config: unknown,
  stream: AirbyteStream,
  limit: number,
  context: ConnectorContext,
): Promise<StreamSample> {
  const sample: StreamSample = { stream: toDescriptor(stream), records: [] }
  if (limit <= 0) return sample
  for await (const message of connector.read(config, [{ stream, sync_mode: 'full_refresh' }], [], context)) {
    if (message.type === 'RECORD') sample.records.push(message.record.data)
    if (message.type === 'RECORDS') sample.records.push(...toRecords(message, stream.json_schema))
    if (message.type === 'TRACE' && message.trace.type === 'ERROR') sample.error = message.trace.error.message
    if (sample.records.length >= limit) break
  }
  return { ...sample, records: sample.records.slice(0, limit) }
}
