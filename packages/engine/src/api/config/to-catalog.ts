// A source's streams in the Config API's words: the stream as discovered, and how it would be synced by default.
import type { AirbyteStream } from '../../protocol/messages.js'

export function toCatalog(streams: AirbyteStream[]) {
  return { streams: streams.map((stream) => ({ stream: toCatalogStream(stream), config: toDefaultConfig(stream) })) }
}

export function toCatalogStream(stream: AirbyteStream) {
  const { name, namespace } = stream
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    jsonSchema: stream.json_schema,
    supportedSyncModes: stream.supported_sync_modes,
    sourceDefinedCursor: stream.source_defined_cursor ?? false,
    defaultCursorField: stream.default_cursor_field ?? [],
    sourceDefinedPrimaryKey: stream.source_defined_primary_key ?? [],
    isResumable: stream.is_resumable ?? false,
  }
}

function toDefaultConfig(stream: AirbyteStream) {
  return {
    syncMode: 'full_refresh',
    destinationSyncMode: 'overwrite',
    cursorField: stream.default_cursor_field ?? [],
    primaryKey: stream.source_defined_primary_key ?? [],
    aliasName: stream.name,
    selected: false,
  }
}
