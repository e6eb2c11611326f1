import type { Context } from 'hono'

/** The origin that was asked, which is how we call ourselves (RFC 8414 §2). */
export function issuerOf(c: Context): string {
  return new URL(c.req.url).origin
}
