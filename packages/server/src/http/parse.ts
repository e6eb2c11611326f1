// The border: what comes in is checked against the contract, and what is wrong is named field by field.
import { type FieldError, type Schema, TenantId } from '@opsai/contract'
import * as z from 'zod'
import { invalidRequest } from './problem.js'

type Issue = z.core.$ZodIssue

const words = (issue: Issue): { code: string; message: string } => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'required', message: 'is needed' }
        : { code: 'type', message: `must be ${issue.expected}` }
    case 'unrecognized_keys':
      return { code: 'unknown', message: 'is not known here' }
    case 'too_big':
      return { code: 'too_big', message: `is more than ${issue.maximum}` }
    case 'too_small':
      return { code: 'too_small', message: `is less than ${issue.minimum}` }
    case 'invalid_value':
      return { code: 'value', message: `must be one of ${issue.values.map(String).join(', ')}` }
    case 'invalid_format':
      return { code: 'pattern', message: 'has the wrong form' }
    default:
      return { code: 'invalid', message: 'is not as expected' }
  }
}

/** Zod's issues as the contract's field errors; an unknown key is named itself, not its parent. */
export function toFieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], ...words(issue) }))
    if (issue.code === 'invalid_union') {
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
      if (nearest?.length) return toFieldErrors(nearest).map((error) => ({ ...error, path: [...path, ...error.path] }))
    }
    return [{ path, ...words(issue) }]
  })
}

/** Parses one part of a request. */
export function parsePart<S extends Schema>(schema: S, value: unknown, part: 'body' | 'query'): z.output<S> {
  const parsed = z.safeParse(schema, value, { reportInput: true })
  if (parsed.success) return parsed.data
  const fieldErrors = toFieldErrors(parsed.error.issues)
  const named = fieldErrors.map(({ path, message }) => `${path.join('.') || part} ${message}`).join('; ')
  throw invalidRequest(`The ${part} is not as the contract says: ${named}.`, fieldErrors)
}

const token = /^[A-Za-z0-9_-]{22}$/
const idShapes: Readonly<Record<string, RegExp>> = {
  sourceId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  connectionId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  jobId: /^[1-9][0-9]{0,14}$/,
  flowId: token,
  sourceType: /^[a-z0-9][a-z0-9._-]{0,99}$/,
  state: /^[A-Za-z0-9_-]{43}$/,
  secret: /^[A-Za-z0-9_-]{43}$/,
  token: /^[A-Za-z0-9_-]{43}$/,
  eventId: /^evt_[0-9a-f]{32}$/,
}

/** Whether an id can be one at all. What can't be is never sent on to the database or Airbyte. */
export const looksLikeId = (name: string, value: string): boolean =>
  name === 'tenantId' ? z.safeParse(TenantId, value).success : (idShapes[name]?.test(value) ?? false)
