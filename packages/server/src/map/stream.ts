// Airbyte's streams and JSON schemas → the contract's streams and fields. Pure.
import type { DiscoveredStream } from '@opsai/airbyte-client'
import type { Stream, StreamField } from '@opsai/contract'

type SyncMode = Stream['syncModes'][number]

/** Best first. Deduplicating needs a key to tell rows by and a cursor to tell versions by. */
export function toSyncModes(stream: DiscoveredStream): SyncMode[] {
  const supported = stream.supportedSyncModes ?? ['full_refresh']
  const hasCursor = stream.sourceDefinedCursor === true || (stream.defaultCursorField ?? []).length > 0
  const hasKey = (stream.sourceDefinedPrimaryKey ?? []).length > 0
  const incremental = supported.includes('incremental')
  const full: SyncMode[] = supported.includes('full_refresh') ? ['full_refresh_overwrite', 'full_refresh_append'] : []
  if (!incremental) return full.length > 0 ? full : ['full_refresh_overwrite', 'full_refresh_append']
  if (!hasCursor) return [...full, 'incremental_append']
  return [...(hasKey ? (['incremental_deduped_history'] as const) : []), 'incremental_append', ...full]
}

/** A stream without rows yet. */
export function toStream(stream: DiscoveredStream): Stream {
  const { name, namespace, sourceDefinedPrimaryKey, defaultCursorField, sourceDefinedCursor } = stream
  return {
    name,
    ...(namespace && { namespace }),
    syncModes: toSyncModes(stream),
    ...(sourceDefinedPrimaryKey?.length && { primaryKey: sourceDefinedPrimaryKey }),
    ...(defaultCursorField?.length && { cursorField: defaultCursorField }),
    ...(sourceDefinedCursor !== undefined && { sourceDefinedCursor }),
    records: [],
    origin: 'schema',
  }
}

type JsonSchema = Readonly<Record<string, unknown>>
const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The type that is not null; of a choice, the first. */
export function toFieldType(schema: unknown): { type: string; format?: string } {
  if (!isSchema(schema)) return { type: 'string' }
  const { type, format, properties, items } = schema
  const options = [schema.oneOf, schema.anyOf]
    .find(Array.isArray)
    ?.filter((option) => isSchema(option) && option.type !== 'null')
  if (type === undefined && options?.length) return toFieldType(options[0])
  const types = (Array.isArray(type) ? type : [type]).filter(
    (each): each is string => typeof each === 'string' && each !== 'null',
  )
  const first = types[0] ?? (properties ? 'object' : items ? 'array' : 'string')
  return { type: first, ...(typeof format === 'string' && { format }) }
}

/** The stream's columns, top level, in the schema's order. */
export function toFields({ name: stream, namespace, jsonSchema }: DiscoveredStream): StreamField[] {
  return Object.entries(jsonSchema?.properties ?? {}).map(([name, schema]) => ({
    stream,
    ...(namespace && { namespace }),
    name,
    ...toFieldType(schema),
  }))
}

/** A source's schema may name a type `constructor`. */
const own = <V>(table: Readonly<Record<string, V>>, key: string): V | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

const examples: Readonly<Record<string, (field: string, row: number) => unknown>> = {
  integer: (_, row) => row,
  number: (_, row) => row * 1.5,
  boolean: (_, row) => row % 2 === 1,
  array: () => [],
  object: () => ({}),
}
const formats: Readonly<Record<string, (row: number) => string>> = {
  'date-time': (row) => `2026-01-0${row}T09:00:00Z`,
  date: (row) => `2026-01-0${row}`,
  time: (row) => `0${row}:00:00`,
  email: (row) => `person${row}@example.com`,
  uri: (row) => `https://example.com/${row}`,
  uuid: (row) => `00000000-0000-4000-8000-00000000000${row}`,
}

/** A few rows of the right shape where there are no real ones. They always travel as `origin: 'schema'`. */
export function toExampleRows(stream: DiscoveredStream, limit: number): Record<string, unknown>[] {
  const fields = toFields(stream)
  return Array.from({ length: Math.min(limit, 3) }, (_, index) =>
    Object.fromEntries(fields.map((field) => [field.name, toExample(field, index + 1)])),
  )
}

function toExample({ name, type, format }: StreamField, row: number): unknown {
  const formatted = type === 'string' && format ? own(formats, format)?.(row) : undefined
  return formatted ?? own(examples, type)?.(name, row) ?? `${name} ${row}`
}
