import * as z from 'zod/mini'
import { TenantId, UserId } from './text.js'

/** What a host's backend asks for when a signed-in user opens the hub. */
export const CreateSessionRequest = z.strictObject({
  tenantId: TenantId,
  userId: UserId,
  /** Origins (`https://app.example.com`) whose pages may use the token. */
  origins: z.array(z.string().check(z.regex(/^https?:\/\/[^/?#\s@]+$/))).check(z.minLength(1), z.maxLength(20)),
  /** 1 to 900. @default 900 */
  ttlSeconds: z.optional(z.int().check(z.gte(1), z.lte(900))),
})
export type CreateSessionRequest = z.infer<typeof CreateSessionRequest>

/** Handed to the browser: opaque, short-lived, one tenant, one user. */
export const Session = z.object({
  token: z.string(),
  /** ISO 8601. */
  expiresAt: z.string(),
})
export type Session = z.infer<typeof Session>

/** Whose sessions end. */
export const RevokeSessionsQuery = z.object({
  /** Only this user's. Default: everybody's of the tenant. */
  userId: z.optional(UserId),
})

/** How many live sessions were ended. */
export const RevokedSessions = z.object({ revoked: z.int() })
export type RevokedSessions = z.infer<typeof RevokedSessions>
