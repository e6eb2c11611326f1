import * as z from 'zod/mini'

/** `degraded` where the proxy lives but a thing it needs does not answer. */
export const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  database: z.enum(['ok', 'unreachable']),
  airbyte: z.enum(['ok', 'unreachable']),
})
export type Health = z.infer<typeof Health>
