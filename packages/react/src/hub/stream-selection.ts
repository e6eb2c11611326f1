// What the user has chosen of a source's streams. Pure: defaults, changes, what is missing, and what is sent.
import {
  chooseSyncMode,
  type ConnectionStream,
  type Sample,
  type Stream,
  type StreamField,
  type SyncMode,
} from '@opsai/contract'

/** One stream with the user's choices. */
export interface StreamChoice {
  /** Unlike that of any other stream of the source. */
  key: string
  stream: Stream
  /** Names of its top-level columns. */
  columns: string[]
  isSelected: boolean
  syncMode: SyncMode
  cursorField: string[] | undefined
  primaryKey: string[][] | undefined
}

/** What a change may set. */
export type StreamChange = Partial<Pick<StreamChoice, 'isSelected' | 'syncMode' | 'cursorField' | 'primaryKey'>>

/** A stream's name is only unique within its namespace. */
export const toStreamKey = ({ name, namespace }: Pick<Stream, 'name' | 'namespace'>): string =>
  namespace ? `${namespace}.${name}` : name

const usesCursor = (mode: SyncMode) => mode === 'incremental_append' || mode === 'incremental_deduped_history'

/** Whether the user must name the column by which changes are found. */
export const needsCursor = ({ stream, syncMode }: Pick<StreamChoice, 'stream' | 'syncMode'>): boolean =>
  usesCursor(syncMode) && !stream.sourceDefinedCursor

/** Whether the user must name the column that tells rows apart. */
export const needsPrimaryKey = ({ stream, syncMode }: Pick<StreamChoice, 'stream' | 'syncMode'>): boolean =>
  syncMode === 'incremental_deduped_history' && !stream.primaryKey?.length

/**
 * Everything chosen, each stream in the cheapest mode that needs no decision of the user.
 *
 * @example
 * const choices = toDefaultChoices(await client.sampleData(sourceId, { limit: 0 }))
 */
export function toDefaultChoices({ streams, fields }: Sample): StreamChoice[] {
  return streams.map((stream) => {
    const columns = fields.filter((field) => isOf(field, stream)).map((field) => field.name)
    const syncMode = chooseSyncMode(stream)
    return {
      key: toStreamKey(stream),
      stream,
      columns,
      isSelected: true,
      syncMode,
      cursorField: stream.cursorField,
      primaryKey: stream.primaryKey,
    }
  })
}

const isOf = (field: StreamField, stream: Stream) =>
  field.stream === stream.name && field.namespace === stream.namespace

/** The choices with one stream changed. */
export function changeStream(choices: readonly StreamChoice[], key: string, change: StreamChange): StreamChoice[] {
  return choices.map((choice) => (choice.key === key ? { ...choice, ...change } : choice))
}

/** The choices with many streams taken or left; those not named stay as they are. */
export function selectStreams(choices: readonly StreamChoice[], keys: readonly string[], isSelected: boolean) {
  const named = new Set(keys)
  return choices.map((choice) => (named.has(choice.key) ? { ...choice, isSelected } : choice))
}

/** What a selection still wants of the user, stream by stream. */
export type StreamGap = { key: string; name: string; missing: 'cursor' | 'primaryKey' }

export function findGaps(choices: readonly StreamChoice[]): StreamGap[] {
  return choices
    .filter(({ isSelected }) => isSelected)
    .flatMap((choice) => {
      const { key, stream } = choice
      const gaps: StreamGap[] = []
      if (needsCursor(choice) && !choice.cursorField?.length) gaps.push({ key, name: stream.name, missing: 'cursor' })
      if (needsPrimaryKey(choice) && !choice.primaryKey?.length) {
        gaps.push({ key, name: stream.name, missing: 'primaryKey' })
      }
      return gaps
    })
}

/** The chosen streams as a connection takes them; what the source fixes is not repeated. */
export function toConnectionStreams(choices: readonly StreamChoice[]): ConnectionStream[] {
  return choices
    .filter(({ isSelected }) => isSelected)
    .map((choice) => ({
      name: choice.stream.name,
      ...(choice.stream.namespace && { namespace: choice.stream.namespace }),
      syncMode: choice.syncMode,
      ...(needsCursor(choice) && choice.cursorField && { cursorField: choice.cursorField }),
      ...(needsPrimaryKey(choice) && choice.primaryKey && { primaryKey: choice.primaryKey }),
    }))
}

/** Streams whose name holds the search, in any case. */
export function filterChoices(choices: readonly StreamChoice[], search: string): StreamChoice[] {
  const word = search.trim().toLowerCase()
  return word ? choices.filter(({ key }) => key.toLowerCase().includes(word)) : [...choices]
}
