// What a connector answered while we waited.
import * as z from 'zod'
import { growing, maybe } from './tolerant.js'

/** Why something failed, for users (`externalMessage`). */
export const FailureReason = z.looseObject({
  failureOrigin: maybe(
    growing(
      'source',
      'destination',
      'replication',
      'persistence',
      'airbyte_platform',
      'normalization',
      'dbt',
      'unknown',
    ),
  ),
  failureType: maybe(
    growing(
      'config_error',
      'system_error',
      'manual_cancellation',
      'refresh_schema',
      'heartbeat_timeout',
      'destination_timeout',
      'transient_error',
    ),
  ),
  externalMessage: maybe(z.string()),
  retryable: maybe(z.boolean()),
})
export type FailureReason = z.infer<typeof FailureReason>

export const SynchronousJob = z.looseObject({
  succeeded: z.boolean(),
  connectorConfigurationUpdated: maybe(z.boolean()),
  failureReason: maybe(FailureReason),
})
export type SynchronousJob = z.infer<typeof SynchronousJob>

/** `status` is absent where the check itself could not run: then `jobInfo.failureReason` says why. */
export const Check = z.looseObject({
  status: maybe(z.enum(['succeeded', 'failed'])),
  message: maybe(z.string()),
  jobInfo: SynchronousJob,
})
export type Check = z.infer<typeof Check>
