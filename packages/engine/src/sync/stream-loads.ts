// Routes a source's messages to the stream they are of, and ends each stream the way its status says.
import { ConnectorError } from '../connector/connector-error.js'
import type { LoadTarget, PreparedStream } from '../load/prepare-stream.js'
import type { SyncStream } from '../load/stream-plan.js'
import type { StreamWriter } from '../load/stream-writer.js'
import { createStreamWriter } from '../load/stream-writer.js'
import type { AirbyteMessage, StreamDescriptor } from '../protocol/messages.js'
import { streamKey } from '../protocol/messages.js'
import type { Progress } from './progress.js'
import type { SyncFailure } from './sync-result.js'

/** A stream that has something to read. */
export interface ReadingStream {
  stream: SyncStream
  prepared: Extract<PreparedStream, { kind: 'reading' }>
}

export interface StreamLoads {
  /** Takes one message. @throws what the destination answered */
  take(message: AirbyteMessage): Promise<void>
  /** The source has nothing more to say. @throws what the destination answered */
  end(): Promise<void>
  /** Which stream is being written. */
  current(): string | undefined
  failures(): SyncFailure[]
  unfinished(): SyncStream[]
}

export function createStreamLoads(
  target: LoadTarget,
  reading: ReadingStream[],
  progress: Progress,
  clock: () => number,
): StreamLoads {
  const byKey = new Map(reading.map((each) => [streamKey(each.stream), each]))
  const finished = new Set<string>()
  const failures: SyncFailure[] = []
  let open: { key: string; stream: SyncStream; writer: StreamWriter } | undefined

  async function leave(): Promise<void> {
    if (!open) return
    const { stream, writer } = open
    open = undefined
    await writer.abandon()
    progress.report(stream, writer.counts, 'final')
  }

  /** One stream at a time: the destination's transaction is one stream's. */
  async function writerOf(descriptor: StreamDescriptor) {
    const key = streamKey(descriptor)
    if (open?.key === key) return open
    const each = byKey.get(key)
    if (!each || finished.has(key)) {
      throw new ConnectorError(
        'system_error',
        `The source sent rows of stream "${descriptor.name}", which was not asked for.`,
      )
    }
    await leave()
    const { start, plan } = each.prepared
    open = { key, stream: each.stream, writer: createStreamWriter(target, each.stream, plan, start, clock) }
    return open
  }

  async function finish(descriptor: StreamDescriptor): Promise<void> {
    const { key, stream, writer } = await writerOf(descriptor)
    await writer.finish()
    finished.add(key)
    open = undefined
    progress.report(stream, writer.counts, 'final')
  }

  async function takeTrace(message: Extract<AirbyteMessage, { type: 'TRACE' }>): Promise<void> {
    if (message.trace.type === 'ERROR') {
      const { message: text, failure_type: type, stream_descriptor: stream } = message.trace.error
      failures.push({ origin: 'source', type, message: text, ...(stream && { stream: stream.name }) })
      return
    }
    const { stream_descriptor: stream, status } = message.trace.stream_status
    if (status === 'COMPLETE') await finish(stream)
    if (status === 'INCOMPLETE') await leave()
  }

  return {
    async take(message) {
      switch (message.type) {
        case 'RECORD':
        case 'RECORDS': {
          const one = message.type === 'RECORD' ? message.record : message.records
          const { writer, stream } = await writerOf(descriptorOf(one))
          await (message.type === 'RECORD' ? writer.writeRecord(message) : writer.writeRecords(message))
          progress.report(stream, writer.counts)
          return
        }
        case 'STATE': {
          const { stream_descriptor: descriptor, stream_state: state } = message.state.stream
          const { writer, stream } = await writerOf(descriptor)
          await writer.keepPlace(state)
          progress.report(stream, writer.counts)
          return
        }
        case 'TRACE':
          return takeTrace(message)
        default:
      }
    },
    end: leave,
    current: () => open?.stream.name,
    failures: () => failures,
    unfinished: () => reading.filter(({ stream }) => !finished.has(streamKey(stream))).map(({ stream }) => stream),
  }
}

function descriptorOf({ stream, namespace }: { stream: string; namespace?: string }): StreamDescriptor {
  return namespace === undefined ? { name: stream } : { name: stream, namespace }
}
