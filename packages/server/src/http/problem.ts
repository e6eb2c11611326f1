import type { FieldError, ProblemCode } from '@opsai/contract'

export interface ProblemFacts {
  /** For developers: what happened and what to do. */
  detail: string
  /** In place of the code's own sentence. */
  displayMessage?: string
  remedy?: string
  fieldErrors?: FieldError[]
  headers?: Record<string, string>
  /** Where a page that tells of it offers to go on: the host's origin. */
  wayOn?: string
  /** Whether it is part of how things go, so that no log line has to say so. */
  expected?: true
  /** Where this one may pass by itself, though its kind does not. */
  retryable?: boolean
  cause?: unknown
}

/** Anything that ends a request without its answer; becomes problem+json at the rim. */
export class ProblemError extends Error {
  override name = 'ProblemError' as const
  readonly facts: ProblemFacts

  constructor(
    readonly code: ProblemCode,
    facts: ProblemFacts,
  ) {
    super(facts.detail, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.facts = facts
  }
}

/** One body for every id that is not the caller's: unknown, deleted, malformed or another tenant's. */
export const notFound = () => new ProblemError('not_found', { detail: 'There is nothing here with this id.' })

export const invalidRequest = (detail: string, fieldErrors?: FieldError[]) =>
  new ProblemError('invalid_request', { detail, ...(fieldErrors && { fieldErrors }) })
