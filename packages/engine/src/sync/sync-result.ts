import { ConnectorError } from '../connector/connector-error.js'
import { explainPostgresFailure } from '../load/postgres-failure.js'
import type { PostgresAddress } from '../load/postgres-connection.js'
import type { FailureType } from '../protocol/messages.js'

/** Why a sync failed, for the person whose sync it is. */
export interface SyncFailure {
  /** Whose side it happened on. */
  origin: 'source' | 'destination' | 'platform'
  type: FailureType
  message: string
  /** The stream it happened in; absent where it is not one stream's. */
  stream?: string
}

export type SyncResult =
  | { status: 'succeeded' }
  | {
      status: 'failed'
      failure: SyncFailure
      /** Whether this attempt committed anything, so that a retry starts further on. */
      madeProgress: boolean
    }
  | { status: 'cancelled' }

/** A failure of the source's side. */
export function toSourceFailure(error: unknown, stream?: string): SyncFailure {
  const known = error instanceof ConnectorError
  const message = error instanceof Error ? error.message : 'The source failed without saying why.'
  const type = known ? error.failureType : 'system_error'
  return { origin: 'source', type, message, ...(stream !== undefined && { stream }) }
}

/** A failure of the destination's side. */
export function toDestinationFailure(
  error: unknown,
  address: PostgresAddress | undefined,
  stream?: string,
): SyncFailure {
  const place = address ?? { host: '', port: 0, database: '', username: '' }
  const { failureType, message } = explainPostgresFailure(error, place)
  return { origin: 'destination', type: failureType, message, ...(stream !== undefined && { stream }) }
}
