// What handlers work with. Made once, in create-server.ts.
import type { AirbyteClient } from '@opsai/airbyte-client'
import type { Connectors } from './connectors/connectors.js'
import type { JobFeed } from './jobs/job-feed.js'
import type { Log } from './log.js'
import type { Settings } from './options.js'
import type { Sealer } from './secrets/seal.js'
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
  connectors: Connectors
  jobs: JobFeed
  log: Log
  now(): Date
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
}
