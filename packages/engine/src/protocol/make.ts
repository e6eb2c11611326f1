// Short ways to write protocol messages.
import type {
  FailureType,
  RecordData,
  RecordMessage,
  StateMessage,
  StateValue,
  StreamDescriptor,
  StreamStatus,
  StreamStatusMessage,
  TraceErrorMessage,
} from './messages.js'
import { toDescriptor } from './messages.js'

export function recordMessage(stream: StreamDescriptor, data: RecordData, emittedAt: number): RecordMessage {
  const { name, namespace } = stream
  return {
    type: 'RECORD',
    record: { stream: name, ...(namespace !== undefined && { namespace }), data, emitted_at: emittedAt },
  }
}

export function stateMessage(stream: StreamDescriptor, state: StateValue, recordCount: number): StateMessage {
  return {
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: { stream_descriptor: toDescriptor(stream), stream_state: state },
      sourceStats: { recordCount },
    },
  }
}

export function statusMessage(stream: StreamDescriptor, status: StreamStatus, emittedAt: number): StreamStatusMessage {
  return {
    type: 'TRACE',
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: emittedAt,
      stream_status: { stream_descriptor: toDescriptor(stream), status },
    },
  }
}

export function errorMessage(
  stream: StreamDescriptor,
  failureType: FailureType,
  message: string,
  emittedAt: number,
): TraceErrorMessage {
  return {
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: emittedAt,
      error: { message, failure_type: failureType, stream_descriptor: toDescriptor(stream) },
    },
  }
}
