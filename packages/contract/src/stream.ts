import * as z from 'zod/mini'

/** How rows move, in the words of Airbyte's public API. */
export const syncModes = [
  'full_refresh_overwrite',
  'full_refresh_append',
  'incremental_append',
  'incremental_deduped_history',
] as const
export const SyncMode = z.enum(syncModes)
export type SyncMode = z.infer<typeof SyncMode>

/** Where sample rows came from: read now from the `source`, already `synced`, or made up from the `schema`. */
export const SampleOrigin = z.enum(['source', 'synced', 'schema'])
export type SampleOrigin = z.infer<typeof SampleOrigin>

/** A table or list a source offers. */
export const Stream = z.object({
  name: z.string(),
  namespace: z.optional(z.string()),
  /** The modes this stream supports, best first. */
  syncModes: z.array(SyncMode),
  primaryKey: z.optional(z.array(z.array(z.string()))),
  /** The cursor the source fixes or proposes. */
  cursorField: z.optional(z.array(z.string())),
  /** Whether the source fixes the cursor, so that nobody may choose another. */
  sourceDefinedCursor: z.optional(z.boolean()),
  records: z.array(z.record(z.string(), z.unknown())),
  origin: SampleOrigin,
})
export type Stream = z.infer<typeof Stream>

export const StreamField = z.object({
  stream: z.string(),
  namespace: z.optional(z.string()),
  name: z.string(),
  /** JSON Schema type: string, integer, number, boolean, object, array. */
  type: z.string(),
  /** JSON Schema format, such as `date-time`. */
  format: z.optional(z.string()),
})
export type StreamField = z.infer<typeof StreamField>

export const SampleRequest = z.strictObject({
  sourceId: z.string(),
  /** Names of the streams to read; all when absent. */
  streams: z.optional(z.array(z.string())),
  /** Rows a stream, 0 to 100; 0 lists the streams and reads nothing. @default 20 */
  limit: z.optional(z.int().check(z.gte(0), z.lte(100))),
})
export type SampleRequest = z.infer<typeof SampleRequest>

export const Sample = z.object({ streams: z.array(Stream), fields: z.array(StreamField) })
export type Sample = z.infer<typeof Sample>
