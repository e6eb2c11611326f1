import type { CheckResult, FieldError } from '@opsai/contract'

/** A test that failed. */
export interface CheckProblem {
  /** The reason in one word, where it is known: one of `checkCodes` of `@opsai/contract`. */
  code: string | undefined
  message: string | undefined
  remedy: string | undefined
  fieldErrors: FieldError[]
}

/** What a failed test leaves to show. */
export const toCheckProblem = ({ code, message, remedy, fieldErrors = [] }: CheckResult): CheckProblem => ({
  code,
  message,
  remedy,
  fieldErrors,
})
