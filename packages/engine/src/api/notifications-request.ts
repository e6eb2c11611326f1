import * as z from 'zod'
import { Problem } from './problem.js'

const Channel = z.object({
  email: z.object({ enabled: z.boolean().optional() }).optional(),
  webhook: z.object({ enabled: z.boolean().optional(), url: z.string().optional() }).optional(),
})

/** A workspace's notifications, as the public API takes and tells them. */
export const Notifications = z.object({
  failure: Channel.optional(),
  success: Channel.optional(),
  connectionUpdate: Channel.optional(),
  connectionUpdateActionRequired: Channel.optional(),
  syncDisabled: Channel.optional(),
  syncDisabledWarning: Channel.optional(),
})
export type Notifications = z.infer<typeof Notifications>

/** What is not said stays. Throws Airbyte's problem for a webhook that is on and has no address. */
export function mergeNotifications(stored: Record<string, unknown>, asked: Notifications): Record<string, unknown> {
  for (const [event, channel] of Object.entries(asked)) {
    if (channel?.webhook?.enabled && !channel.webhook.url) {
      throw new Problem('notification-url', `The webhook of "${event}" is enabled and has no url.`)
    }
  }
  return { ...stored, ...asked }
}
