// What handlers work with. Made once, in create-server.ts.
import type { AirbyteClient } from '@opsai/airbyte-client'
import type { Job } from '@opsai/contract'
import type { Adviser } from './adviser/create-adviser.js'
import type { Apps } from './apps/apps.js'
import type { Connectors } from './connectors/connectors.js'
import type { Outbound } from './egress/outbound.js'
import type { TenantLimit } from './http/tenant-limit.js'
import type { JobFeed } from './jobs/job-feed.js'
import type { Lifecycle } from './lifecycle.js'
import type { Log } from './log.js'
import type { FlowFeed } from './oauth/flow-feed.js'
import type { Settings } from './options.js'
import type { Sealer } from './secrets/seal.js'
import type { LiveStreams } from './session/live-streams.js'
import type { Database } from './store/database.js'
import type { Tenants } from './tenants/tenants.js'
import type { Warehouse } from './warehouse/warehouse.js'

export type Airbyte = AirbyteClient

export interface Services {
  settings: Settings
  edition: 'cloud' | 'selfManaged'
  airbyte: Airbyte
  db: Database
  warehouse: Warehouse
  sealer: Sealer
  tenants: Tenants
  apps: Apps
  connectors: Connectors
  outbound: Outbound
  /** A language model that may advise; silent where there is none. */
  adviser: Adviser
  jobs: JobFeed
  flows: FlowFeed
  /** Event streams that are open here. */
  streams: LiveStreams
  lifecycle: Lifecycle
  limit: TenantLimit
  log: Log
  now(): Date
  /** What follows from how a job was seen to stand; safe to call any number of times. */
  onJob(job: Job): Promise<void>
  /** Work that outlives its request; `close` waits for it. */
  inBackground(what: string, work: () => Promise<void>): void
}

/** A tenant with everything provisioned. */
export interface ReadyTenant {
  tenantId: string
  slug: string
  workspaceId: string
  destinationId: string
}

/** Who is calling through the session door. */
export interface Caller {
  tenant: ReadyTenant
  userId: string
  origins: readonly string[]
  /** The session itself, by the hash of its token: what is opened by it ends with it. */
  session: { tokenHash: Buffer }
}
