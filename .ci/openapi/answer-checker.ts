// Holds every answer of the engine to Airbyte's own OpenAPI documents: good ones to the schema of their operation,
// errors to theirs where one is documented, else to the shapes Airbyte is known to send.
import { Ajv, type ValidateFunction } from 'ajv'
import formatsPlugin from 'ajv-formats'
import { fileURLToPath } from 'node:url'
import { readAirbyteDocuments, type AirbyteDocuments, type Answer, type Document } from './documents.js'
import { createErrorShapes } from './error-shapes.js'
import { createRecorder, type CheckedAnswer } from './record-answers.js'

export interface AnswerChecker {
  /** Whether there are documents to check against. */
  available: boolean
  /** Throws where an answer is not as documented. Our own additions (`/opsai/`) are not in the documents. */
  check(asked: { method: string; url: string }, response: Response): Promise<void>
  /** `POST /v1/…` of all that was checked. */
  checked: Set<string>
}

/**
 * @param record is told of every answer that was checked; by default the run is, which counts them
 * @example
 * const response = await engine.fetch(request)
 * await createAnswerChecker().check(request, response)
 */
export function createAnswerChecker(record: (answer: CheckedAnswer) => void = createRecorder()): AnswerChecker {
  const checked = new Set<string>()
  const documents = readAirbyteDocuments(fileURLToPath(new URL('../../', import.meta.url)))
  if (!documents) return { available: false, checked, check: () => Promise.resolve() }
  const find = createFinder(documents)
  const violationOf = createValidator(documents)

  return {
    available: true,
    checked,
    async check({ method, url }, response) {
      const { pathname } = new URL(url)
      const found = find(method, pathname)
      if (found === 'not ours') return
      const operation = found ? `${method} ${found.path}` : `${method} ${pathname}`
      const violation = await violationOf(found, response)
      checked.add(operation)
      record({ operation, status: response.status, ...(violation !== undefined && { violation }) })
      if (violation !== undefined) throw new Error(`${operation} answered ${response.status}, which ${violation}`)
    },
  }
}

interface Found {
  apiId: string
  document: Document
  path: string
  method: string
  responses: Record<string, Answer>
}

function createFinder({ apis }: AirbyteDocuments) {
  return (method: string, pathname: string): Found | 'not ours' | undefined => {
    const api = apis.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`))
    if (!api || pathname.includes('/opsai/')) return 'not ours'
    const path = findPath(api.document, api.base + pathname.slice(api.prefix.length))
    const operation = path && api.document.paths[path]?.[method.toLowerCase()]
    if (!path || !operation) return undefined
    return { apiId: api.id, document: api.document, path, method: method.toLowerCase(), responses: operation.responses }
  }
}

/** The path as it is, else the first template that fits. */
function findPath({ paths }: Document, pathname: string): string | undefined {
  const fits = (template: string) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(pathname)
  return Object.keys(paths).find((path) => path === pathname) ?? Object.keys(paths).find(fits)
}

/** A function that says what is wrong with an answer; `undefined` for nothing. */
function createValidator(documents: AirbyteDocuments) {
  const ajv = createAjv()
  for (const { id, document } of documents.apis) ajv.addSchema(document, id)
  const isErrorShape = createErrorShapes(ajv, documents.problems)
  const compiled = new Map<string, ValidateFunction>()
  const validatorOf = ($ref: string) => {
    const validate = compiled.get($ref) ?? ajv.compile({ $ref })
    compiled.set($ref, validate)
    return validate
  }

  return async (found: Found | undefined, response: Response): Promise<string | undefined> => {
    const documented = found && documentedAnswer(found, response.status)
    if (response.ok && !documented) return found ? 'is not a documented status' : 'is in no document'
    const text = await response.clone().text()
    if (!documented?.schema) return response.ok ? undefined : isErrorShape(response, text)
    const body = parseJson(text)
    if (body === undefined) return 'is not JSON'
    const validate = validatorOf(documented.schema)
    if (validate(body)) return response.ok ? undefined : isErrorShape(response, text)
    return `is not as documented: ${ajv.errorsText(validate.errors)}\n${text.slice(0, 2_000)}`
  }
}

/** What the document says of this status: a reference to the schema, or only that the status is right. */
function documentedAnswer(found: Found, status: number): { schema?: string } | undefined {
  const answer = found.responses[status]
  if (!answer) return undefined
  const shared = answer.$ref?.split('/').at(-1)
  const { content } = (shared === undefined ? answer : found.document.components.responses?.[shared]) ?? {}
  if (!content?.['application/json']?.schema) return {}
  const pointer =
    shared === undefined
      ? ['paths', found.path, found.method, 'responses', String(status)]
      : ['components', 'responses', shared]
  return { schema: `${found.apiId}#/${[...pointer, 'content', 'application/json', 'schema'].map(escape).join('/')}` }
}

const escape = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function createAjv() {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false })
  formatsPlugin.default(ajv)
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
  for (const name of ['UUID', 'uuid']) ajv.addFormat(name, uuid)
  for (const name of ['set', 'int64', 'int32']) ajv.addFormat(name, true)
  return ajv
}
