// What a tenant's own app is told: what is its own, and what there is to read. Nothing of the platform's.
import { toProviders } from './connected-providers.js'
import { type TenantEnv, TenantEnvKeys } from './tenant-env-keys.js'

/** The whole of it. */
export type TenantEnvironment = TenantEnv & Record<`${string}_ENABLED`, 'true'>

export interface TenantEnvFacts {
  tenantId: string
  /** What each part of the tenant has to say. */
  parts: readonly Partial<TenantEnv>[]
  /** Connectors the tenant has connected, in that order. */
  sourceTypes: readonly string[]
}

/** `google-ads` → `GOOGLE_ADS_ENABLED`. A name may not begin with a digit. */
export const toEnabledName = (sourceType: string) =>
  `${sourceType
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_')}_ENABLED`

/**
 * The `.env`, by name. Its order is the schema's, then the connectors'.
 *
 * @throws ZodError where something is not as {@link TenantEnvKeys} describes it
 */
export function toTenantEnv({ tenantId, parts, sourceTypes }: TenantEnvFacts): TenantEnvironment {
  const fixed = TenantEnvKeys.parse(Object.assign({ TENANT_ID: tenantId }, ...parts, toProviders(sourceTypes)))
  const enabled = [...new Set(sourceTypes.map(toEnabledName))].sort().map((name) => [name, 'true'])
  return { ...fixed, ...Object.fromEntries(enabled) } as TenantEnvironment
}
