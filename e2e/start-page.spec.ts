// The page a sign-in begins on, in a real browser: it goes on by itself, says what is wrong and can be tried again, and
// shows an address that anybody may have chosen before it goes there.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve, type ServerType } from '@hono/node-server'
import { createEngine, defaultConnectors } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { listenAcmeCrm } from '@opsai/sandbox'
import { createServer, type Server } from '@opsai/server'
import pg from 'pg'
import { pino } from 'pino'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.js'
import { createProxyApi } from './proxy-api.js'

const newKey = () => randomBytes(32).toString('base64')
const client = { clientId: 'start-page', clientSecret: 'a secret of the operator', name: 'Host app' }
const closing: (() => Promise<unknown>)[] = []
let browser: Browser
let origin: string
let hostKey: string
let acmeUrl: string
/** Answers in Airbyte's place. */
let instead: ((request: Request) => Promise<Response | undefined>) | undefined
let engine: Awaited<ReturnType<typeof createEngine>>
let startProxy: () => Promise<void>

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-start-page-'))
  const postgres = await startPostgres({ dataDir, durable: false })
  closing.push(
    () => rm(dataDir, { recursive: true, force: true }),
    () => postgres.stop(),
  )
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  for (const name of ['proxy', 'engine', 'warehouse']) await admin.query(`CREATE DATABASE ${name}`)
  await admin.end()
  const toUrl = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href

  let server: Server | undefined
  const http = await listen((request) => server?.fetch(request) ?? new Response(null, { status: 502 }))
  origin = `http://localhost:${(http.address() as AddressInfo).port}`
  const redirectUris = [`${origin}/api/airbyte/oauth/callback/app/acme-crm`]
  const acme = await listenAcmeCrm({ port: 0, clients: [{ ...client, redirectUris }], apiKeys: [] })
  acmeUrl = acme.url
  engine = await createEngine({
    databaseUrl: toUrl('engine'),
    encryptionKey: newKey(),
    connectors: defaultConnectors({ acmeCrmBaseUrl: acme.url }),
    oauthApps: { 'acme-crm': client },
  })
  hostKey = newKey()
  const options = {
    airbyte: {
      baseUrl: 'http://engine.test',
      fetch: async (request: Request) => (await instead?.(request)) ?? (await engine.fetch(request)),
    },
    database: toUrl('proxy'),
    warehouse: toUrl('warehouse'),
    syncEvery: 'manual' as const,
    hostKey,
    encryptionKey: newKey(),
    publicUrl: origin,
    returnUrls: [`${origin}/airbyte-return`],
    logger: pino({ level: 'silent' }),
  }
  startProxy = async () => {
    await server?.close()
    server = await createServer(options)
  }
  await startProxy()
  browser = await launchChromium()
  closing.push(
    () => engine.close(),
    () => acme.close(),
    () => server?.close() ?? Promise.resolve(),
    () => browser.close(),
  )
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})
afterEach(() => {
  instead = undefined
})

async function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<ServerType> {
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening))
  })
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return server
}

/** Opens the link a host is given for a source that wants signing in to. */
async function openStartPage() {
  const host = createProxyApi(origin, hostKey)
  const { token } = await host('createSession', { body: { tenantId: 'acme', userId: 'ada', origins: [origin] } })
  const wish = { tenantId: 'acme', sourceType: 'acme-crm', name: 'CRM', configuration: {} }
  const offered = await createProxyApi(origin, token)('createSource', { body: wish })
  if (!('authUrl' in offered)) throw new Error('no sign-in was asked for')
  const page = await browser.newPage()
  await page.goto(offered.authUrl)
  await page.getByRole('button', { name: 'Continue' }).click()
  return page
}

const isAtAcme = (url: URL) => url.origin === new URL(acmeUrl).origin

test('it goes on to the provider of a connector that is Airbyte’s own', async () => {
  const page = await openStartPage()
  await page.waitForURL(isAtAcme)
  await page.close()
})

test('it shows where a custom connector leads, and goes there only when told to', async () => {
  instead = async (request) => {
    if (!new URL(request.url).pathname.endsWith('/source_definitions/list_for_workspace')) return undefined
    const { sourceDefinitions } = (await (await engine.fetch(request)).json()) as { sourceDefinitions: object[] }
    return Response.json({ sourceDefinitions: sourceDefinitions.map((each) => ({ ...each, custom: true })) })
  }
  await startProxy()
  const page = await openStartPage()
  const { host } = new URL(acmeUrl)
  await page.getByText(`You sign in to CRM at ${host}. Continue only if you know this address.`).waitFor()
  expect(new URL(page.url()).origin).toBe(origin)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(isAtAcme)
  await page.close()
  instead = undefined
  await startProxy()
})

test('it says what is wrong, and tries again when told to', async () => {
  instead = (request) =>
    Promise.resolve(
      new URL(request.url).pathname.endsWith('/get_consent_url')
        ? Response.json({ consentUrl: 'javascript:document.title=1' })
        : undefined,
    )
  const page = await openStartPage()
  await page.getByText('The data service answered something unexpected.').waitFor()
  instead = undefined
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.waitForURL(isAtAcme)
  await page.close()
})
