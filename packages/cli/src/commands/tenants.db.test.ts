// The commands a platform's operator types, against a proxy that really listens.
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { listenEngine, type ListeningEngine } from '@opsai/engine'
import { createServer, type Server } from '@opsai/server'
import { Command } from 'commander'
import { parse } from 'dotenv'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { UsageError } from '../usage-error.js'
import { addTenantCommands } from './tenants.js'

const hostKey = randomBytes(32).toString('base64url')
const names = ['kit', 'engine'].map((name) => `cli_test_${name}_${randomUUID().slice(0, 8)}`)
const http = createHttpServer((request, response) => void listener(request, response))
let engine: ListeningEngine
let proxy: Server
let listener: ReturnType<typeof getRequestListener>

const toUrl = (database = '') => Object.assign(new URL(postgresUrl()), { pathname: `/${database}` }).href

async function sql(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl() })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

beforeAll(async () => {
  for (const name of names) await sql(`CREATE DATABASE ${name}`)
  const encryptionKey = randomBytes(32).toString('base64')
  engine = await listenEngine({ port: 0, databaseUrl: toUrl(names[1]), encryptionKey })
  const airbyte = { baseUrl: engine.url }
  proxy = await createServer({
    airbyte,
    database: toUrl(names[0]),
    hostKey,
    encryptionKey,
    logger: pino({ level: 'silent' }),
  })
  listener = getRequestListener(proxy.fetch)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('OPSAI_PROXY_URL', `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/airbyte`)
  vi.stubEnv('OPSAI_HOST_KEY', hostKey)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  http.close()
  await proxy.close()
  await engine.close()
  for (const name of names) await sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
})

/** What a command prints. */
async function opsai(...args: string[]): Promise<string> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  const program = new Command('opsai').exitOverride()
  addTenantCommands(program)
  await program.parseAsync(args, { from: 'user' }).finally(() => log.mockRestore())
  return lines.join('\n')
}

test('a tenant is made, listed, shown, turned and removed', async () => {
  await opsai('provision', 'acme')
  await opsai('provision', 'globex')
  expect(await opsai('tenants', 'list')).toMatch(/^TENANT +STATUS .*\nacme +ready +t_[a-z2-7]{16} .*\nglobex +ready /)
  expect(await opsai('tenants', 'show', 'acme')).toMatch(/warehouse +present\nworkspace +present\ndestination +present/)

  const before = parse(await opsai('env', 'acme'))
  expect(await opsai('tenants', 'rotate', 'acme')).toContain('opsai env acme')
  const after = parse(await opsai('env', 'acme'))
  expect(after.DATABASE_URL).not.toBe(before.DATABASE_URL)
  expect(await opsai('env', 'acme', '--format', 'docker')).toContain(`\nDATABASE_URL=${after.DATABASE_URL ?? ''}\n`)

  expect(await opsai('tenants', 'remove', 'acme', '--yes')).toContain('acme is removed')
  expect(JSON.parse(await opsai('tenants', 'list', '--json'))).toMatchObject([{ tenantId: 'globex' }])
})

test('nothing is removed without a word, and what is wrong is said in the words of the proxy', async () => {
  await expect(opsai('tenants', 'remove', 'globex')).rejects.toThrow('--yes')
  await expect(opsai('tenants', 'show', 'nobody')).rejects.toThrow(
    new UsageError('There is nothing here with this id.'),
  )
  vi.stubEnv('OPSAI_HOST_KEY', 'x'.repeat(40))
  await expect(opsai('tenants', 'list')).rejects.toThrow(UsageError)
  vi.stubEnv('OPSAI_HOST_KEY', hostKey)
  vi.stubEnv('OPSAI_PROXY_URL', 'http://127.0.0.1:9/api/airbyte')
  await expect(opsai('tenants', 'list')).rejects.toThrow('nothing answers at')
})
