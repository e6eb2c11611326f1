// Airbyte's problems: status, type, title and detail are its own (data file problems.json of the platform), the
// human words are in `data.message`, the content type is plain JSON.
import { randomUUID } from 'node:crypto'

const reference = 'https://reference.airbyte.com/reference/errors'

const kinds = {
  'invalid-api-key': [
    401,
    `${reference}#invalid-api-key`,
    'invalid-api-key',
    'The API key in the Authorization header is invalid.',
  ],
  forbidden: [403, `${reference}#forbidden`, 'forbidden', 'The request is forbidden.'],
  'bad-request': [
    400,
    `${reference}#bad-request`,
    'bad-request',
    'The request could not be understood by the server due to malformed syntax.',
  ],
  'value-not-found': [400, reference, 'value-not-found', 'The submitted value could not be found.'],
  'unprocessable-entity': [
    422,
    `${reference}#unprocessable-entity`,
    'unprocessable-entity',
    'The body of the request was not understood',
  ],
  'invalid-redirect-url': [
    422,
    `${reference}#invalid-redirect-url`,
    'invalid-redirect-url',
    'Redirect URL format not understood. Please verify that it is a valid URI and uses HTTPS.',
  ],
  'try-again-later': [409, `${reference}#try-again-later`, 'try-again-later', 'Please try again later.'],
  'state-conflict': [409, `${reference}#409-state-conflict`, 'state-conflict', 'State conflict'],
  'unexpected-problem': [
    500,
    reference,
    'unexpected-problem',
    'An unexpected problem has occurred. If this is an error that needs to be addressed, please submit a pull request or github issue.',
  ],
  'oauth-callback-failure': [
    500,
    `${reference}#oauth-callback-failure`,
    'oauth-callback-failure',
    'Unexpected problem completing OAuth',
  ],
  'not-implemented': [
    501,
    'error:implementation/not-implemented-in-oss',
    'API not implemented in Airbyte OSS',
    "The requested API isn't implemented in the Airbyte OSS version.",
  ],
  'cron-invalid': [
    400,
    'error:cron-validation/invalid-expression',
    'Invalid cron expression',
    'The cron expression is invalid',
  ],
  'cron-missing': [
    400,
    'error:cron-validation/missing-cron-data',
    'Cron data is missing',
    'If schedule type is cron, scheduleData.cron must be provided.',
  ],
  'cron-too-often': [
    400,
    'error:cron-validation/under-one-hour-not-allowed',
    'Cron sync schedules more frequent than once per hour are not allowed',
    'Syncs',
  ],
  'conflicting-stream': [
    400,
    'error:connection-conflicting-destination-stream',
    'Connection contains conflicting stream(s).',
    'This connection contains stream(s) that conflict with existing connection(s).',
  ],
  'files-unsupported': [
    400,
    'error:connection-validation/file-transfer/connection-unsupported',
    'Connection does not support file transfers',
    'The source or destination used in this connection does not support file transfers, so they cannot be enabled.',
  ],
  'resource-not-found': [
    404,
    `${reference}#resource-not-found`,
    'resource-not-found',
    'The requested resource could not be found.',
  ],
  entitlement: [
    403,
    'error:license/entitlement',
    'License Entitlement Error',
    'The license for this organization is not entitled to use the requested feature.',
  ],
  'tag-exists': [
    409,
    'error:tag-already-exists',
    'Tag already exists',
    'A tag with this name already exists in this workspace.',
  ],
  'tag-color': [400, 'error:tag-invalid-hex-color', 'Invalid hex color', 'The hex color provided is invalid.'],
  'tag-name': [400, 'error:tag-name-too-long', 'Tag name too long', 'The tag name can be maximum 30 characters.'],
  'tag-limit': [
    400,
    'error:tag-limit-for-workspace-reached',
    'Tag limit for workspace reached',
    'The workspace has reached the maximum number of tags.',
  ],
  'notification-url': [
    400,
    'error:notification/config/missing-url',
    'Notification missing URL',
    'The notification is missing a URL.',
  ],
} as const satisfies Record<string, readonly [number, string, string, string]>

export type ProblemKind = keyof typeof kinds

/** Thrown anywhere in a handler, answered as Airbyte would. `message` is for people and holds no secrets. */
export class Problem extends Error {
  override readonly name: string = 'Problem'
  readonly kind: ProblemKind
  readonly #facts: Record<string, unknown>

  /** `facts` are what else Airbyte puts in the `data` of this kind of problem. */
  constructor(kind: ProblemKind, message?: string, facts: Record<string, unknown> = {}) {
    super(message ?? kinds[kind][3])
    this.kind = kind
    this.#facts = facts
  }

  toResponse(): Response {
    const [status, type, title, detail] = kinds[this.kind]
    const data = { ...(this.message !== detail && { message: this.message }), ...this.#facts }
    const hasData = Object.keys(data).length > 0
    return Response.json({ status, type, title, detail, ...(hasData && { data }) }, { status })
  }
}

/**
 * An id that is nobody's. The public API says 403: the caller's role is looked up by the id, and there is none
 * (trap 8). The Config API says 404 with nothing but an `errorId`.
 */
export class UnknownId extends Problem {
  override readonly name = 'UnknownId'

  constructor(noun: string) {
    super('forbidden', `There is no such ${noun}, or it is not yours.`)
  }
}

/** What Airbyte says of an id that it does not know. */
export function unknownId(noun: string): Problem {
  return new UnknownId(noun)
}

/** Airbyte's older error shape: what happened, and an id to look for in its log. */
export function toKnownException(status: number, message: string): Response {
  return Response.json({ message, errorId: randomUUID() }, { status })
}
