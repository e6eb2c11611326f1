// The bodies an error of Airbyte's may have: a problem of its own list, its `{message, errorId}` and `{errorId}`, the
// words of an unknown route, or nothing where the open-source server implements nothing.
import type { Ajv } from 'ajv'
import type { AirbyteDocuments } from './documents.js'

/** A function that says what is wrong with an error answer; `undefined` for nothing. */
export function createErrorShapes(ajv: Ajv, { problems, dataSchemas }: AirbyteDocuments['problems']) {
  ajv.addSchema({ components: { schemas: dataSchemas } }, 'problems')

  function violationOfProblem(body: Record<string, unknown>, status: number): string | undefined {
    const { type, title, data } = body
    if (body.status !== status) return `says it is a ${String(body.status)}`
    const kind = problems.find((it) => it.status === status && it.type === type && it.title === title)
    if (!kind) return `is no problem of Airbyte's: ${String(type)}, ${String(title)}`
    if (data === undefined || kind.dataSchema === null) return undefined
    const validate = ajv.compile({ $ref: `problems#/components/schemas/${kind.dataSchema}` })
    return validate(data) ? undefined : `has data that is not a ${kind.dataSchema}: ${ajv.errorsText(validate.errors)}`
  }

  return ({ status, headers }: Response, text: string): string | undefined => {
    if (text === '') return status === 501 || status === 401 ? undefined : 'is empty'
    const contentType = headers.get('content-type') ?? ''
    if (!contentType.startsWith('application/json')) return `is ${contentType || 'of no type'}`
    const body = toObject(text)
    if (body === undefined) {
      return status === 404 && text === '"Object not found."'
        ? undefined
        : `has an unknown shape: ${text.slice(0, 200)}`
    }
    if ('type' in body && 'title' in body) return violationOfProblem(body, status)
    if (typeof body.errorId === 'string' || typeof body.message === 'string') return undefined
    return `has an unknown shape: ${text.slice(0, 200)}`
  }
}

function toObject(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
