import * as z from 'zod/mini'

/** The closed list of what can go wrong. A code never changes its meaning. */
export const problemCodes = [
  'invalid_request',
  'unauthorized',
  'session_expired',
  'origin_not_allowed',
  'forbidden',
  'tenant_mismatch',
  'not_found',
  'conflict',
  'source_exists',
  'sync_running',
  'idempotency_mismatch',
  'idempotency_in_progress',
  'payload_too_large',
  'unsupported_media_type',
  'rate_limited',
  'check_failed',
  'test_after_save',
  'config_error',
  'connector_unavailable',
  'oauth_unsupported',
  'popup_blocked',
  'sandboxed_frame',
  'waiting_unconfirmed',
  'denied',
  'provider_error',
  'scope_insufficient',
  'cancelled',
  'expired',
  'link_used',
  'browser_mismatch',
  'user_mismatch',
  'context_mismatch',
  'upstream_rate_limited',
  'upstream_unavailable',
  'upstream_timeout',
  'upstream_invalid',
  'network_error',
  'internal',
] as const
export const ProblemCode = z.enum(problemCodes)
export type ProblemCode = z.infer<typeof ProblemCode>

/** What is wrong with one field, by its path in the body or configuration. */
export const FieldError = z.object({
  path: z.array(z.string()),
  /** `required`, `type`, `pattern`, `rejected` … */
  code: z.string(),
  message: z.string(),
})
export type FieldError = z.infer<typeof FieldError>

/** RFC 9457 problem details, sent as `application/problem+json`. */
export const Problem = z.object({
  /** `urn:opsai:problem:<code>`. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ProblemCode,
  /** For developers. */
  detail: z.string(),
  /** For the end user. */
  displayMessage: z.string(),
  /** For the end user: what to do now. */
  remedy: z.optional(z.string()),
  retryable: z.boolean(),
  requestId: z.string(),
  fieldErrors: z.optional(z.array(FieldError)),
})
export type Problem = z.infer<typeof Problem>
