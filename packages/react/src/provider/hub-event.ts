// The events a host may listen to. The list is stable: members are added, never renamed. None carries a secret or a row.
import type { ProblemCode } from '@opsai/contract'

/** Members of every event. */
export interface HubEventBase {
  /** ISO 8601. */
  at: string
  /** One visit of one hub. */
  hubSessionId: string
}

/** What happened, apart from when and where. */
export type HubEventDetail =
  | { type: 'hub_ready' }
  | { type: 'connector_chosen'; sourceType: string }
  /** `code` is one of `checkCodes` of `@opsai/contract`, where the reason is known. */
  | { type: 'test_failed'; sourceType: string; code?: string | undefined }
  | { type: 'sign_in_failed'; sourceType: string; code: ProblemCode }
  | { type: 'source_connected'; sourceType: string; sourceId: string }
  /** Its name or configuration was changed. */
  | { type: 'source_updated'; sourceType: string; sourceId: string }
  /** Its owner signed in at the provider again. */
  | { type: 'source_signed_in_again'; sourceType: string; sourceId: string }
  | { type: 'source_removed'; sourceType: string; sourceId: string }
  | { type: 'connection_created'; sourceType: string; sourceId: string; connectionId: string }
  | { type: 'sync_started'; sourceType: string; connectionId: string; jobId: string }
  | { type: 'sync_succeeded'; sourceType: string; connectionId: string; jobId: string; rowsSynced: number }
  | { type: 'sync_failed'; sourceType: string; connectionId: string; jobId: string }
  | { type: 'sync_cancelled'; sourceType: string; connectionId: string; jobId: string }
  | { type: 'integrations_completed'; connectionIds: string[] }
  | { type: 'hub_error'; code: ProblemCode; requestId?: string | undefined }

/**
 * One event of a hub.
 *
 * @example
 * onEvent={(event) => analytics.track(event.type, event)}
 */
export type HubEvent = HubEventBase & HubEventDetail
