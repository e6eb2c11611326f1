/// <reference types="node" />
// An Airbyte made of its documents: a real HTTP server that takes exactly what they allow and answers what they describe.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Documents, Schema } from './documents.js'
import { makeExample, type Variant } from './example.js'
import { createRequestChecker, type FoundOperation } from './request-checker.js'

export interface Behaviour {
  variant: Variant
  /** Operations this Airbyte does not have, e.g. because it is older. */
  lacks: (operation: string) => boolean
  /** Answers that matter, by operation: put over the made ones. */
  answers: Record<string, object>
}

export interface DocumentServer {
  baseUrl: string
  /** Operations asked for since the last `reset`, all of them well-formed. */
  asked: Set<string>
  /** What was asked that no document allows, in words. */
  wrong: string[]
  reset(behaviour: Partial<Behaviour>): void
  close(): Promise<void>
}

/** Listens on a port of its own on loopback. */
export async function startDocumentServer(documents: Documents): Promise<DocumentServer> {
  const checker = createRequestChecker(documents)
  const asked = new Set<string>()
  const wrong: string[] = []
  const usual: Behaviour = { variant: 'minimal', lacks: () => false, answers: {} }
  let behaviour = usual

  const app = new Hono()
  app.all('*', async (c) => {
    const { pathname, searchParams } = new URL(c.req.url)
    const text = await c.req.text()
    const body: unknown = text ? JSON.parse(text) : undefined
    const found = checker.find(c.req.method, pathname)
    if (!found || behaviour.lacks(found.name)) {
      if (!found && !pathname.includes('/opsai/')) wrong.push(`${c.req.method} ${pathname} is in no document`)
      return c.json('Object not found.', 404)
    }
    const mistakes = checker.check(found, searchParams, body)
    wrong.push(...mistakes.map((mistake) => `${found.name}: ${mistake}`))
    if (mistakes.length > 0) return c.json({ message: mistakes.join('; ') }, 422)
    asked.add(found.name)
    return answer(documents, found, isLaterPage(searchParams, body) ? { ...behaviour, variant: 'minimal' } : behaviour)
  })

  const { baseUrl, close } = await listen(app)
  const reset = (next: Partial<Behaviour>) => {
    behaviour = { ...usual, ...next }
    asked.clear()
    wrong.length = 0
  }
  return { baseUrl, asked, wrong, reset, close }
}

/** Lists end: a second page is empty. */
const isLaterPage = (search: URLSearchParams, body: unknown) =>
  Number(search.get('offset')) > 0 || (typeof body === 'object' && body !== null && 'cursor' in body)

function answer(documents: Documents, { name, door, operation }: FoundOperation, { variant, answers }: Behaviour) {
  const document = documents[door]
  const [status = '200', response] = Object.entries(operation.responses).find(([code]) => /^[23]/.test(code)) ?? []
  const content = response?.$ref ? document.components.responses?.[response.$ref.split('/').at(-1) ?? ''] : response
  const schema: Schema | undefined = content?.content?.['application/json']?.schema
  if (!schema) return new Response(null, { status: Number(status) })
  const body = makeExample(document, schema, variant)
  return Response.json(answers[name] ? { ...(body as object), ...answers[name] } : body, { status: Number(status) })
}

function listen(app: Hono) {
  return new Promise<Pick<DocumentServer, 'baseUrl' | 'close'>>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      const close = () => new Promise<void>((done) => server.close(() => done()))
      resolve({ baseUrl: `http://127.0.0.1:${port}`, close })
    })
  })
}
