import * as z from 'zod'
import { maybe } from './tolerant.js'

const Channels = z.looseObject({
  email: maybe(z.looseObject({ enabled: maybe(z.boolean()) })),
  webhook: maybe(z.looseObject({ enabled: maybe(z.boolean()), url: maybe(z.string()) })),
})

/** Who is told of what. Airbyte's webhooks are not signed: put a secret into the path. */
export const Notifications = z.looseObject({
  failure: maybe(Channels),
  success: maybe(Channels),
  connectionUpdate: maybe(Channels),
  connectionUpdateActionRequired: maybe(Channels),
  syncDisabled: maybe(Channels),
  syncDisabledWarning: maybe(Channels),
})
export type Notifications = z.infer<typeof Notifications>

/** Public API. */
export const Workspace = z.looseObject({
  workspaceId: z.string(),
  name: z.string(),
  dataResidency: maybe(z.string()),
  notifications: maybe(Notifications),
})
export type Workspace = z.infer<typeof Workspace>

const Limit = z.looseObject({ current: z.number(), max: z.number() })

/** The Config API's record of a workspace: its organization, what it may hold, whether it is deleted. */
export const InternalWorkspace = z.looseObject({
  workspaceId: z.string(),
  customerId: z.string(),
  organizationId: z.string(),
  name: z.string(),
  slug: z.string(),
  email: maybe(z.string()),
  initialSetupComplete: z.boolean(),
  dataplaneGroupId: maybe(z.string()),
  /** Deleted. */
  tombstone: maybe(z.boolean()),
  workspaceLimits: maybe(z.looseObject({ sources: Limit, destinations: Limit, activeConnections: Limit })),
})
export type InternalWorkspace = z.infer<typeof InternalWorkspace>

export const InternalWorkspaces = z.looseObject({ workspaces: z.array(InternalWorkspace) })

/** Whether there is anything in a workspace. */
export const WorkspaceContents = z.looseObject({
  hasSources: z.boolean(),
  hasDestinations: z.boolean(),
  hasConnections: z.boolean(),
})
export type WorkspaceContents = z.infer<typeof WorkspaceContents>
