import * as z from 'zod/mini'
import { FieldError, ProblemCode } from './problem.js'
import { UserId } from './text.js'

/** Where a sign-in stands. All after `creating` are final. Server state is the truth; windows are hints. */
export const FlowStatus = z.enum([
  'launched',
  'authorizing',
  'returned',
  'confirmed',
  'creating',
  'completed',
  'denied',
  'provider_error',
  'cancelled',
  'expired',
  'browser_mismatch',
  'user_mismatch',
  'context_mismatch',
  'failed',
])
export type FlowStatus = z.infer<typeof FlowStatus>

/** Statuses after which a flow never changes. */
export const finalFlowStatuses = [
  'completed',
  'denied',
  'provider_error',
  'cancelled',
  'expired',
  'browser_mismatch',
  'user_mismatch',
  'context_mismatch',
  'failed',
] as const satisfies FlowStatus[]

/** A sign-in at a provider, from click to source. */
export const Flow = z.object({
  flowId: z.string(),
  sourceType: z.string(),
  status: FlowStatus,
  /** Once `completed`; from the start where a source is signed in again. */
  sourceId: z.optional(z.string()),
  /** Why it ended without a source, or without signing it in again. */
  error: z.optional(
    z.object({
      code: ProblemCode,
      displayMessage: z.string(),
      remedy: z.optional(z.string()),
      fieldErrors: z.optional(z.array(FieldError)),
    }),
  ),
  expiresAt: z.string(),
})
export type Flow = z.infer<typeof Flow>

/** 128 bits made by the browser, base64url. */
export const FlowId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))

/**
 * The form the browser posts into the popup, in the click itself. The session token travels in the body:
 * never in a URL, a Referer or a log (security: launch = POST).
 */
export const StartFlowForm = z.strictObject({
  sessionToken: z.string(),
  flowId: FlowId,
  sourceType: z.string(),
  /** The source's name once it is made. */
  name: z.optional(z.string().check(z.maxLength(200))),
  /** JSON of what the form holds beside the sign-in: inputs the provider or the source needs. */
  configuration: z.optional(z.string()),
  /** The source that is signed in again, in place of making a new one: it keeps its name and configuration. */
  sourceId: z.optional(z.uuid()),
})
export type StartFlowForm = z.infer<typeof StartFlowForm>

/** Sign-ins under way, of this tenant and user: a page that knows none of them can still go on with one. */
export const Flows = z.object({ flows: z.array(Flow) })
export type Flows = z.infer<typeof Flows>

export const FlowQuery = z.object({
  /** Long poll: wait up to so many seconds (0–25) for a status other than `since`, or for the flow to be known at all. */
  wait: z.optional(z.string().check(z.regex(/^([0-9]|1[0-9]|2[0-5])$/))),
  since: z.optional(FlowStatus),
})

export const ConfirmFlowRequest = z.strictObject({
  /** The single-use nonce from the fragment of the return page. */
  nonce: z.string(),
})

/** What a host's backend asks for when a source needs its owner to sign in again. */
export const CreateReconnectLinkRequest = z.strictObject({
  sourceId: z.uuid(),
  /** Who may use the link: finishing takes a session of this user at the host. */
  userId: UserId,
  /** The host's origin where it ends; one of `returnUrls`' origins. Default: the first. */
  origin: z.optional(z.string().check(z.regex(/^https?:\/\/[^/?#\s@]+$/))),
  /** 60 to 2,592,000 (30 days). @default 604800 (7 days) */
  ttlSeconds: z.optional(z.int().check(z.gte(60), z.lte(2_592_000))),
})
export type CreateReconnectLinkRequest = z.infer<typeof CreateReconnectLinkRequest>

/** To send to that user: good for one sign-in, and for nobody else's. */
export const ReconnectLink = z.object({
  url: z.string(),
  /** ISO 8601. */
  expiresAt: z.string(),
})
export type ReconnectLink = z.infer<typeof ReconnectLink>
