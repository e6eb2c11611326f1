import * as z from 'zod/mini'
import { Job } from './job.js'
import { SyncMode } from './stream.js'
import { toName } from './text.js'

/** A stream chosen for syncing. */
export const ConnectionStream = z.strictObject({
  name: z.string(),
  namespace: z.optional(z.string()),
  syncMode: SyncMode,
  /** Needed by incremental modes unless the source fixes it. */
  cursorField: z.optional(z.array(z.string())),
  /** Needed by `incremental_deduped_history` unless the source fixes it. */
  primaryKey: z.optional(z.array(z.array(z.string()))),
})
export type ConnectionStream = z.infer<typeof ConnectionStream>

/** A stream asked for. Without a mode it gets the cheapest it can have: incremental wherever it has a cursor. */
export const WishedStream = z.strictObject({
  name: z.string(),
  namespace: z.optional(z.string()),
  syncMode: z.optional(SyncMode),
  cursorField: z.optional(z.array(z.string())),
  primaryKey: z.optional(z.array(z.array(z.string()))),
})
export type WishedStream = z.infer<typeof WishedStream>

/** Cron is Quartz (6 or 7 fields), UTC, at most hourly: Airbyte's rule. */
export const Schedule = z.discriminatedUnion('scheduleType', [
  z.strictObject({ scheduleType: z.literal('manual') }),
  z.strictObject({ scheduleType: z.literal('cron'), cronExpression: z.string() }),
])
export type Schedule = z.infer<typeof Schedule>

/** A source syncing into the tenant's own schema. */
export const Connection = z.object({
  connectionId: z.string(),
  sourceId: z.string(),
  sourceType: z.string(),
  name: z.string(),
  status: z.enum(['active', 'inactive', 'deprecated', 'locked']),
  streams: z.array(ConnectionStream),
  schedule: Schedule,
  /** The Postgres schema rows land in. */
  schema: z.string(),
  /** What each table's name begins with. */
  tablePrefix: z.string(),
  createdAt: z.string(),
  latestJob: z.optional(Job),
})
export type Connection = z.infer<typeof Connection>

export const CreateConnectionRequest = z.strictObject({
  sourceId: z.string(),
  name: z.optional(toName(200)),
  streams: z.array(WishedStream).check(z.minLength(1)),
  /** @default as often as the operator says, at a minute of the tenant's own */
  schedule: z.optional(Schedule),
})
export type CreateConnectionRequest = z.infer<typeof CreateConnectionRequest>

export const UpdateConnectionRequest = z.strictObject({
  name: z.optional(toName(200)),
  status: z.optional(z.enum(['active', 'inactive'])),
  /** The whole selection: what is not listed is no longer synced. */
  streams: z.optional(z.array(WishedStream).check(z.minLength(1))),
  schedule: z.optional(Schedule),
})
export type UpdateConnectionRequest = z.infer<typeof UpdateConnectionRequest>

export const Connections = z.object({ connections: z.array(Connection) })

export const DeletedConnection = z.object({
  connectionId: z.string(),
  /** Rows already synced stay where they are. */
  syncedData: z.literal('kept'),
})
