import * as z from 'zod/mini'
import { FieldError } from './problem.js'
import { toName } from './text.js'

/** A connector's configuration, shaped by its spec. Secrets come back as ten stars, never as they are. */
export const Configuration = z.record(z.string(), z.unknown())
export type Configuration = z.infer<typeof Configuration>

/** A connector a tenant has configured. */
export const Source = z.object({
  sourceId: z.string(),
  sourceType: z.string(),
  name: z.string(),
  /** What the last test said. */
  checkStatus: z.enum(['untested', 'succeeded', 'failed']),
  /** How it was authorised: typed credentials or sign-in at the provider. */
  authorization: z.enum(['credentials', 'oauth']),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Source = z.infer<typeof Source>

/** A source with its configuration, secrets masked. */
export const SourceDetail = z.extend(Source, { configuration: Configuration })
export type SourceDetail = z.infer<typeof SourceDetail>

export const CreateSourceRequest = z.strictObject({
  tenantId: z.string(),
  sourceType: z.string(),
  name: toName(200),
  configuration: z.optional(Configuration),
  /** The `flowId` of a completed sign-in. */
  authorizationId: z.optional(z.string()),
})
export type CreateSourceRequest = z.infer<typeof CreateSourceRequest>

/** Sign-in is needed before the source can be made: open `authUrl` in a window, then follow the flow. */
export const SignInNeeded = z.object({ authUrl: z.string(), flowId: z.string() })
export type SignInNeeded = z.infer<typeof SignInNeeded>

export const UpdateSourceRequest = z.strictObject({
  name: z.optional(toName(200)),
  /** The whole configuration; a secret sent back as ten stars keeps its stored value. */
  configuration: z.optional(Configuration),
})
export type UpdateSourceRequest = z.infer<typeof UpdateSourceRequest>

/** What is tested: a source as it is stored, an edit of it that is not, or a configuration nobody has stored. */
export const TestSourceRequest = z.union([
  z.strictObject({ sourceId: z.string() }),
  /** The whole configuration as `updateSource` would get it: ten stars stand for the stored secret. Stores nothing. */
  z.strictObject({ sourceId: z.string(), configuration: Configuration }),
  z.strictObject({ sourceType: z.string(), configuration: Configuration }),
])
export type TestSourceRequest = z.infer<typeof TestSourceRequest>

/** What a test of credentials said. A failed test is an answer, not an error. */
export const CheckResult = z.object({
  status: z.enum(['succeeded', 'failed']),
  /** The kind of failure in one word, one of `checkCodes`; new ones may come. Absent where nobody knows the message. */
  code: z.optional(z.string()),
  /** For the end user: what the other side said, whole, without the log that came with it. */
  message: z.optional(z.string()),
  /** The fields it is about, by their path in the configuration; their `code` is the same word, or `rejected`. */
  fieldErrors: z.optional(z.array(FieldError)),
  /** For the end user: what to do about it. */
  remedy: z.optional(z.string()),
})
export type CheckResult = z.infer<typeof CheckResult>

export const ConnectedSources = z.object({ sources: z.array(Source) })

/** What went with a deleted source. */
export const DeletedSource = z.object({
  sourceId: z.string(),
  /** Connections that ended with it. */
  connectionIds: z.array(z.string()),
  /** Rows already synced stay where they are: `kept`. */
  syncedData: z.literal('kept'),
})
export type DeletedSource = z.infer<typeof DeletedSource>
