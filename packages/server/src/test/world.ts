// The real chain for tests, in one process: proxy → engine → Acme CRM over HTTP, and three databases of a real Postgres.
import { randomBytes, randomUUID } from 'node:crypto'
import { type AnyRoute, type RouteName, routes, toPath } from '@opsai/contract'
// Tests may know what the product may not: the real engine and the sandbox behind it.
import { createEngine, defaultConnectors } from '@opsai/engine'
import { listenAcmeCrm } from '@opsai/sandbox'
import pg from 'pg'
import { pino } from 'pino'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { createAnswerChecker } from '../../../../.ci/openapi/answer-checker.js'
import { createServer, type ServerOptions } from '../index.js'

export const publicUrl = 'http://app.test'
export const hostOrigin = 'http://host.test'
export const acmeApp = { clientId: 'proxy-test', clientSecret: 'proxy test secret', name: 'Proxy test' }

export interface CallParts {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

const checker = createAnswerChecker()

export type World = Awaited<ReturnType<typeof createWorld>>

/**
 * Everything running; `close` leaves nothing behind but roles of the tenants.
 *
 * @param engineHasApp whether the engine has the app that users sign in to Acme CRM with
 */
export async function createWorld(overrides: Partial<ServerOptions> = {}, { engineHasApp = true } = {}) {
  const admin = new pg.Client({ connectionString: postgresUrl() })
  await admin.connect()
  const names = ['proxy', 'engine', 'warehouse'].map((name) => `server_test_${name}_${randomUUID().slice(0, 8)}`)
  for (const name of names) await admin.query(`CREATE DATABASE ${name}`)
  const [database = '', engineUrl = '', warehouse = ''] = names.map(toUrl)
  const acme = await listenAcmeCrm({
    port: 0,
    clients: [{ ...acmeApp, redirectUris: [`${publicUrl}/api/airbyte/oauth/callback/app/acme-crm`] }],
    apiKeys: ['acme_key_test'],
    records: { contacts: 60, companies: 12, deals: 30 },
    rateLimit: false,
  })
  const engine = await createEngine({
    databaseUrl: engineUrl,
    encryptionKey: randomBytes(32).toString('base64'),
    connectors: defaultConnectors({ acmeCrmBaseUrl: acme.url }),
    ...(engineHasApp && {
      oauthApps: { 'acme-crm': { clientId: acmeApp.clientId, clientSecret: acmeApp.clientSecret } },
    }),
    pollMs: 50,
    progressMs: 100,
  })
  /** Every answer the proxy gets is held to Airbyte's documents. */
  const askEngine = async (request: Request) => {
    const response = await engine.fetch(request)
    await checker.check(request, response)
    return response
  }
  const hostKey = randomBytes(32).toString('base64url')
  const lines: string[] = []
  const options: ServerOptions = {
    airbyte: { baseUrl: 'http://engine.test', fetch: askEngine },
    database,
    warehouse,
    hostKey,
    encryptionKey: randomBytes(32).toString('base64'),
    publicUrl,
    returnUrls: [`${hostOrigin}/airbyte-return`],
    // No sync begins in the middle of a test by itself.
    syncEvery: 'manual',
    logger: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    ...overrides,
  }
  let server = await createServer(options)

  const send = (request: Request) => server.fetch(request)

  /** Calls a route by its name, as the one its door is for. */
  const call = async (name: RouteName, { params, query, body, token, headers }: CallParts = {}): Promise<Response> => {
    const route: AnyRoute = routes[name]
    const url = new URL(`${publicUrl}/api/airbyte${toPath(route.path, (params ?? {}) as never)}`)
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value)
    const bearer = route.door === 'host' ? hostKey : token
    const isForm = route.door === 'form'
    return await send(
      new Request(url, {
        method: route.method,
        headers: {
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && {
            'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
          }),
          ...headers,
        },
        ...(body !== undefined && {
          body: isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body),
        }),
      }),
    )
  }

  return {
    call,
    send,
    hostKey,
    acme,
    engine,
    options,
    database,
    engineDatabase: engineUrl,
    warehouse,
    logLines: lines,
    newSession: async (tenantId: string, userId = 'ada', origins = [hostOrigin]) => {
      const answer = await call('createSession', { body: { tenantId, userId, origins } })
      if (answer.status !== 201) throw new Error(`POST /sessions answered ${answer.status}: ${await answer.text()}`)
      return ((await answer.json()) as { token: string }).token
    },
    /** Stops the proxy and starts another one on the same databases. */
    restart: async (changes: Partial<ServerOptions> = {}) => {
      await server.close()
      server = await createServer({ ...options, ...changes })
    },
    close: async () => {
      await server.close()
      await engine.close()
      await acme.close()
      for (const name of names) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}

export function toUrl(database: string): string {
  const url = new URL(postgresUrl())
  url.pathname = `/${database}`
  return url.href
}

/** Runs SQL on a database of the world. */
export async function query<T extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql, values)).rows
  } finally {
    await client.end()
  }
}
