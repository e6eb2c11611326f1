// The shapes of Airbyte's answers, tolerant of fields we don't know. Source: Airbyte's OpenAPI documents
// (public API `/v1`, Config API `/api/v1`), which the tests hold them to.
import * as z from 'zod'

/** `POST /applications/token`. */
export const AccessToken = z.looseObject({ access_token: z.string(), expires_in: z.number().optional() })

export const Workspace = z.looseObject({ workspaceId: z.string(), name: z.string() })
export type Workspace = z.infer<typeof Workspace>

/** Config API `source_definitions/list_for_workspace`. */
export const SourceDefinition = z.looseObject({
  sourceDefinitionId: z.string(),
  name: z.string(),
  dockerRepository: z.string(),
  dockerImageTag: z.string(),
  documentationUrl: z.string().optional(),
  icon: z.string().optional(),
  supportLevel: z.string().optional(),
  releaseStage: z.string().optional(),
  sourceType: z.string().optional(),
  custom: z.boolean().optional(),
})
export type SourceDefinition = z.infer<typeof SourceDefinition>

export const DestinationDefinition = z.looseObject({
  destinationDefinitionId: z.string(),
  name: z.string(),
  dockerRepository: z.string(),
  dockerImageTag: z.string(),
})
export type DestinationDefinition = z.infer<typeof DestinationDefinition>

const OAuthPaths = z.looseObject({
  properties: z
    .record(z.string(), z.looseObject({ path_in_connector_config: z.array(z.string()).optional() }))
    .optional(),
})

export const AdvancedAuth = z.looseObject({
  authFlowType: z.string().optional(),
  predicateKey: z.array(z.string()).optional(),
  predicateValue: z.string().optional(),
  oauthConfigSpecification: z
    .looseObject({
      oauthUserInputFromConnectorConfigSpecification: OAuthPaths.optional(),
      completeOAuthOutputSpecification: OAuthPaths.optional(),
      completeOAuthServerInputSpecification: OAuthPaths.optional(),
      completeOAuthServerOutputSpecification: OAuthPaths.optional(),
    })
    .optional(),
})
export type AdvancedAuth = z.infer<typeof AdvancedAuth>

/** Config API `source_definition_specifications/get`. */
export const SourceSpec = z.looseObject({
  sourceDefinitionId: z.string(),
  documentationUrl: z.string().optional(),
  connectionSpecification: z.record(z.string(), z.unknown()),
  advancedAuth: AdvancedAuth.optional(),
  advancedAuthGlobalCredentialsAvailable: z.boolean().optional(),
})
export type SourceSpec = z.infer<typeof SourceSpec>

const Configuration = z.record(z.string(), z.unknown())

export const Source = z.looseObject({
  sourceId: z.string(),
  name: z.string(),
  /** `""` for connectors outside Airbyte's list of names: key on `definitionId`. */
  sourceType: z.string(),
  definitionId: z.string(),
  workspaceId: z.string(),
  /** Secrets are ten stars. */
  configuration: Configuration,
  /** Seconds since the epoch. */
  createdAt: z.number(),
})
export type Source = z.infer<typeof Source>

export const Destination = z.looseObject({
  destinationId: z.string(),
  name: z.string(),
  destinationType: z.string(),
  definitionId: z.string(),
  workspaceId: z.string(),
  configuration: Configuration,
  createdAt: z.number(),
})
export type Destination = z.infer<typeof Destination>

export const FailureReason = z.looseObject({
  failureOrigin: z.string().optional(),
  failureType: z.string().optional(),
  externalMessage: z.string().optional(),
  retryable: z.boolean().optional(),
})
export type FailureReason = z.infer<typeof FailureReason>

const SynchronousJob = z.looseObject({ succeeded: z.boolean(), failureReason: FailureReason.optional() })

/** `status` is absent where the check itself could not run: then `jobInfo.failureReason` says why. */
export const Check = z.looseObject({
  status: z.enum(['succeeded', 'failed']).optional(),
  message: z.string().optional(),
  jobInfo: SynchronousJob,
})
export type Check = z.infer<typeof Check>

export const DiscoveredStream = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  jsonSchema: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
  supportedSyncModes: z.array(z.enum(['full_refresh', 'incremental'])).optional(),
  sourceDefinedCursor: z.boolean().optional(),
  defaultCursorField: z.array(z.string()).optional(),
  sourceDefinedPrimaryKey: z.array(z.array(z.string())).optional(),
})
export type DiscoveredStream = z.infer<typeof DiscoveredStream>

