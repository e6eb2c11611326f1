// The OpenAPI document, made from the route table so that the two can't differ.
import * as z from 'zod/mini'
import { Problem } from './problem.js'
import { type AnyRoute, type Schema } from './route.js'
import { routes } from './routes.js'

type Json = Record<string, unknown>

const toSchema = (schema: Schema): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Json
  return json
}

const securityOf: Record<AnyRoute['door'], Json[]> = {
  public: [],
  form: [],
  host: [{ hostKey: [] }],
  session: [{ session: [] }],
}

function toParameters(route: AnyRoute): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const properties = route.query ? ((toSchema(route.query).properties ?? {}) as Record<string, Json>) : {}
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
  const idempotency = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 200 } }
  const isJsonPost = route.method === 'POST' && (route.door === 'host' || route.door === 'session')
  return [...inPath, ...inQuery, ...(isJsonPost ? [idempotency] : [])]
}

const toAnswer = (route: AnyRoute, status: string, schema: Schema): Json =>
  status === '204'
    ? { description: 'Nothing to say' }
    : { description: 'Success', content: { [route.answersIn]: { schema: toSchema(schema) } } }

function toOperation(name: string, route: AnyRoute): Json {
  const bodyType = route.door === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'
  const answers = Object.entries(route.answers).map(([status, schema]) => [status, toAnswer(route, status, schema)])
  const problem = { $ref: '#/components/schemas/Problem' }
  return {
    operationId: name,
    security: securityOf[route.door],
    parameters: toParameters(route),
    ...(route.body && {
      requestBody: { required: true, content: { [bodyType]: { schema: toSchema(route.body) } } },
    }),
    responses: {
      ...Object.fromEntries(answers),
      default: { description: 'Problem', content: { 'application/problem+json': { schema: problem } } },
    },
  }
}

/**
 * The API as an OpenAPI 3.1 document.
 *
 * @param serverUrl where the API is mounted, such as `/api/airbyte`
 * @example
 * const document = createOpenApi('/api/airbyte')
 */
export function createOpenApi(serverUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const [name, route] of Object.entries<AnyRoute>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(name, route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'OpsAI Airbyte kit', version: '0.1.0' },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: { Problem: toSchema(Problem) },
      securitySchemes: {
        hostKey: { type: 'http', scheme: 'bearer', description: 'The host key. Server to server only.' },
        session: { type: 'http', scheme: 'bearer', description: 'A session token from POST /sessions.' },
      },
    },
  }
}
