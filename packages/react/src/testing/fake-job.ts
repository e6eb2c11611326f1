// How a fake sync goes on: a function of time, so that polling and events tell the same story.
import type { ConnectionStream, Job } from '@opsai/contract'
import type { FakeStream } from './fake-streams.js'

export interface FakeRun {
  jobId: string
  connectionId: string
  startedMs: number
  cancelledMs?: number
  streams: { chosen: ConnectionStream; rows: number }[]
  /** Milliseconds the whole sync takes. */
  lastsMs: number
  breaks: boolean
}

const bytesPerRow = 164

/** The rows each chosen stream has in all. */
export const toRunStreams = (chosen: readonly ConnectionStream[], offered: readonly FakeStream[]) =>
  chosen.map((stream) => ({ chosen: stream, rows: offered.find(({ name }) => name === stream.name)?.rows ?? 0 }))

/** The job at a moment. Streams are read one after the other, each for its share of the time. */
export function toFakeJob(run: FakeRun, nowMs: number): Job {
  const elapsed = Math.max(0, (run.cancelledMs ?? nowMs) - run.startedMs)
  const share = Math.min(1, elapsed / run.lastsMs) * (run.breaks ? 0.6 : 1)
  const turn = share * run.streams.length
  const streams = run.streams.map(({ chosen, rows }, index) => {
    const done = Math.min(1, Math.max(0, turn - index))
    const committed = Math.floor(rows * done)
    return {
      name: chosen.name,
      ...(chosen.namespace && { namespace: chosen.namespace }),
      rowsEmitted: Math.min(rows, Math.ceil(rows * Math.min(1, done * 1.15))),
      rowsCommitted: committed,
      bytesCommitted: committed * bytesPerRow,
    }
  })
  const sum = (key: 'rowsCommitted' | 'bytesCommitted') => streams.reduce((total, stream) => total + stream[key], 0)
  const status = toStatus(run, elapsed)
  return {
    jobId: run.jobId,
    connectionId: run.connectionId,
    status,
    startedAt: new Date(run.startedMs).toISOString(),
    updatedAt: new Date(nowMs).toISOString(),
    rowsSynced: sum('rowsCommitted'),
    bytesSynced: sum('bytesCommitted'),
    streams,
    ...(status === 'failed' && {
      failure: {
        message: 'The source closed the connection.',
        remedy: 'Check that it still lets us in, then sync again.',
      },
    }),
  }
}

function toStatus(run: FakeRun, elapsed: number): Job['status'] {
  if (run.cancelledMs !== undefined) return 'cancelled'
  if (elapsed < run.lastsMs * 0.05) return 'pending'
  if (elapsed < run.lastsMs) return 'running'
  return run.breaks ? 'failed' : 'succeeded'
}
