// The web around a sign-in, on this machine: a host's app, its proxy under a name of its own, and another company's portal
// that frames the app. One server; browsers resolve *.localhost themselves, take it for safe (so that COOP counts), and
// take each such name for a site of its own (so that cookies and storage are apart).
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundleHost } from './bundle-host.js'
import { createGate, type Gate } from './gate.js'

export type OpenerPolicy = 'none' | 'same-origin' | 'same-origin-allow-popups'

/** Somebody signed in at the host, and how the host is set up for them. */
export interface Visitor {
  tenantId: string
  userId: string
  /** Whether the app calls the proxy under its own name or under another site's. */
  proxy: 'sameOrigin' | 'crossSite'
  /** `Cross-Origin-Opener-Policy` of the host's pages. */
  openerPolicy: OpenerPolicy
  /** Life of the sessions the host asks for. Default: the proxy's own. */
  ttlSeconds?: number
  /** The host does not know them any more. */
  isSignedOut?: boolean
}

export interface Sites {
  app: string
  portal: string
  proxy: string
  /** The host knows somebody from now on; what is changed on the visitor later holds at once. */
  admit(visitor: Visitor): string
  /** The way from browsers to the proxy. */
  gate: Gate
  /** What pages told the host, in order: `POST /told` with a word as its body. */
  told: string[]
  close(): Promise<void>
}

export interface SitesOptions {
  /** Where the proxy listens now, if it does. */
  getProxy(): string | undefined
  hostKey: string
}

export async function startSites({ getProxy, hostKey }: SitesOptions): Promise<Sites> {
  const files = await bundleHost()
  const visitors = new Map<string, Visitor>()
  const told: string[] = []
  const gate = createGate(getProxy)
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error)
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const [app, portal, proxy] = ['app', 'portal', 'proxy'].map((name) => `http://${name}.localhost:${port}`) as [
    string,
    string,
    string,
  ]

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    if (url.origin === proxy || url.pathname.startsWith('/api/airbyte/')) return gate.pass(request, response)
    if (url.origin === portal) return void showPortal(url, response)
    const ticket = url.searchParams.get('ticket') ?? readCookie(request)
    const visitor = visitors.get(ticket)
    const file = files.get(url.pathname)
    if (file) return void response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` }).end(file.body)
    if (url.pathname === '/sign-in') {
      const location = url.searchParams.get('next') ?? '/'
      const cookie = `host=${ticket}; Path=/; HttpOnly; SameSite=Lax`
      return void response.writeHead(303, { location, 'set-cookie': cookie }).end()
    }
    if (url.pathname === '/told') return await hear(request, response)
    if (url.pathname === '/session') return await mintSession(visitor, response)
    if (!visitor) return void response.writeHead(401, { 'content-type': 'text/html' }).end('<h1>Sign in first</h1>')
    showApp(url.pathname, visitor, response)
  }

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    told.push(Buffer.concat(parts).toString())
    response.writeHead(204).end()
  }

  async function mintSession(visitor: Visitor | undefined, response: ServerResponse): Promise<void> {
    if (!visitor || visitor.isSignedOut) return void response.writeHead(401).end()
    const { tenantId, userId, ttlSeconds } = visitor
    const minted = await fetch(`${getProxy()}/api/airbyte/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hostKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tenantId, userId, origins: [app], ...(ttlSeconds && { ttlSeconds }) }),
    }).catch(() => undefined)
    response.writeHead(minted?.ok ? 200 : 503, { 'content-type': 'application/json' }).end(await minted?.text())
  }

  function showApp(path: string, visitor: Visitor, response: ServerResponse): void {
    const script = path === '/airbyte-return' ? '/return-page.js' : '/app-page.js'
    const base = visitor.proxy === 'crossSite' ? proxy : ''
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'self'; connect-src 'self' ${proxy}; form-action 'self' ${proxy}; frame-ancestors 'self' ${portal}`,
      ...(visitor.openerPolicy !== 'none' && { 'cross-origin-opener-policy': visitor.openerPolicy }),
    })
    response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/styles.css"><script type="module" src="/probe.js"></script>
<script type="module" src="${script}"></script></head>
<body data-tenant="${visitor.tenantId}" data-proxy="${base}"><main id="root"></main></body></html>`)
  }

  /** A page of another company that frames the app. */
  function showPortal({ searchParams }: URL, response: ServerResponse): void {
    const policy = searchParams.get('openerPolicy') ?? 'none'
    const sandbox = searchParams.get('sandbox')
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(policy !== 'none' && { 'cross-origin-opener-policy': policy }),
    })
    const frame = `<iframe title="App" width="900" height="600" src="${app}${searchParams.get('frame') ?? '/'}"
${sandbox === null ? '' : ` sandbox="${sandbox}"`}></iframe>`
    response.end(`<!doctype html><html lang="en"><title>Portal</title><h1>Portal</h1>${frame}</html>`)
  }

  return {
    app,
    portal,
    proxy,
    gate,
    told,
    admit: (visitor) => {
      const ticket = randomUUID()
      visitors.set(ticket, visitor)
      return ticket
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const readCookie = (request: IncomingMessage): string =>
  /(?:^|;\s*)host=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
