// One thing, two spellings: the public API's `success.webhook.{enabled, url}` is the Config API's
// `sendOnSuccess.{notificationType: ['slack'], slackConfiguration.webhook}`. Stored in the public one.
import * as z from 'zod'
import type { JsonObject } from '../../secrets/schema.js'
import { parse } from '../parse.js'

/** Public name → Config name. */
const names = {
  success: 'sendOnSuccess',
  failure: 'sendOnFailure',
  connectionUpdate: 'sendOnConnectionUpdate',
  connectionUpdateActionRequired: 'sendOnConnectionUpdateActionRequired',
  syncDisabled: 'sendOnSyncDisabled',
  syncDisabledWarning: 'sendOnSyncDisabledWarning',
} as const

const Item = z.looseObject({
  notificationType: z.array(z.enum(['slack', 'customerio'])).optional(),
  slackConfiguration: z.looseObject({ webhook: z.string() }).optional(),
})
const Settings = z.looseObject(
  Object.fromEntries(Object.values(names).map((name) => [name, Item.optional()])) as Record<
    string,
    z.ZodOptional<typeof Item>
  >,
)
const Stored = z.looseObject({
  email: z.looseObject({ enabled: z.boolean().optional() }).optional(),
  webhook: z.looseObject({ enabled: z.boolean().optional(), url: z.string().optional() }).optional(),
})

/** @throws Problem for settings that are none */
export function fromNotificationSettings(settings: JsonObject): JsonObject {
  const parsed = parse(Settings, settings)
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, configName]) => {
      const item = parsed[configName]
      if (!item) return []
      const { notificationType = [], slackConfiguration } = item
      const webhook = {
        enabled: notificationType.includes('slack'),
        ...(slackConfiguration && { url: slackConfiguration.webhook }),
      }
      return [[name, { email: { enabled: notificationType.includes('customerio') }, webhook }]]
    }),
  )
}

export function toNotificationSettings(notifications: JsonObject) {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, configName]) => {
      const stored = Stored.safeParse(notifications[name])
      if (!stored.success) return []
      const { email, webhook } = stored.data
      const slack = webhook?.url !== undefined && webhook.enabled !== false
      const notificationType = [...(slack ? ['slack'] : []), ...(email?.enabled ? ['customerio'] : [])]
      return [[configName, { notificationType, ...(webhook?.url && { slackConfiguration: { webhook: webhook.url } }) }]]
    }),
  )
}
