// The Airbyte itself, and the few calls that belong to nothing else.
import * as z from 'zod'
import { AnyObject, growing, maybe } from './tolerant.js'

export const Health = z.looseObject({ available: z.boolean() })

export const InstanceConfiguration = z.looseObject({
  edition: growing('community', 'pro', 'enterprise', 'trial'),
  version: z.string(),
  licenseStatus: maybe(growing('pro', 'invalid', 'exceeded', 'expired')),
  airbyteUrl: z.string(),
  auth: z.looseObject({ mode: growing('none', 'simple', 'oidc'), authorizationServerUrl: maybe(z.string()) }),
  initialSetupComplete: z.boolean(),
  defaultUserId: z.string(),
  defaultOrganizationId: z.string(),
  defaultWorkspaceId: z.string(),
})
export type InstanceConfiguration = z.infer<typeof InstanceConfiguration>

export const WebappConfiguration = z.looseObject({ version: z.string(), edition: z.string() })
export type WebappConfiguration = z.infer<typeof WebappConfiguration>

/** How many connectors could be newer. */
export const Updates = z.looseObject({ sourceDefinitions: z.number(), destinationDefinitions: z.number() })
export type Updates = z.infer<typeof Updates>

/** A cron expression in words. */
export const CronDescription = z.looseObject({
  cronExpression: z.string(),
  description: z.string(),
  /** Seconds since the epoch. */
  nextExecutions: z.array(z.number()),
})
export type CronDescription = z.infer<typeof CronDescription>

/** Whether a trial message arrived. */
export const TriedNotification = z.looseObject({
  status: growing('succeeded', 'failed'),
  message: maybe(z.string()),
})
export type TriedNotification = z.infer<typeof TriedNotification>

/** What a manifest's stream read in the Connector Builder: real records, page by page. */
export const StreamRead = z.looseObject({
  logs: z.array(z.looseObject({ message: z.string(), level: growing('INFO', 'WARN', 'ERROR', 'FATAL') })),
  slices: z.array(z.looseObject({ pages: z.array(z.looseObject({ records: z.array(AnyObject) })) })),
  test_read_limit_reached: z.boolean(),
  inferred_schema: maybe(AnyObject),
})
export type StreamRead = z.infer<typeof StreamRead>
