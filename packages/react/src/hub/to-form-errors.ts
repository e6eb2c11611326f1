import type { FieldError } from '@opsai/contract'

/**
 * A problem's field errors by their place in a form: a problem speaks of the request, in which the configuration is one
 * member; a form is about the configuration alone. What is about another member keeps its message and no place.
 *
 * @example
 * toFormErrors([{ path: ['configuration', 'password'], code: 'secret_needed', message: 'Type it again.' }])
 * // [{ path: ['password'], code: 'secret_needed', message: 'Type it again.' }]
 */
export const toFormErrors = (errors: readonly FieldError[]): FieldError[] =>
  errors.map(({ path: [member, ...inner], ...error }) => ({ ...error, path: member === 'configuration' ? inner : [] }))
