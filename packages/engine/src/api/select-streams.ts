// Which streams a connection syncs and how, decided from what the source offers and what the caller asked for.
// The rules are Airbyte's.
import { isDeepStrictEqual } from 'node:util'
import type { SyncMode as AnySyncMode } from '@opsai/airbyte-client/schemas'
import type { SyncMode } from '../load/stream-plan.js'
import { streamSchema, type SchemaRule } from '../load/stream-schema.js'
import type { AirbyteStream } from '../protocol/messages.js'
import { isObject, type JsonObject } from '../secrets/schema.js'
import type { SelectedStream } from '../store/connections.js'
import { Problem } from './problem.js'

export interface RequestedStream {
  name: string
  namespace?: string | undefined
  syncMode?: AnySyncMode | undefined
  cursorField?: string[] | undefined
  primaryKey?: string[][] | undefined
  selectedFields?: { fieldPath: string[] }[] | undefined
  mappers?: unknown[] | undefined
  includeFiles?: boolean | undefined
}

/** The public API's sync modes this engine can do with a stream. */
export function syncModesOf(stream: AirbyteStream): SyncMode[] {
  const full: SyncMode[] = ['full_refresh_overwrite', 'full_refresh_append']
  const incremental: SyncMode[] = ['incremental_append', 'incremental_deduped_history']
  return [
    ...(stream.supported_sync_modes.includes('full_refresh') ? full : []),
    ...(stream.supported_sync_modes.includes('incremental') ? incremental : []),
  ]
}

/**
 * Throws a problem that names the stream and lists what would be right. No request, or an empty one, means everything
 * (trap 15).
 */
export function selectStreams(
  offered: AirbyteStream[],
  requested: RequestedStream[] | undefined,
  prefix: string,
  rule: SchemaRule = { namespaceDefinition: 'destination', namespaceFormat: null },
): SelectedStream[] {
  const wanted = requested?.length ? requested : offered.map(({ name, namespace }) => ({ name, namespace }))
  const selected = wanted.map((request) => selectStream(findStream(offered, request), request))
  assertOneTableEach(selected, prefix, rule)
  return selected
}

function findStream(offered: AirbyteStream[], { name, namespace }: RequestedStream): AirbyteStream {
  const found = offered.filter(
    (it) => it.name === name && (namespace === undefined || (it.namespace ?? '') === namespace),
  )
  if (found.length > 1) throw bad(`The stream ${name} is in more than one namespace: say which.`)
  if (found[0]) return found[0]
  const names = offered.map((it) => it.name).join(', ')
  throw bad(`Invalid stream found: ${name}. The list of valid streams include: [${names}].`)
}

function selectStream(stream: AirbyteStream, request: RequestedStream): SelectedStream {
  const syncMode = chooseSyncMode(stream, request)
  if (request.includeFiles) {
    const streams = [{ streamName: stream.name, streamNamespace: stream.namespace ?? '' }]
    throw new Problem('files-unsupported', undefined, { streams })
  }
  if (request.mappers?.length) throw bad(`Stream ${stream.name} has mappers, which the embedded engine does not run.`)
  const cursorField = syncMode.startsWith('incremental') ? chooseCursor(stream, request) : undefined
  const primaryKey = syncMode.includes('dedup') ? choosePrimaryKey(stream, request) : stream.source_defined_primary_key
  const selectedFields = request.selectedFields?.length ? request.selectedFields : undefined
  return {
    name: stream.name,
    syncMode,
    jsonSchema: selectedFields ? onlyFields(stream, selectedFields, cursorField, primaryKey) : stream.json_schema,
    ...(stream.namespace !== undefined && { namespace: stream.namespace }),
    ...(cursorField && { cursorField }),
    ...(primaryKey?.length && { primaryKey }),
    ...(selectedFields && { selectedFields }),
  }
}

function chooseSyncMode(stream: AirbyteStream, request: RequestedStream): SyncMode {
  const wanted = request.syncMode ?? 'full_refresh_overwrite'
  const modes = syncModesOf(stream)
  const mode = modes.find((it) => it === wanted)
  if (mode) return mode
  throw bad(`Cannot set sync mode to ${wanted} for stream ${stream.name}. Valid sync modes are: ${modes.join(', ')}`)
}

function chooseCursor(stream: AirbyteStream, { cursorField }: RequestedStream): string[] {
  const own = stream.default_cursor_field
  if (stream.source_defined_cursor) {
    if (cursorField?.length && own?.length && !isDeepStrictEqual(cursorField, own)) {
      throw bad(
        `Cursor Field ${cursorField.join('.')} is already defined by source for stream: ${stream.name}. Do not include a cursor field configuration for this stream.`,
      )
    }
    return own ?? []
  }
  const cursor = cursorField?.length ? cursorField : own
  if (!cursor?.length) {
    throw bad(
      `No default cursor field for stream: ${stream.name}. Please include a cursor field configuration for this stream.`,
    )
  }
  assertField(stream, cursor, 'cursor field')
  return cursor
}

function choosePrimaryKey(stream: AirbyteStream, { primaryKey }: RequestedStream): string[][] {
  const own = stream.source_defined_primary_key
  if (own?.length) {
    if (primaryKey?.length && !isDeepStrictEqual(primaryKey, own)) {
      throw bad(
        `Primary key for stream: ${stream.name} is already pre-defined. Please do not include primary key configuration for this stream.`,
      )
    }
    return own
  }
  if (!primaryKey?.length) {
    throw bad(
      `No default primary key for stream: ${stream.name}. Please include a primary key configuration for this stream.`,
    )
  }
  for (const path of primaryKey) assertField(stream, path, 'primary key')
  return primaryKey
}

function assertField(stream: AirbyteStream, path: string[], what: string) {
  const fields = fieldsOf(stream)
  if (path[0] !== undefined && path[0] in fields) return
  throw bad(`Invalid ${what} for stream: ${stream.name}. The list of valid fields: ${Object.keys(fields).join(', ')}`)
}

function fieldsOf(stream: AirbyteStream): JsonObject {
  const { properties } = stream.json_schema
  return isObject(properties) ? properties : {}
}

function onlyFields(
  stream: AirbyteStream,
  selected: { fieldPath: string[] }[],
  cursor: string[] | undefined,
  primaryKey: string[][] | undefined,
): JsonObject {
  const fields = fieldsOf(stream)
  for (const { fieldPath } of selected) {
    if (fieldPath.length !== 1) throw bad(`Stream ${stream.name}: only top-level fields can be selected.`)
    assertField(stream, fieldPath, 'selected field')
  }
  const names = new Set(selected.map(({ fieldPath }) => fieldPath[0]))
  for (const [name] of [...(primaryKey ?? []), ...(cursor ? [cursor] : [])]) {
    if (!names.has(name))
      throw bad(`Stream ${stream.name}: the field ${name ?? ''} is its key or cursor and must be selected.`)
  }
  const properties = Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)))
  return { ...stream.json_schema, properties }
}

/** Two streams of one name that go to one schema would share a table. */
function assertOneTableEach(streams: SelectedStream[], prefix: string, rule: SchemaRule) {
  const seen = new Set<string>()
  for (const { name, namespace } of streams) {
    const table = JSON.stringify([streamSchema(rule, namespace) ?? null, name])
    if (seen.has(table)) {
      throw new Problem(
        'conflicting-stream',
        `Two selected streams would both be written to the table ${prefix}${name}.`,
        { streams: [{ streamName: name, streamNamespace: namespace ?? '', connectionIds: [] }] },
      )
    }
    seen.add(table)
  }
}

function bad(message: string) {
  return new Problem('bad-request', message)
}
