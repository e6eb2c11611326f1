// Ledgerly's whole backend: it knows who is signed in, and lets the kit do the rest.
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createServer } from '@opsai/server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { createHost } from './host.js'
import { readSettings } from './settings.js'
import { createSignIn } from './sign-in.js'
import { stopGently } from './stop-gently.js'

const settings = readSettings(process.env)

// The three lines that mount the kit.
const airbyte = await createServer(settings.airbyteKit)
const app = new Hono()
app.all('/api/airbyte/*', (context) => airbyte.fetch(context.req.raw))

const signIn = createSignIn()
const host = createHost({ airbyte: airbyte.fetch, hostKey: settings.airbyteKit.hostKey, origin: settings.publicUrl })
app.get('/api/me', (context) => context.json(signIn.current(context)))
app.post('/api/sign-in', (context) => signIn.switchUser(context))
app.post('/api/session', async (context) => context.json(await host.mintSession(signIn.current(context).user)))
app.get('/api/env', async (context) => context.text(await host.readEnv(signIn.current(context).user)))
app.get('/api/app', async (context) => context.json(await host.findApp(signIn.current(context).user)))
app.post('/api/app', async (context) => context.json(await host.makeApp(signIn.current(context).user), 202))
app.get('/api/hints', (context) => context.json(settings.hints))

// The app itself, under the strictest policy there is: the hub needs no exception from it.
app.use(
  '*',
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'https:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    crossOriginOpenerPolicy: 'same-origin-allow-popups',
  }),
)
app.get('/airbyte-return', serveStatic({ path: 'dist/airbyte-return.html' }))
app.use('*', serveStatic({ root: 'dist' }))
app.get('*', serveStatic({ path: 'dist/index.html' }))

const server = serve({ fetch: app.fetch, port: settings.port, hostname: '127.0.0.1' })
stopGently(server, () => airbyte.close({ deadlineMs: 8_000 }))
