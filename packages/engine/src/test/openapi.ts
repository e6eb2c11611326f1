// Holds every answer to Airbyte's own OpenAPI documents, where they are at hand (OPSAI_CORPUS).
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import formatsPlugin from 'ajv-formats'

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { required?: string[] }> }
}

export interface AnswerChecker {
  /** Whether there are documents to check against. */
  available: boolean
  /** Throws where a good answer is not as documented. Errors and our own additions are not in the documents. */
  check(request: Request, response: Response): Promise<void>
  /** `POST /v1/…` of all that was checked. */
  checked: Set<string>
}

export function createAnswerChecker(): AnswerChecker {
  const checked = new Set<string>()
  const root = fileURLToPath(new URL('../../../../', import.meta.url))
  const folder = resolve(root, process.env.OPSAI_CORPUS ?? '../shared/data', 'openapi')
  if (!existsSync(folder)) {
    console.log(`Airbyte's OpenAPI documents are not in ${folder}: answers are not checked against them.`)
    return { available: false, checked, check: () => Promise.resolve() }
  }
  const ajv = createAjv()
  const documents = [
    {
      prefix: '/api/public/v1',
      base: '/public/v1',
      id: 'public',
      document: read(folder, 'public_api_server.openapi.json'),
    },
    { prefix: '/api/v1', base: '/v1', id: 'config', document: read(folder, 'config_api_subset.openapi.json') },
  ]
  for (const { id, document } of documents) ajv.addSchema(document, id)

  return {
    available: true,
    checked,
    async check(request, response) {
      const { pathname } = new URL(request.url)
      const known = documents.find(({ prefix }) => pathname.startsWith(`${prefix}/`))
      if (!known || pathname.includes('/opsai/')) return
      const path = findPath(known.document, known.base + pathname.slice(known.prefix.length))
      const method = request.method.toLowerCase()
      const operation = path && known.document.paths[path]?.[method]
      if (!path || !operation) {
        if (response.ok) throw new Error(`${request.method} ${pathname} is in no document`)
        return
      }
      if (!response.ok) return
      const answer = operation.responses[response.status]
      if (!answer) throw new Error(`${request.method} ${path} may not answer ${response.status}`)
      checked.add(`${request.method} ${path}`)
      if (!answer.content?.['application/json']) return
      const pointer = [
        'paths',
        path,
        method,
        'responses',
        String(response.status),
        'content',
        'application/json',
        'schema',
      ]
      const $ref = `${known.id}#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
      const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref })
      const body: unknown = await response.clone().json()
      if (!validate(body)) {
        throw new Error(
          `${request.method} ${path} is not as documented: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`,
        )
      }
    },
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

function read(folder: string, file: string): Document {
  const document = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as Document
  // The document requires `json_schema` of a stream but names it `jsonSchema`, which is what Airbyte answers.
  const stream = document.components.schemas.AirbyteStream
  if (stream) stream.required = ['name', 'jsonSchema']
  return document
}

function findPath(document: Document, pathname: string): string | undefined {
  const fits = (template: string) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(pathname)
  return Object.keys(document.paths).find((path) => path === pathname) ?? Object.keys(document.paths).find(fits)
}
