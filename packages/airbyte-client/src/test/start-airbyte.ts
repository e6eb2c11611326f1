// A small Airbyte on a real port, for what only the wire can show: tokens, retries, pages and broken answers.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

export interface Asked {
  method: string
  path: string
  search: string
  authorization: string | undefined
  body: unknown
}

/** Serves `routes`; `asked` is what came in, in order. */
export async function startAirbyte(routes: (app: Hono) => void) {
  const asked: Asked[] = []
  const app = new Hono()
  app.use(async (c, next) => {
    const url = new URL(c.req.url)
    const text = await c.req.raw.clone().text()
    asked.push({
      method: c.req.method,
      path: url.pathname,
      search: url.search,
      authorization: c.req.header('authorization'),
      body: text ? JSON.parse(text) : undefined,
    })
    await next()
  })
  routes(app)
  app.notFound((c) => c.json('Object not found.', 404))
  return await new Promise<{ baseUrl: string; asked: Asked[]; close(): Promise<void> }>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      const close = () => new Promise<void>((done) => server.close(() => done()))
      resolve({ baseUrl: `http://127.0.0.1:${port}`, asked, close })
    })
  })
}
