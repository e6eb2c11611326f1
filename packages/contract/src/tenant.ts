import * as z from 'zod/mini'

/** A customer of the host, with everything that is theirs alone. */
export const Tenant = z.object({
  tenantId: z.string(),
  /** Airbyte's workspace. */
  workspaceId: z.string(),
  /** Airbyte's destination: the tenant's schema. */
  destinationId: z.string(),
  /** The Postgres schema synced rows land in. Opaque: it never holds the host's own id. */
  schema: z.string(),
  createdAt: z.string(),
})
export type Tenant = z.infer<typeof Tenant>

export const DeletedTenant = z.object({ tenantId: z.string(), syncedData: z.literal('deleted') })
