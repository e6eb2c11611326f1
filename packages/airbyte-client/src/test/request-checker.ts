// Is a request one that the document allows? Stricter than Airbyte itself: what the document does not name is an error.
import { Ajv, type ValidateFunction } from 'ajv'
import formatsPlugin from 'ajv-formats'
import {
  listOperations,
  type Documents,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type Schema,
} from './documents.js'
import { resolveRef } from './example.js'

export interface FoundOperation {
  /** `POST /public/v1/sources`. */
  name: string
  door: keyof Documents
  operation: Operation
  parameters: Parameter[]
  ids: Record<string, string>
}

/** Finds the operation a request is for, and says what is wrong with it. */
export function createRequestChecker(documents: Documents) {
  const ajv = createAjv()
  const compiled = new Map<string, ValidateFunction>()
  for (const door of ['public', 'config'] as const) ajv.addSchema(toClosed(documents[door]), door)
  const validator = (key: string, schema: Schema): ValidateFunction => {
    const known = compiled.get(key) ?? ajv.compile(schema)
    compiled.set(key, known)
    return known
  }

  return {
    find(method: string, pathname: string): FoundOperation | undefined {
      const door = pathname.startsWith('/api/public') ? 'public' : 'config'
      const path = pathname.replace(/^\/api/, '')
      const templates = listOperations(documents[door]).filter((name) => name.startsWith(`${method} `))
      const name = templates.find((each) => each === `${method} ${path}`) ?? templates.find((each) => match(each, path))
      if (!name) return undefined
      const template = name.slice(method.length + 1)
      const item = documents[door].paths[template]
      const operation = item?.[method.toLowerCase()]
      if (!operation) return undefined
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
      return { name, door, operation, parameters, ids: match(name, path) ?? {} }
    },

    /** Everything the document does not allow, in words. */
    check(
      { name, door, operation, parameters, ids }: FoundOperation,
      search: URLSearchParams,
      body: unknown,
    ): string[] {
      const wrong = checkSearch(parameters, search)
      for (const parameter of parameters) {
        const values = parameter.in === 'path' ? [ids[parameter.name]] : search.getAll(parameter.name)
        const { schema } = parameter
        const single = schema.$ref ? resolveRef(documents[door], schema.$ref) : schema
        const each = single.type === 'array' ? (single.items ?? {}) : single
        const validate = validator(`${name} ${parameter.name}`, each)
        const bad = values.find((value) => !validate(toTyped(value, each)))
        if (bad !== undefined) wrong.push(`${parameter.name}=${bad} ${ajv.errorsText(validate.errors)}`)
      }
      return [...wrong, ...checkBody(name, door, operation, body)]
    },
  }

  function checkBody(name: string, door: keyof Documents, operation: Operation, body: unknown): string[] {
    if (!operation.requestBody?.content) return body === undefined ? [] : ['a body where none is documented']
    const [method = '', path = ''] = name.split(' ')
    const pointer = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema']
    const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    const validate = validator(`${name} body`, { $ref: `${door}#/${escaped.join('/')}` })
    return validate(body) ? [] : [`body ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`]
  }
}

function checkSearch(parameters: Parameter[], search: URLSearchParams): string[] {
  const known = parameters.filter((parameter) => parameter.in === 'query')
  const unknown = [...search.keys()].filter((name) => !known.some((parameter) => parameter.name === name))
  const missing = known.filter(({ name, required }) => required && !search.has(name))
  return [...unknown.map((name) => `unknown parameter ${name}`), ...missing.map(({ name }) => `no parameter ${name}`)]
}

function match(name: string, path: string): Record<string, string> | undefined {
  const template = name.slice(name.indexOf(' ') + 1)
  const pattern = template.replace(/\{([^}]+)\}/g, '(?<$1>[^/]+)')
  const found = new RegExp(`^${pattern}$`).exec(path)
  return found ? { ...found.groups } : undefined
}

const toTyped = (value: string | undefined, { type }: Schema): unknown => {
  if (type === 'integer' || type === 'number') return Number(value)
  return type === 'boolean' ? value === 'true' : value
}

/** The same document where objects take nothing they don't name. */
function toClosed(document: OpenApiDocument): OpenApiDocument {
  const close = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(close)
    if (typeof node !== 'object' || node === null) return node
    const closed = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value)]))
    const isObject =
      typeof closed.properties === 'object' && (closed.type === 'object' || Array.isArray(closed.required))
    return isObject && closed.additionalProperties === undefined ? { ...closed, additionalProperties: false } : closed
  }
  return close(document) as OpenApiDocument
}

function createAjv() {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false })
  formatsPlugin.default(ajv)
  ajv.addFormat('UUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  for (const name of ['set', 'int64', 'int32']) ajv.addFormat(name, true)
  return ajv
}
