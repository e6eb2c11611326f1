import type { FailureReason } from '@opsai/airbyte-client/schemas'

type Origin = 'source' | 'destination' | 'airbyte_platform'
type Type = 'config_error' | 'transient_error' | 'system_error' | 'manual_cancellation'

/** A failure as Airbyte's Config API tells it. `message` is for the user and holds no secrets. */
export function toFailureReason(
  failureOrigin: Origin,
  failureType: Type,
  message: string,
  stream?: string,
): FailureReason {
  return {
    failureOrigin,
    failureType,
    externalMessage: message,
    retryable: failureType === 'transient_error' || failureType === 'system_error',
    timestamp: Date.now(),
    ...(stream !== undefined && { streamDescriptor: { name: stream } }),
  }
}
