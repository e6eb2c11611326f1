// The Airbyte Protocol as this engine speaks it (airbyte-protocol v0.3.2, MIT), and one message of our own: `RECORDS`.

/** A record's fields. Numbers too large for JavaScript are text, and land as the numbers they are. */
export type RecordData = Record<string, unknown>

/** A stream a source offers, as discover answers it. */
export interface AirbyteStream {
  name: string
  namespace?: string
  json_schema: JsonSchema
  supported_sync_modes: ('full_refresh' | 'incremental')[]
  source_defined_cursor?: boolean
  default_cursor_field?: string[]
  source_defined_primary_key?: string[][]
  is_resumable?: boolean
}

/** A stream chosen for one read. */
export interface ConfiguredStream {
  stream: AirbyteStream
  sync_mode: 'full_refresh' | 'incremental'
  cursor_field?: string[]
  primary_key?: string[][]
}

/** A JSON Schema as specs and streams carry it: only the words this engine reads are named. */
export interface JsonSchema {
  type?: string | string[]
  format?: string
  airbyte_type?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema | JsonSchema[]
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
  [word: string]: unknown
}

export interface StreamDescriptor {
  name: string
  namespace?: string
}

/** Why a value is not as the source had it. */
export interface RecordChange {
  field: string
  change: 'NULLED' | 'TRUNCATED'
  reason: string
}

export interface RecordMessage {
  type: 'RECORD'
  record: {
    stream: string
    namespace?: string
    data: RecordData
    /** Milliseconds since the epoch. */
    emitted_at: number
    meta?: { changes: RecordChange[] }
  }
}

/**
 * Many records of one stream as Postgres wrote them (`COPY … TO STDOUT`, text format), so that rows move from Postgres
 * to Postgres without becoming JavaScript values. Ours, in process only: anything else reads them with `toRecords`.
 */
export interface RecordsMessage {
  type: 'RECORDS'
  records: {
    stream: string
    namespace?: string
    /** The fields of each line, in order. */
    columns: string[]
    /** Whole lines, each ended by a line feed. */
    copyText: Buffer
    count: number
    emitted_at: number
  }
}

/** What a source needs to go on where it stopped; opaque to everyone else. */
export type StateValue = Record<string, unknown>

/** A stream's state as it is stored and handed back. */
export interface StreamState extends StreamDescriptor {
  state: StateValue
}

export interface StateMessage {
  type: 'STATE'
  state: {
    type: 'STREAM'
    stream: { stream_descriptor: StreamDescriptor; stream_state: StateValue }
    /** Records since the state before. */
    sourceStats?: { recordCount: number }
  }
}

export type FailureType = 'config_error' | 'transient_error' | 'system_error'

export interface TraceErrorMessage {
  type: 'TRACE'
  trace: {
    type: 'ERROR'
    emitted_at: number
    error: { message: string; failure_type: FailureType; stream_descriptor?: StreamDescriptor }
  }
}

export type StreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE'

export interface StreamStatusMessage {
  type: 'TRACE'
  trace: {
    type: 'STREAM_STATUS'
    emitted_at: number
    stream_status: { stream_descriptor: StreamDescriptor; status: StreamStatus }
  }
}

export interface LogMessage {
  type: 'LOG'
  log: { level: 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'TRACE'; message: string }
}

export interface ControlMessage {
  type: 'CONTROL'
  control: { type: 'CONNECTOR_CONFIG'; emitted_at: number; connectorConfig: { config: Record<string, unknown> } }
}

/** What `read` yields. */
export type AirbyteMessage =
  RecordMessage | RecordsMessage | StateMessage | TraceErrorMessage | StreamStatusMessage | LogMessage | ControlMessage

/** A stream's name and namespace as one key for maps. */
export function streamKey(stream: StreamDescriptor): string {
  return JSON.stringify([stream.namespace ?? null, stream.name])
}

/** Only what tells streams apart. */
export function toDescriptor(stream: StreamDescriptor): StreamDescriptor {
  return stream.namespace === undefined ? { name: stream.name } : { name: stream.name, namespace: stream.namespace }
}

/** Whether a state says "read to the end, nothing to go on from", as cursorless streams do. */
export function isCursorless(state: StateValue): boolean {
  return state.__ab_no_cursor_state_message === true
}

/** The state of a stream that was read whole and keeps no place. */
export const cursorlessState: StateValue = { __ab_no_cursor_state_message: true }
