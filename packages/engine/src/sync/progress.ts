import type { StreamCounts } from '../load/stream-writer.js'
import type { StreamDescriptor } from '../protocol/messages.js'
import { toDescriptor } from '../protocol/messages.js'

/** How far a stream is, counted since its job began: a resumed job counts on. */
export interface StreamStats extends StreamDescriptor, StreamCounts {}

export interface Progress {
  /** Says how far a stream is; told on at most five times a second, and whenever it is `final`. */
  report(stream: StreamDescriptor, counts: StreamCounts, moment?: 'passing' | 'final'): void
}

const tellEveryMs = 200

/** Gathers the streams' counts and tells them on, not too often. */
export function createProgress(
  streams: StreamDescriptor[],
  onProgress: (progress: StreamStats[]) => void,
  clock: () => number,
): Progress {
  const none = { recordsEmitted: 0, bytesEmitted: 0, recordsCommitted: 0, bytesCommitted: 0 }
  const stats = new Map(streams.map((stream) => [stream, { ...toDescriptor(stream), ...none }]))
  let told = -Infinity
  return {
    report(stream, counts, moment = 'passing') {
      stats.set(stream, { ...toDescriptor(stream), ...counts })
      if (moment === 'passing' && clock() - told < tellEveryMs) return
      told = clock()
      onProgress([...stats.values()])
    },
  }
}
