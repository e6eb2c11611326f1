import type { App } from '@opsai/contract'
import type { AppRow } from '../store/apps.js'

/** An app as the host sees it. */
export const toApp = (row: AppRow): App => ({
  tenantId: row.tenant_id,
  name: row.name ?? row.tenant_id,
  target: row.target,
  status: row.status,
  ...(row.step && { step: row.step }),
  ...(row.message && { message: row.message }),
  ...(row.url && { url: row.url }),
  ...(row.deployment_id && { deploymentId: row.deployment_id }),
  ...(row.error && { error: row.error }),
  revision: { wanted: row.wanted, deployed: row.deployed },
  connectors: row.connectors,
  updatedAt: row.updated_at.toISOString(),
})
