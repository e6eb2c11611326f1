// Requests become typed values here; what does not fit is a 400 that names the field.
import type { Context } from 'hono'
import * as z from 'zod'
import { assertModest } from './modest-json.js'
import { Problem } from './problem.js'

export const Uuid = z.guid()
export const Json = z.record(z.string(), z.unknown())

/** A connection may list 10,000 streams. */
const maxBodyNodes = 500_000

/** The JSON body. Its content type is required: with it, no web page can post here without being asked first. */
export async function parseBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.infer<T>> {
  const contentType = c.req.header('content-type') ?? ''
  if (!/^application\/json\b/i.test(contentType)) {
    throw new Problem('bad-request', 'The body must be JSON, with content-type: application/json.')
  }
  const body: unknown = await c.req.json().catch(() => {
    throw new Problem('unprocessable-entity', 'The body is not valid JSON.')
  })
  assertModest(body, 'The body', maxBodyNodes)
  return parse(schema, body)
}

/** Any value from outside. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const messages = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new Problem('bad-request', messages.join('; '))
}

/** An id in the path. */
export function parseId(c: Context, name: string): string {
  return parse(Uuid, c.req.param(name))
}

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
})

export interface Page {
  limit: number
  offset: number
}

export function parsePage(c: Context): Page {
  return parse(Page, { limit: c.req.query('limit'), offset: c.req.query('offset') })
}

/** `workspaceIds=a,b` or given more than once. */
export function parseIds(c: Context, name: string): string[] {
  const ids = (c.req.queries(name) ?? []).flatMap((value) => value.split(',')).filter((id) => id !== '')
  return parse(z.array(Uuid), ids)
}

/**
 * A page as the public API answers it: `next` and `previous` are strings, empty where there is none, and `next` is
 * there whenever the page is not empty.
 */
export function toPage<T>(c: Context, data: T[], { limit, offset }: Page) {
  const at = (newOffset: number) => {
    const url = new URL(c.req.url)
    url.searchParams.set('limit', String(limit))
    url.searchParams.set('offset', String(newOffset))
    return url.href
  }
  return {
    data,
    next: data.length > 0 ? at(offset + limit) : '',
    previous: offset > 0 ? at(Math.max(0, offset - limit)) : '',
  }
}
