// What a source has to offer, and what of it is wanted.
import * as z from 'zod'
import { SynchronousJob } from './checks.js'
import { AnyObject, growing, maybe } from './tolerant.js'

/** How a stream is read and written: the modes there are today. */
export const SyncMode = z.enum([
  'full_refresh_overwrite',
  'full_refresh_overwrite_deduped',
  'full_refresh_append',
  'full_refresh_update',
  'full_refresh_soft_delete',
  'incremental_append',
  'incremental_deduped_history',
  'incremental_update',
  'incremental_soft_delete',
])
export type SyncMode = z.infer<typeof SyncMode>
/** As it is read: a mode of a newer Airbyte is kept as it is. */
export const ReadSyncMode = growing<SyncMode>(...SyncMode.options)

export const DiscoveredStream = z.looseObject({
  name: z.string(),
  namespace: maybe(z.string()),
  jsonSchema: maybe(z.looseObject({ properties: maybe(AnyObject) })),
  supportedSyncModes: maybe(z.array(growing('full_refresh', 'incremental'))),
  sourceDefinedCursor: maybe(z.boolean()),
  defaultCursorField: maybe(z.array(z.string())),
  sourceDefinedPrimaryKey: maybe(z.array(z.array(z.string()))),
})
export type DiscoveredStream = z.infer<typeof DiscoveredStream>

export interface OfferedStream extends Record<string, unknown> {
  stream: z.output<typeof DiscoveredStream>
  config?: Record<string, unknown> | undefined
}

/** The Config API's list of streams, each with how it would be synced. An entry without a stream says nothing: left out. */
export const Streams = z.looseObject({
  streams: z
    .array(z.looseObject({ stream: maybe(DiscoveredStream), config: maybe(AnyObject) }))
    .transform((streams) => streams.filter((entry): entry is OfferedStream => entry.stream !== undefined)),
})
export type Streams = z.infer<typeof Streams>

const Descriptor = z.looseObject({ name: z.string(), namespace: maybe(z.string()) })

/** What is new, gone or changed between two looks at a source. */
export const StreamsDiff = z.looseObject({
  transforms: z.array(
    z.looseObject({
      transformType: growing('add_stream', 'remove_stream', 'update_stream'),
      streamDescriptor: Descriptor,
      updateStream: maybe(z.looseObject({ fieldTransforms: z.array(AnyObject) })),
    }),
  ),
})
export type StreamsDiff = z.infer<typeof StreamsDiff>

export const SchemaChange = growing('no_change', 'non_breaking', 'breaking')

/** Config API `sources/discover_schema`. `catalog` is absent where the job failed. */
export const Discovery = z.looseObject({
  catalog: maybe(Streams),
  catalogId: maybe(z.string()),
  catalogDiff: maybe(StreamsDiff),
  breakingChange: maybe(z.boolean()),
  jobInfo: SynchronousJob,
})
export type Discovery = z.infer<typeof Discovery>

/** `catalogs/diff`. */
export const DiffedStreams = z.looseObject({
  catalog_diff: StreamsDiff,
  schema_change: SchemaChange,
  merged_catalog: maybe(Streams),
})
export type DiffedStreams = z.infer<typeof DiffedStreams>

/** The last look at a source, out of Airbyte's memory. */
export const RememberedStreams = z.looseObject({
  /** Seconds since the epoch. */
  updatedAt: maybe(z.number()),
  catalog: maybe(AnyObject),
})
export type RememberedStreams = z.infer<typeof RememberedStreams>

/** `GET /streams` of the public API: names and modes, no types. The namespace is spelled `streamnamespace` there. */
export const StreamProperties = z.looseObject({
  streamName: maybe(z.string()),
  streamnamespace: maybe(z.string()),
  /** Absent where no destination was given: modes depend on both. */
  syncModes: maybe(z.array(ReadSyncMode)),
  defaultCursorField: maybe(z.array(z.string())),
  sourceDefinedCursorField: maybe(z.boolean()),
  sourceDefinedPrimaryKey: maybe(z.array(z.array(z.string()))),
  /** Paths of fields. */
  propertyFields: maybe(z.array(z.array(z.string()))),
})
export type StreamProperties = z.infer<typeof StreamProperties>
