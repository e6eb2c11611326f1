// Source → destination, as the public API records it.
import * as z from 'zod'
import { ReadSyncMode } from './streams.js'
import { AnyObject, growing, maybe } from './tolerant.js'

/** A label on connections. */
export const Tag = z.looseObject({
  tagId: z.string(),
  workspaceId: z.string(),
  name: z.string(),
  /** Six hex digits, without `#`. */
  color: z.string(),
})
export type Tag = z.infer<typeof Tag>

/** What changes the rows on their way: hashing, renaming, filtering, encrypting. */
export const Mapper = z.looseObject({
  id: maybe(z.string()),
  type: growing('hashing', 'field-renaming', 'row-filtering', 'encryption', 'field-filtering'),
  mapperConfiguration: AnyObject,
})
export type Mapper = z.infer<typeof Mapper>

/** A stream that is synced, and how. */
export const StreamConfiguration = z.looseObject({
  name: z.string(),
  namespace: maybe(z.string()),
  syncMode: maybe(ReadSyncMode),
  /** Path of the field that tells what is new. */
  cursorField: maybe(z.array(z.string())),
  /** Paths of the fields that tell rows apart. */
  primaryKey: maybe(z.array(z.array(z.string()))),
  /** Only these top-level fields; key and cursor have to be among them. */
  selectedFields: maybe(z.array(z.looseObject({ fieldPath: maybe(z.array(z.string())) }))),
  mappers: maybe(z.array(Mapper)),
  includeFiles: maybe(z.boolean()),
  destinationObjectName: maybe(z.string()),
})
export type StreamConfiguration = z.infer<typeof StreamConfiguration>

export const ConnectionStatus = z.enum(['active', 'inactive', 'deprecated', 'locked'])

export const Connection = z.looseObject({
  connectionId: z.string(),
  name: z.string(),
  sourceId: z.string(),
  destinationId: z.string(),
  workspaceId: z.string(),
  status: ConnectionStatus,
  statusReason: maybe(z.string()),
  /** Reads may say `basic`, which can't be written; `cronExpression` reads back with ` UTC` behind it. */
  schedule: z.looseObject({
    scheduleType: growing('manual', 'cron', 'basic'),
    cronExpression: maybe(z.string()),
    basicTiming: maybe(z.string()),
  }),
  prefix: maybe(z.string()),
  namespaceDefinition: maybe(growing('source', 'destination', 'custom_format')),
  namespaceFormat: maybe(z.string()),
  nonBreakingSchemaUpdatesBehavior: maybe(
    growing('ignore', 'disable_connection', 'propagate_columns', 'propagate_fully'),
  ),
  configurations: z.looseObject({ streams: maybe(z.array(StreamConfiguration)) }),
  /** Seconds since the epoch. */
  createdAt: z.number(),
  tags: maybe(z.array(Tag)),
})
export type Connection = z.infer<typeof Connection>
