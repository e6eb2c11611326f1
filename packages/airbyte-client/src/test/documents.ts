/// <reference types="node" />
// Airbyte's own OpenAPI documents, where they are at hand (OPSAI_CORPUS), with their slips put right.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A JSON schema as the documents write them. */
export interface Schema {
  $ref?: string
  type?: string
  format?: string
  nullable?: boolean
  enum?: string[]
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  oneOf?: Schema[]
}

interface Content {
  content?: Record<string, { schema?: Schema }>
}
export interface Parameter {
  name: string
  in: 'path' | 'query'
  required?: boolean
  schema: Schema
}
export interface Operation {
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content & { $ref?: string }>
}
export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>
  components: { schemas: Record<string, Schema>; responses?: Record<string, Content> }
}
export type Documents = Record<'public' | 'config', OpenApiDocument>

export const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = resolve(repository, process.env.OPSAI_CORPUS ?? '../shared/data', 'openapi')

/** Undefined, and said so, where there are none. */
export function readDocuments(): Documents | undefined {
  if (!existsSync(folder)) {
    console.log(`Airbyte's OpenAPI documents are not in ${folder}: the client is not held to them (OPSAI_CORPUS).`)
    return undefined
  }
  return { public: read('public_api_server.openapi.json'), config: read('config_api_subset.openapi.json') }
}

function read(file: string): OpenApiDocument {
  const document = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as OpenApiDocument
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (schema.required) schema.required = toSayable(schema, slips[name])
  }
  // Documented as an object of anything; on Cloud it is this.
  const initiated = document.components.responses?.InitiateOauthResponse?.content?.['application/json']
  if (initiated) initiated.schema = consent
  return document
}

/** Names that a schema requires but spells otherwise, or does not have: Airbyte's server can't require them either. */
const slips: Readonly<Record<string, Record<string, string>>> = {
  AirbyteStream: { json_schema: 'jsonSchema' },
  ApplicationTokenRequestWithGrant: { grant_type: 'grant-type' },
  NotificationWebhookConfigValidationRequestBody: { NotificationTrigger: 'notificationTrigger' },
}
const consent: Schema = { type: 'object', required: ['consentUrl'], properties: { consentUrl: { type: 'string' } } }

function toSayable({ required = [], properties }: Schema, spellings: Record<string, string> = {}): string[] {
  return required.map((name) => spellings[name] ?? name).filter((name) => !properties || name in properties)
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** `POST /public/v1/sources` of every operation there is. */
export const listOperations = (document: OpenApiDocument): string[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => methods.includes(key))
      .map((method) => `${method.toUpperCase()} ${path}`),
  )
