// A proxy that really listens, with an engine and databases of its own, and the environment that leads commands to it.
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { listenEngine } from '@opsai/engine'
import { createServer } from '@opsai/server'
import pg from 'pg'
import { pino } from 'pino'
import { vi } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'

const toUrl = (database: string) => Object.assign(new URL(postgresUrl()), { pathname: `/${database}` }).href

async function sql(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl() })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** `close` leaves nothing behind but roles of the tenants. */
export async function startListeningProxy() {
  const [kit, engineDatabase] = ['kit', 'engine'].map((name) => `cli_test_${name}_${randomUUID().slice(0, 8)}`) as [
    string,
    string,
  ]
  for (const name of [kit, engineDatabase]) await sql(`CREATE DATABASE ${name}`)
  const hostKey = randomBytes(32).toString('base64url')
  const encryptionKey = randomBytes(32).toString('base64')
  const engine = await listenEngine({ port: 0, databaseUrl: toUrl(engineDatabase), encryptionKey })
  const proxy = await createServer({
    airbyte: { baseUrl: engine.url },
    database: toUrl(kit),
    hostKey,
    encryptionKey,
    logger: pino({ level: 'silent' }),
  })
  const listener = getRequestListener(proxy.fetch)
  const http = createHttpServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('OPSAI_PROXY_URL', `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/airbyte`)
  vi.stubEnv('OPSAI_HOST_KEY', hostKey)
  return {
    hostKey,
    close: async () => {
      vi.unstubAllEnvs()
      http.close()
      await proxy.close()
      await engine.close()
      for (const name of [kit, engineDatabase]) await sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

export type ListeningProxy = Awaited<ReturnType<typeof startListeningProxy>>
