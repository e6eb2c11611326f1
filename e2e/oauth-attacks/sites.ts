// Two sites on one port: the host's, with the proxy mounted on it, and the attacker's. Browsers resolve *.localhost
// themselves and take each such name for a site of its own, so that cookies, storage and frames are as apart as anywhere.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Server } from '@opsai/server'
import type { ProxyApi } from '../proxy-api.js'
import { bundleHost } from '../oauth/bundle-host.js'

/** A page of the attacker's. */
export interface EvilPage {
  html: string
  headers?: Record<string, string>
}

export interface Sites {
  app: string
  evil: string
  /** The attacker's pages, by path. */
  evilPages: Map<string, EvilPage>
  /** Requests the proxy got, as `GET /api/airbyte/flows/…`. */
  proxied: string[]
  close(): Promise<void>
}

export interface SitesOptions {
  getProxy(): Server | undefined
  /** The proxy, as the host's backend asks it. */
  getHost(): ProxyApi
}

export async function startSites({ getProxy, getHost }: SitesOptions): Promise<Sites> {
  const files = await bundleHost()
  const evilPages = new Map<string, EvilPage>()
  const proxied: string[] = []

  async function answer(request: Request): Promise<Response> {
    const { pathname, search, hostname } = new URL(request.url)
    if (hostname === 'evil.localhost') return toPage(evilPages.get(pathname))
    if (pathname.startsWith('/api/airbyte/')) {
      proxied.push(`${request.method} ${pathname}${search}`)
      return (await getProxy()?.fetch(request)) ?? new Response(null, { status: 502 })
    }
    if (pathname === '/session') return await mintSession(request)
    const file = files.get(pathname)
    if (file) return new Response(file.body, { headers: { 'content-type': `${file.type}; charset=utf-8` } })
    return toPage({ html: toHostPage(pathname, readUser(request)?.tenantId ?? '') })
  }

  async function mintSession(request: Request): Promise<Response> {
    const user = readUser(request)
    if (!user) return new Response(null, { status: 401 })
    return Response.json(await getHost()('createSession', { body: { ...user, origins: [app] } }))
  }

  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  const { port } = server.address() as AddressInfo
  const app = `http://app.localhost:${port}`
  return {
    app,
    evil: `http://evil.localhost:${port}`,
    evilPages,
    proxied,
    close: () => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function toHostPage(path: string, tenantId: string): string {
  const script = path === '/airbyte-return' ? '/return-page.js' : '/app-page.js'
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
<script type="module" src="${script}"></script></head><body data-tenant="${tenantId}"><main id="root"></main></body></html>`
}

/** The host's cookie says who is signed in there: `tenant/user`. */
function readUser(request: Request): { tenantId: string; userId: string } | undefined {
  const [, tenantId, userId] = /(?:^|; )host=([^/;]+)\/([^/;]+)/.exec(request.headers.get('cookie') ?? '') ?? []
  return tenantId && userId ? { tenantId, userId } : undefined
}

function toPage(page: EvilPage | undefined): Response {
  if (!page) return new Response(null, { status: 404 })
  return new Response(page.html, { headers: { 'content-type': 'text/html; charset=utf-8', ...page.headers } })
}
