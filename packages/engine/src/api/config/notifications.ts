// Trying a webhook before it is needed. Airbyte's test has words only: what it sends later has `data` too.
import { Hono } from 'hono'
import * as z from 'zod'
import { parseBody } from '../parse.js'
import type { Services } from '../services.js'

const Slack = z.looseObject({ webhook: z.string() })
const Try = z.looseObject({
  notificationType: z.enum(['slack', 'customerio']),
  slackConfiguration: Slack.optional(),
})
const TryWebhook = z.looseObject({ slackConfiguration: Slack, notificationTrigger: z.string().optional() })

export function notificationRoutes({ webhooks }: Services) {
  const message = { text: 'Hello World! This is a test from Airbyte to try the notification settings.' }

  return new Hono()
    .post('/notifications/try', async (c) => {
      const { notificationType, slackConfiguration } = await parseBody(c, Try)
      if (notificationType !== 'slack' || !slackConfiguration) {
        return c.json({ status: 'failed', message: 'The embedded engine sends webhooks only, no mail.' })
      }
      return c.json(await webhooks.send(slackConfiguration.webhook, message))
    })
    .post('/notifications/try_webhook', async (c) => {
      const { slackConfiguration } = await parseBody(c, TryWebhook)
      return c.json(await webhooks.send(slackConfiguration.webhook, message))
    })
}
