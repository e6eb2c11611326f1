// Connections as the Config API records them: the whole catalog, what changed in it, how the last sync went.
import * as z from 'zod'
import { InternalDestination, InternalSource } from './actors.js'
import { ConnectionStatus, Tag } from './connections.js'
import { ConnectorVersion } from './definitions.js'
import { SchemaChange, Streams, StreamsDiff } from './streams.js'
import { JobStatus } from './jobs.js'
import { growing, maybe } from './tolerant.js'

const TimeUnit = growing('minutes', 'hours', 'days', 'weeks', 'months')

const schedule = {
  scheduleType: maybe(growing('manual', 'basic', 'cron')),
  scheduleData: maybe(
    z.looseObject({
      basicSchedule: maybe(z.looseObject({ timeUnit: TimeUnit, units: z.number() })),
      cron: maybe(z.looseObject({ cronExpression: z.string(), cronTimeZone: z.string() })),
    }),
  ),
}

const connection = {
  connectionId: z.string(),
  name: z.string(),
  sourceId: z.string(),
  destinationId: z.string(),
  status: ConnectionStatus,
  statusReason: maybe(z.string()),
  ...schedule,
  prefix: maybe(z.string()),
  namespaceDefinition: maybe(growing('source', 'destination', 'customformat')),
  namespaceFormat: maybe(z.string()),
  syncCatalog: Streams,
  notifySchemaChanges: maybe(z.boolean()),
  nonBreakingChangesPreference: maybe(growing('ignore', 'disable', 'propagate_columns', 'propagate_fully')),
  backfillPreference: maybe(growing('enabled', 'disabled')),
  tags: maybe(z.array(Tag)),
}

export const InternalConnection = z.looseObject({
  ...connection,
  workspaceId: maybe(z.string()),
  sourceCatalogId: maybe(z.string()),
  /** The source changed in a way that needs somebody to look. */
  breakingChange: z.boolean(),
  /** Seconds since the epoch. */
  created_at: maybe(z.number()),
})
export type InternalConnection = z.infer<typeof InternalConnection>
export const InternalConnections = z.looseObject({ connections: z.array(InternalConnection) })

/** A connection with its two ends, its last sync and what changed at the source: one call for a page of its own. */
export const ConnectionOverview = z.looseObject({
  ...connection,
  source: InternalSource,
  destination: InternalDestination,
  isSyncing: z.boolean(),
  /** Seconds since the epoch. */
  latestSyncJobCreatedAt: maybe(z.number()),
  latestSyncJobStatus: maybe(JobStatus),
  catalogId: maybe(z.string()),
  catalogDiff: maybe(StreamsDiff),
  schemaChange: SchemaChange,
  sourceActorDefinitionVersion: ConnectorVersion,
  destinationActorDefinitionVersion: ConnectorVersion,
  /** Seconds since the epoch. */
  createdAt: maybe(z.number()),
})
export type ConnectionOverview = z.infer<typeof ConnectionOverview>

/** One line of a list of connections. */
export const ConnectionSummary = z.looseObject({
  connectionId: z.string(),
  name: z.string(),
  status: ConnectionStatus,
  ...schedule,
  source: z.looseObject({
    sourceId: z.string(),
    name: z.string(),
    sourceDefinitionId: z.string(),
    sourceName: z.string(),
    icon: maybe(z.string()),
  }),
  destination: z.looseObject({
    destinationId: z.string(),
    name: z.string(),
    destinationDefinitionId: z.string(),
    destinationName: z.string(),
    icon: maybe(z.string()),
  }),
  isSyncing: z.boolean(),
  /** Seconds since the epoch. */
  latestSyncJobCreatedAt: maybe(z.number()),
  latestSyncJobStatus: maybe(JobStatus),
  schemaChange: SchemaChange,
  tags: maybe(z.array(Tag)),
})
export type ConnectionSummary = z.infer<typeof ConnectionSummary>
export const ConnectionSummaries = z.looseObject({ connections: z.array(ConnectionSummary) })
