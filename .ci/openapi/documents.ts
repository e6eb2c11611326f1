// Airbyte's own OpenAPI documents, where they are at hand: the folder OPSAI_CORPUS, by default beside this checkout.
// They are other people's work, so they are read in place and never copied here.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Answer {
  $ref?: string
  content?: Record<string, { schema?: object }>
}
export interface Operation {
  responses: Record<string, Answer>
}
export interface Document {
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, { required?: string[] }>
    responses?: Record<string, Answer>
  }
}
export interface ProblemKind {
  status: number
  type: string
  title: string
  dataSchema: string | null
}

export interface AirbyteDocuments {
  apis: { id: string; prefix: string; base: string; document: Document }[]
  problems: { problems: ProblemKind[]; dataSchemas: Record<string, object> }
}

/** `undefined` where they are not there, which is a reason to skip and to say so. */
export function readAirbyteDocuments(root: string): AirbyteDocuments | undefined {
  const folder = documentsFolder(root)
  if (!existsSync(folder)) return undefined
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  return {
    apis: [
      {
        id: 'public',
        prefix: '/api/public/v1',
        base: '/public/v1',
        document: mend(read('public_api_server.openapi.json') as Document),
      },
      {
        id: 'config',
        prefix: '/api/v1',
        base: '/v1',
        document: mend(read('config_api_subset.openapi.json') as Document),
      },
    ],
    problems: read('problems.json') as AirbyteDocuments['problems'],
  }
}

export function documentsFolder(root: string): string {
  return resolve(root, process.env.OPSAI_CORPUS ?? '../shared/data', 'openapi')
}

/** Two places where the document says other than what the server sends. */
function mend(document: Document): Document {
  // It requires `json_schema` of a stream but names it `jsonSchema`, which is what Airbyte answers.
  const stream = document.components.schemas.AirbyteStream
  if (stream) stream.required = ['name', 'jsonSchema']
  // It requires the status of a command's output, which there is none of before the command has ended.
  for (const type of ['check', 'discover', 'spec']) {
    const answer = document.paths[`/v1/commands/output/${type}`]?.post?.responses['200']
    const schema = answer?.content?.['application/json']?.schema as { required?: string[] } | undefined
    if (schema) schema.required = ['id']
  }
  return document
}
