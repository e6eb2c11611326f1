// Trying out what Airbyte will send. Who is told of what is a workspace's `notifications`. Config API.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { TriedNotification } from '../schemas.js'

/** What Airbyte can tell of. */
export type NotificationTrigger =
  | 'sync_success'
  | 'sync_failure'
  | 'sync_disabled'
  | 'sync_disabled_warning'
  | 'connection_update'
  | 'connection_update_action_required'
  | 'breaking_change_warning'
  | 'breaking_change_syncs_disabled'
  | 'connection_sync_queued'

export function createNotifications(request: Requester) {
  const api = internalApi(request)
  return {
    /** Sends a trial message for syncs. */
    try: (
      { webhook, onSuccess = true, onFailure = true }: { webhook: string; onSuccess?: boolean; onFailure?: boolean },
      options: CallOptions = {},
    ): Promise<TriedNotification> => {
      const slackConfiguration = { webhook }
      const json = { notificationType: 'slack', sendOnSuccess: onSuccess, sendOnFailure: onFailure, slackConfiguration }
      return api.write('notifications/try', json, TriedNotification, options)
    },

    /** Sends a trial message to a webhook, as the one for `trigger` would look. */
    tryWebhook: (
      { webhook, trigger }: { webhook: string; trigger: NotificationTrigger },
      options: CallOptions = {},
    ): Promise<TriedNotification> =>
      api.write(
        'notifications/try_webhook',
        { slackConfiguration: { webhook }, notificationTrigger: trigger },
        TriedNotification,
        options,
      ),
  }
}
