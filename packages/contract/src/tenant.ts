import * as z from 'zod/mini'

/** What a tenant is made of. Files and Redis only where the deployment has them. */
export const TenantPart = z.enum(['warehouse', 'workspace', 'destination', 'storage', 'redis'])
export type TenantPart = z.infer<typeof TenantPart>

/** How a part was found: `unknown` where it could not be asked. */
export const InspectedPart = z.object({
  part: TenantPart,
  state: z.enum(['present', 'absent', 'wrong', 'unknown']),
  /** What is wrong with it. Never a secret. */
  what: z.optional(z.string()),
})
export type InspectedPart = z.infer<typeof InspectedPart>

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
  /** When its passwords and keys were last changed, ISO 8601. */
  rotatedAt: z.optional(z.string()),
  /** What there really is, where `inspect` asked for it. */
  parts: z.optional(z.array(InspectedPart)),
})
export type Tenant = z.infer<typeof Tenant>

export const TenantQuery = z.object({
  /** `true`: every part is looked at where it is, which takes a moment. @default 'false' */
  inspect: z.optional(z.enum(['true', 'false'])),
})

/** A tenant in the list, in whatever state. */
export const TenantSummary = z.object({
  tenantId: z.string(),
  /** `provisioning` and `deleting` end by themselves, also after a crash. */
  status: z.enum(['provisioning', 'ready', 'deleting']),
  schema: z.string(),
  createdAt: z.string(),
  rotatedAt: z.optional(z.string()),
})
export type TenantSummary = z.infer<typeof TenantSummary>

export const TenantListQuery = z.object({
  /** `nextCursor` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(1000))),
  /** 1 to 200. @default 50 */
  limit: z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,2}$/))),
})
export const TenantPage = z.object({ tenants: z.array(TenantSummary), nextCursor: z.optional(z.string()) })
export type TenantPage = z.infer<typeof TenantPage>

export const DeletedTenant = z.object({ tenantId: z.string(), syncedData: z.literal('deleted') })

/** Who reads the `.env`. */
export const TenantEnvQuery = z.object({
  /** `dotenv`: dotenv, and `source` in bash; `docker`: `docker run --env-file`. @default 'dotenv' */
  format: z.optional(z.enum(['dotenv', 'docker'])),
})
