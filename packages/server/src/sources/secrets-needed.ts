import type { FieldError } from '@opsai/contract'
import { invalidRequest, ProblemError } from '../http/problem.js'

const namesOf = (fieldErrors: readonly FieldError[]) => fieldErrors.map(({ path }) => path.join('.')).join(', ')

/** An edit whose masks can't stand for what is stored. */
export const secretsNeeded = (fieldErrors: FieldError[]) =>
  invalidRequest(`This change can't keep the secrets at ${namesOf(fieldErrors)}: send them again.`, fieldErrors)

/** An edit that can be stored, but not tested as it is: no call of this Airbyte's fills in these secrets. */
export const testAfterSave = (paths: readonly (readonly string[])[]) => {
  const fieldErrors = paths.map((path) => ({
    path: ['configuration', ...path],
    code: 'secret_needed',
    message: 'must be typed again to test this change before it is saved',
  }))
  const detail = `This Airbyte can't test a change with the stored secrets at ${namesOf(fieldErrors)}: send them again, or save the change and test the source.`
  return new ProblemError('test_after_save', { detail, fieldErrors })
}
