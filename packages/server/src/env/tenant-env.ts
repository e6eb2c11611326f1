import type { Tenant } from '@opsai/contract'
import { toTenantNames } from '../tenants/names.js'
import type { WarehouseAddress } from '../warehouse/warehouse.js'

export interface TenantEnvFacts {
  tenant: Tenant
  address: WarehouseAddress
  appPassword: string
  /** Connectors the tenant has connected. */
  sourceTypes: readonly string[]
}

/** `google-ads` → `GOOGLE_ADS_ENABLED`. A name may not begin with a digit. */
export const toEnabledName = (sourceType: string) =>
  `${sourceType
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_')}_ENABLED`

/** What a tenant's own app needs: a database it may only read, and what there is to read. */
export function toTenantEnv({ tenant, address, appPassword, sourceTypes }: TenantEnvFacts): Record<string, string> {
  const enabled = [...new Set(sourceTypes)].sort().map((sourceType) => [toEnabledName(sourceType), 'true'])
  return {
    TENANT_ID: tenant.tenantId,
    DATABASE_URL: toDatabaseUrl(tenant.schema, address, appPassword),
    DATABASE_SCHEMA: tenant.schema,
    AIRBYTE_WORKSPACE_ID: tenant.workspaceId,
    ...(Object.fromEntries(enabled) as Record<string, string>),
  }
}

function toDatabaseUrl(schema: string, { host, port, database, sslMode }: WarehouseAddress, password: string): string {
  const url = new URL('postgresql://localhost')
  url.hostname = host
  url.port = String(port)
  url.username = toTenantNames(schema).appRole
  url.password = password
  url.pathname = `/${encodeURIComponent(database)}`
  url.search = `?options=${encodeURIComponent(`-c search_path=${schema}`)}${sslMode ? `&sslmode=${sslMode}` : ''}`
  return url.href
}
