import type { Context } from 'hono'

/** An error of RFC 6749 §5.2. */
export interface TokenError {
  error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'invalid_scope' | 'unsupported_grant_type'
  error_description: string
}

export const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

export function refuse(c: Context, status: 400 | 401, error: TokenError['error'], description: string): Response {
  const body: TokenError = { error, error_description: description }
  return c.json(body, status, noStore)
}