/** Config API `sources/discover_schema`. `catalog` is absent where the job failed. */
export const Discovery = z.looseObject({
  catalog: z.looseObject({ streams: z.array(z.looseObject({ stream: DiscoveredStream })) }).optional(),
  jobInfo: SynchronousJob,
})
export type Discovery = z.infer<typeof Discovery>

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

export const StreamConfiguration = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  syncMode: SyncMode.optional(),
  cursorField: z.array(z.string()).optional(),
  primaryKey: z.array(z.array(z.string())).optional(),
})
export type StreamConfiguration = z.infer<typeof StreamConfiguration>

export const Connection = z.looseObject({
  connectionId: z.string(),
  name: z.string(),
  sourceId: z.string(),
  destinationId: z.string(),
  workspaceId: z.string(),
  status: z.enum(['active', 'inactive', 'deprecated', 'locked']),
  /** Reads may say `basic`, which can't be written; `cronExpression` reads back with ` UTC` behind it. */
  schedule: z.looseObject({
    scheduleType: z.enum(['manual', 'cron', 'basic']),
    cronExpression: z.string().optional(),
    basicTiming: z.string().optional(),
  }),
  prefix: z.string().optional(),
  configurations: z.looseObject({ streams: z.array(StreamConfiguration).optional() }),
  createdAt: z.number(),
})
export type Connection = z.infer<typeof Connection>

export const JobStatus = z.enum(['pending', 'queued', 'running', 'incomplete', 'failed', 'succeeded', 'cancelled'])
export type JobStatus = z.infer<typeof JobStatus>

/** Public API. Rows and bytes are the committed ones; there is no failure reason here. */
export const Job = z.looseObject({
  jobId: z.number(),
  status: JobStatus,
  jobType: z.string(),
  startTime: z.string(),
  connectionId: z.string(),
  lastUpdatedAt: z.string().optional(),
  duration: z.string().optional(),
  bytesSynced: z.number().optional(),
  rowsSynced: z.number().optional(),
})
export type Job = z.infer<typeof Job>

const AttemptStats = z.looseObject({
  recordsEmitted: z.number().optional(),
  bytesEmitted: z.number().optional(),
  recordsCommitted: z.number().optional(),
  bytesCommitted: z.number().optional(),
})

/** Config API `jobs/get_without_logs`: what happened, attempt by attempt, stream by stream. */
export const JobDetail = z.looseObject({
  job: z.looseObject({
    id: z.number(),
    status: JobStatus,
    configId: z.string(),
    createdAt: z.number(),
    updatedAt: z.number(),
  }),
  attempts: z.array(
    z.looseObject({
      attempt: z.looseObject({
        id: z.number(),
        status: z.string(),
        streamStats: z
          .array(z.looseObject({ streamName: z.string(), streamNamespace: z.string().optional(), stats: AttemptStats }))
          .optional(),
        failureSummary: z.looseObject({ failures: z.array(FailureReason) }).optional(),
      }),
    }),
  ),
})
export type JobDetail = z.infer<typeof JobDetail>

/** Cloud's body says `consentUrl`, its document `redirect_url`; both are read. */
export const Consent = z
  .looseObject({
    consentUrl: z.string().optional(),
    redirect_url: z.string().optional(),
    redirectUrl: z.string().optional(),
  })
  .transform((body, context) => {
    const consentUrl = body.consentUrl ?? body.redirect_url ?? body.redirectUrl
    if (consentUrl) return { consentUrl }
    context.addIssue('no consentUrl in the answer')
    return z.NEVER
  })

/** Config API `source_oauths/complete_oauth`. */
export const CompletedOAuth = z.looseObject({
  request_succeeded: z.boolean(),
  request_error: z.string().optional(),
  auth_payload: z.looseObject({ secretId: z.string().optional() }).optional(),
})

/** `POST /api/v1/opsai/sources/sample`: the embedded engine's own addition; Airbyte has no such call. */
export const SampleRows = z.looseObject({
  streams: z.array(
    z.looseObject({
      name: z.string(),
      namespace: z.string().optional(),
      records: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
})
export type SampleRows = z.infer<typeof SampleRows>

/** `GET /api/v1/opsai/capabilities`: the embedded engine's own addition. What an older engine doesn't name, it can't do. */
export const Capabilities = z.object({
  /** Reads a few rows of a source that was never synced: `sources.sample`. */
  sampleRows: z.boolean().default(false),
  /** Syncs succeed where row security is FORCEd on the tables they write to, given a `raw_data_schema`. */
  loadsUnderForcedRowSecurity: z.boolean().default(false),
})
export type Capabilities = z.infer<typeof Capabilities>

/** A page of the public API. `next` is never to be followed: on community installs it points at localhost. */
export const pageOf = <T extends z.ZodType>(item: T) => z.looseObject({ data: z.array(item) })
