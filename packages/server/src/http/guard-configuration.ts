// Airbyte takes some values for references to stored secrets of anybody's (security.md §2 row 7). They never pass.
import { invalidRequest } from './problem.js'

const referenceKeys = new Set(['_secret', '_secret_reference_id'])

const isReference = (value: string) => value.normalize('NFKC').toLowerCase().includes('secret_coordinate::')

/**
 * @param at where the configuration stands in the body, for the error
 * @throws ProblemError naming the field that holds a reference
 */
export function guardConfiguration(configuration: unknown, at: readonly string[] = ['configuration']): void {
  if (typeof configuration === 'string' && isReference(configuration)) throw refuse(at)
  if (typeof configuration !== 'object' || configuration === null) return
  for (const [key, value] of Object.entries(configuration)) {
    if (referenceKeys.has(key.normalize('NFKC').trim().toLowerCase())) throw refuse([...at, key])
    guardConfiguration(value, [...at, key])
  }
}

const refuse = (path: readonly string[]) =>
  invalidRequest('A configuration may not refer to stored secrets.', [
    { path: [...path], code: 'forbidden', message: 'may not refer to a stored secret' },
  ])
