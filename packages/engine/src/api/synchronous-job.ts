import { randomUUID } from 'node:crypto'
import type { FailureReason } from '@opsai/airbyte-client/schemas'

/** The `jobInfo` of a check, discover or spec: what ran while the caller waited. */
export function toSynchronousJob(job: {
  configType: 'check_connection_source' | 'check_connection_destination' | 'discover_schema' | 'get_spec'
  configId: string
  startedAt: Date
  endedAt: Date
  configurationChanged?: boolean
  failure?: FailureReason
}) {
  return {
    id: randomUUID(),
    configType: job.configType,
    configId: job.configId,
    createdAt: Math.floor(job.startedAt.getTime() / 1000),
    endedAt: Math.floor(job.endedAt.getTime() / 1000),
    succeeded: job.failure === undefined,
    connectorConfigurationUpdated: job.configurationChanged ?? false,
    ...(job.failure && { failureReason: job.failure }),
  }
}
