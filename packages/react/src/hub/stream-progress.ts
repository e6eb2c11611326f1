// What a job says about its streams, in the few words a user needs. Pure.
import type { ConnectionStream, Job, StreamProgress } from '@opsai/contract'

/** `stopped`: begun, and the job ended before it was through. */
export type StreamState = 'waiting' | 'reading' | 'read' | 'stopped'

export interface StreamProgressRow extends StreamProgress {
  key: string
  state: StreamState
}

/**
 * Streams are read one after the other: what has rows is read once a later one has some, or the job succeeded. What was
 * chosen and is not heard of yet waits.
 */
export function toStreamProgress(
  { status, streams: heardOf }: Pick<Job, 'status' | 'streams'>,
  chosen: readonly Pick<ConnectionStream, 'name' | 'namespace'>[] = [],
): StreamProgressRow[] {
  const isHeardOf = (one: Pick<ConnectionStream, 'name' | 'namespace'>) =>
    heardOf.some(({ name, namespace }) => name === one.name && namespace === one.namespace)
  const notYet = chosen
    .filter((one) => !isHeardOf(one))
    .map(({ name, namespace }) => ({ name, namespace, rowsEmitted: 0, rowsCommitted: 0, bytesCommitted: 0 }))
  const streams: StreamProgress[] = [...heardOf, ...notYet]
  const lastStarted = streams.findLastIndex(({ rowsEmitted }) => rowsEmitted > 0)
  return streams.map((stream, index) => ({
    ...stream,
    key: stream.namespace ? `${stream.namespace}.${stream.name}` : stream.name,
    state: toState(stream, status, index < lastStarted),
  }))
}

function toState({ rowsEmitted }: StreamProgress, status: Job['status'], isBeforeLast: boolean): StreamState {
  if (status === 'succeeded') return 'read'
  const isOver = status === 'failed' || status === 'cancelled'
  if (rowsEmitted === 0) return isOver ? 'stopped' : 'waiting'
  if (isBeforeLast) return 'read'
  return isOver ? 'stopped' : 'reading'
}
