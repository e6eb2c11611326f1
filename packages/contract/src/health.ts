import * as z from 'zod/mini'

/**
 * `degraded` where the proxy lives but a thing it needs does not answer; `stopping` (with status 503) where it takes no
 * new work, so that a load balancer sends nothing more.
 */
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'stopping']),
  database: z.enum(['ok', 'unreachable']),
  airbyte: z.enum(['ok', 'unreachable']),
})
export type Health = z.infer<typeof Health>
