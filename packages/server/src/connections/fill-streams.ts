// A stream asked for without a sync mode gets the cheapest one it can have. Pure.
import type { DiscoveredStream } from '@opsai/airbyte-client'
import { chooseSyncMode, type ConnectionStream, type WishedStream } from '@opsai/contract'
import { invalidRequest } from '../http/problem.js'
import { toStream } from '../map/stream.js'

/** Whether every stream says how it syncs, so that the source need not be looked into. */
export const areComplete = (streams: readonly WishedStream[]): streams is ConnectionStream[] =>
  streams.every(({ syncMode }) => syncMode !== undefined)

/** @throws ProblemError where a stream without a mode is none of the source's */
export function fillStreams(
  wished: readonly WishedStream[],
  discovered: readonly DiscoveredStream[],
): ConnectionStream[] {
  return wished.map(({ syncMode, ...wish }, index) => {
    if (syncMode) return { ...wish, syncMode }
    const found = discovered.find(
      ({ name, namespace }) => name === wish.name && (!wish.namespace || namespace === wish.namespace),
    )
    if (!found) throw unknownStream(wish.name, index)
    const stream = toStream(found)
    const cursorField = wish.cursorField ?? stream.cursorField
    const primaryKey = wish.primaryKey ?? stream.primaryKey
    const mode = chooseSyncMode({ ...stream, ...(cursorField && { cursorField }), ...(primaryKey && { primaryKey }) })
    const isIncremental = mode.startsWith('incremental')
    return {
      ...wish,
      syncMode: mode,
      // What the source fixes is not repeated: Airbyte refuses another, and some versions any.
      ...(isIncremental && !stream.sourceDefinedCursor && cursorField && { cursorField }),
    }
  })
}

function unknownStream(name: string, index: number) {
  const message = 'is no stream of this source'
  return invalidRequest(`The stream "${name}" ${message}.`, [
    { path: ['streams', String(index), 'name'], code: 'unknown', message },
  ])
}
