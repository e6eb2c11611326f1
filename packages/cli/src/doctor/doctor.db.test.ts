// Every failure is made for real, named, and answered with what to do about it. No secret is in any report.
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAirbyteClient } from '@opsai/airbyte-client'
import { listenEngine, type ListeningEngine } from '@opsai/engine'
import { createServer } from '@opsai/server'
import { Command } from 'commander'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { addDoctorCommand } from '../commands/doctor.js'
import type { Finding } from './finding.js'
import { printReport } from './print-report.js'
import { runDoctor } from './run-doctor.js'

const auth = { clientId: 'opsai-doctor', clientSecret: 'canary-client-secret' }
const rolePassword = 'canary-role-password'
const names = { kit: newName(), warehouse: newName(), engine: newName() }
const roles = { weak: newName(), tenant: `t_${'a'.repeat(16)}_sync` }
const open: Server[] = []
let engine: ListeningEngine
let good: Record<string, string>
let tenant: { destinationId: string; schema: string }

function newName() {
  return `doctor_test_${randomUUID().slice(0, 8)}`
}

function toUrl(database: string, user?: string, password = rolePassword): string {
  const url = new URL(postgresUrl())
  url.pathname = `/${database}`
  if (user) Object.assign(url, { username: user, password })
  return url.href
}

async function sql(database: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: toUrl(database) })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** A page, or anything else that answers. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createHttpServer(answer)
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const page = (status: number, headers: Record<string, string> = {}) =>
  serve((_, response) =>
    response.writeHead(status, headers).end('<script>/* completeConnect reads aip_flow */</script>'),
  )

beforeAll(async () => {
  for (const name of Object.values(names)) await sql('postgres', `CREATE DATABASE ${name}`)
  engine = await listenEngine({
    port: 0,
    databaseUrl: toUrl(names.engine),
    encryptionKey: randomBytes(32).toString('base64'),
    auth,
  })
  good = {
    AIRBYTE_API_URL: engine.url,
    AIRBYTE_CLIENT_ID: auth.clientId,
    AIRBYTE_CLIENT_SECRET: auth.clientSecret,
    DATABASE_URL: toUrl(names.kit),
    WAREHOUSE_URL: toUrl(names.warehouse),
    OPSAI_HOST_KEY: randomBytes(32).toString('base64url'),
    OPSAI_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    OPSAI_PUBLIC_URL: 'http://localhost:9',
    OPSAI_RETURN_URLS: await page(200),
    OPSAI_PROXY_URL: 'http://127.0.0.1:9/api/airbyte',
  }
  const proxy = await createServer({
    airbyte: { baseUrl: engine.url, auth: { kind: 'client', ...auth } },
    database: good.DATABASE_URL ?? '',
    warehouse: good.WAREHOUSE_URL ?? '',
    hostKey: good.OPSAI_HOST_KEY ?? '',
    encryptionKey: good.OPSAI_ENCRYPTION_KEY ?? '',
    logger: pino({ level: 'silent' }),
  })
  const made = await proxy.fetch(
    new Request('http://localhost:4400/api/airbyte/tenants/acme', {
      method: 'PUT',
      headers: { authorization: `Bearer ${good.OPSAI_HOST_KEY ?? ''}`, 'content-type': 'application/json' },
    }),
  )
  expect(made.status).toBe(200)
  tenant = (await made.json()) as typeof tenant
  await proxy.close()
  for (const role of Object.values(roles)) {
    await sql(names.warehouse, `CREATE ROLE ${role} LOGIN PASSWORD '${rolePassword}'`)
    for (const name of [names.kit, names.warehouse]) await sql(name, `GRANT CONNECT ON DATABASE ${name} TO ${role}`)
  }
})
afterAll(async () => {
  for (const server of open) server.close()
  await engine?.close()
  for (const name of Object.values(names)) await sql('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  for (const role of Object.values(roles)) await sql('postgres', `DROP ROLE IF EXISTS ${role}`)
})

async function diagnose(changes: Record<string, string | undefined> = {}) {
  const env = { ...good, ...changes }
  const report = await runDoctor(env)
  const said = `${printReport(report)}${JSON.stringify(report)}`
  const secrets = [env.OPSAI_HOST_KEY, env.OPSAI_ENCRYPTION_KEY, rolePassword, new URL(postgresUrl()).password]
  for (const secret of [...secrets, 'canary-']) if (secret) expect(said).not.toContain(secret)
  return report
}

const failedOf = (findings: readonly Finding[]) => findings.filter(({ status }) => status === 'failed')
const one = (findings: readonly Finding[], what: string) => findings.find((finding) => finding.what.includes(what))

test('a deployment that is well is said to be, with what its Airbyte offers and no proxy running', async () => {
  const report = await diagnose()
  expect(failedOf(report.findings)).toEqual([])
  expect(report).toMatchObject({ ok: true, capabilities: { edition: 'embedded', authentication: 'required' } })
  expect(one(report.findings, 'each writes to its tenant')).toMatchObject({ status: 'ok' })
  expect(one(report.findings, 'none is running')).toMatchObject({ status: 'warning' })
  expect(printReport(report)).toMatch(/configApi\s+present/)
})

test('a running proxy is asked how it is, and what time it is', async () => {
  let behindMs = 0
  const proxy = await serve((_, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json', date: new Date(Date.now() - behindMs).toUTCString() })
      .end('{"status":"ok"}'),
  )
  const { findings } = await diagnose({ OPSAI_PROXY_URL: `${proxy}/api/airbyte` })
  expect(findings.find(({ check }) => check === 'proxy')).toMatchObject({ status: 'ok' })
  expect(one(findings, "the proxy's clock")).toMatchObject({ status: 'ok' })
  behindMs = 90_000
  const late = await diagnose({ OPSAI_PROXY_URL: `${proxy}/api/airbyte` })
  expect(one(failedOf(late.findings), "the proxy's clock is")?.what).toMatch(/(89|9\d) s behind/)
})

test('an origin whose pages have sessions and no page to return to is named, as strictly as it is meant', async () => {
  await sql(
    names.kit,
    `INSERT INTO opsai.sessions (token_hash, tenant_id, user_id, origins, expires_at)
     VALUES ('x', 'acme', 'ada', '{http://localhost:9}', now() + interval '5 minutes')`,
  )
  const relaxed = one((await diagnose()).findings, 'sessions are used on http://localhost:9')
  const strict = one((await diagnose({ OPSAI_ASSURANCE: 'strict' })).findings, 'sessions are used on')
  await sql(names.kit, 'DELETE FROM opsai.sessions')
  expect([relaxed?.status, strict?.status]).toEqual(['warning', 'failed'])
  expect(strict).toMatchObject({
    what: expect.stringContaining('no sign-in begins there') as string,
    remedy: expect.stringContaining('add it to OPSAI_RETURN_URLS') as string,
  })
})

test.each<
  [string, () => Promise<Record<string, string | undefined>> | Record<string, string | undefined>, string, RegExp]
>([
  [
    'a wrong secret',
    () => ({ AIRBYTE_CLIENT_SECRET: 'canary-wrong-secret' }),
    'no application with this id and secret',
    /Copy both again from Airbyte/,
  ],
  [
    'no credentials where some are wanted',
    () => ({ AIRBYTE_CLIENT_ID: '', AIRBYTE_CLIENT_SECRET: '' }),
    'wants credentials and none are set',
    /set AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET/,
  ],
  [
    'a stopped Airbyte',
    () => ({ AIRBYTE_API_URL: 'http://127.0.0.1:9' }),
    "Airbyte can't be reached",
    /Is Airbyte running/,
  ],
  [
    'a clock two minutes behind',
    async () => ({
      AIRBYTE_API_URL: await serve((request, response) => {
        response.setHeader('date', new Date(Date.now() - 120_000).toUTCString())
        void fetch(engine.url + (request.url ?? ''), { method: request.method ?? 'GET' })
          .then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
          .catch(() => response.destroy())
      }),
    }),
    'behind this machine',
    /NTP/,
  ],
  [
    'a wrong password',
    () => ({ DATABASE_URL: toUrl(names.kit, roles.weak, 'canary-x') }),
    "can't be",
    /password in DATABASE_URL is wrong/,
  ],
  ['a missing database', () => ({ WAREHOUSE_URL: toUrl('doctor_test_none') }), "can't be reached", /WAREHOUSE_URL/],
  [
    'no PostgreSQL',
    () => ({ DATABASE_URL: 'postgresql://u:canary-p@127.0.0.1:9/x' }),
    "can't be",
    /Nothing listens there/,
  ],
  [
    'a role without CREATEROLE',
    () => ({ WAREHOUSE_URL: toUrl(names.warehouse, roles.weak) }),
    'may not make roles',
    /ALTER ROLE doctor_test_\w+ CREATEROLE/,
  ],
  [
    "a tenant's own role",
    () => ({ WAREHOUSE_URL: toUrl(names.warehouse, roles.tenant) }),
    "as a tenant's own role",
    /no tenant's/,
  ],
  [
    'another encryption key',
    () => ({ OPSAI_ENCRYPTION_KEY: randomBytes(32).toString('base64') }),
    'under a key that is not set',
    /former key into OPSAI_ENCRYPTION_KEYS_OLD/,
  ],
  ['a typed key', () => ({ OPSAI_HOST_KEY: 'hosthosthosthosthosthosthosthosthost' }), 'repeats itself', /openssl rand/],
  [
    'an http page',
    () => ({ OPSAI_RETURN_URLS: 'http://app.example.com/back' }),
    'OPSAI_RETURN_URLS has a wrong entry',
    /./,
  ],
  ['a page that is not there', async () => ({ OPSAI_RETURN_URLS: await page(404) }), 'answers 404', /must answer 200/],
  [
    'a page that redirects',
    async () => ({ OPSAI_RETURN_URLS: await page(302, { location: '/login' }) }),
    'redirects (302)',
    /Name the page itself/,
  ],
  [
    'a page that may run nothing',
    async () => ({ OPSAI_RETURN_URLS: await page(200, { 'content-security-policy': "default-src 'none'" }) }),
    'may run no script',
    /script-src 'self'/,
  ],
  [
    'no page at all, where a cookie is not enough',
    () => ({ OPSAI_RETURN_URLS: '', OPSAI_ASSURANCE: 'strict' }),
    'no sign-in begins there',
    /completeConnect/,
  ],
  [
    'another thing at the public address',
    async () => ({ OPSAI_PUBLIC_URL: await page(200) }),
    'is not this API',
    /Route it to the proxy/,
  ],
  [
    'an http origin',
    () => ({ OPSAI_PUBLIC_URL: 'http://app.example.com' }),
    'OPSAI_PUBLIC_URL is http',
    /Serve it by https/,
  ],
  [
    'a receiver that is down',
    () => ({
      OPSAI_WEBHOOK_URL: 'http://127.0.0.1:9/hook',
      OPSAI_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
    }),
    'nothing answers at',
    /Start the receiver/,
  ],
  ['a missing key', () => ({ OPSAI_HOST_KEY: '' }), 'OPSAI_HOST_KEY is missing', /openssl rand/],
])('%s has failed, and what to do is said', async (_, change, what, remedy) => {
  const report = await diagnose(await change())
  expect(report.ok).toBe(false)
  expect(one(failedOf(report.findings), what)).toMatchObject({ remedy: expect.stringMatching(remedy) as string })
})

test.each<[string, () => Promise<Record<string, string>> | Record<string, string>, string]>([
  [
    'a page cut off from its opener',
    async () => ({ OPSAI_RETURN_URLS: await page(200, { 'cross-origin-opener-policy': 'same-origin' }) }),
    'Opener-Policy',
  ],
  [
    'a page without referrers',
    async () => ({ OPSAI_RETURN_URLS: await page(200, { 'referrer-policy': 'no-referrer' }) }),
    'Referrer-Policy',
  ],
  [
    'a host that keeps forms from the API',
    async () => ({ OPSAI_RETURN_URLS: await page(200, { 'content-security-policy': "form-action 'self'" }) }),
    'keeps forms from the API',
  ],
  ['no page at all, where a cookie is enough', () => ({ OPSAI_RETURN_URLS: '' }), 'rests on the cookie'],
  ['one database for both', async () => ({ WAREHOUSE_URL: '' }), 'share a database'],
  ['a misspelt key', async () => ({ OPSAI_RETURN_URL: 'x' }), 'did you mean OPSAI_RETURN_URLS'],
])('%s is warned of', async (_, change, what) => {
  const { findings } = await diagnose(await change())
  expect(one(findings, what)).toMatchObject({ status: 'warning', remedy: expect.any(String) as string })
})

test.each([
  [400, 'simple authentication'],
  [401, 'Airbyte Cloud'],
  [500, 'in its database'],
])('wrong credentials answered with %i are told as such', async (status, edition) => {
  const airbyte = await serve((request, response) =>
    response
      .writeHead(request.url?.endsWith('/health') ? 200 : status, { 'content-type': 'application/json' })
      .end('{"errorId":"00000000-0000-0000-0000-000000000000"}'),
  )
  const { findings } = await diagnose({ AIRBYTE_API_URL: airbyte })
  expect(one(failedOf(findings), `(${status}:`)?.what).toContain(edition)
})

test('the command prints it and ends with 1 where something has failed, with 0 where not', async () => {
  const run = async (...more: string[]) => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
    const program = new Command()
    addDoctorCommand(program)
    await program.parseAsync(['node', 'opsai', 'doctor', ...more])
    const code = process.exitCode
    process.exitCode = 0
    const text = String(printed.mock.calls[0]?.[0])
    printed.mockRestore()
    return { code, text }
  }
  for (const [key, value] of Object.entries(good)) vi.stubEnv(key, value)
  expect(await run()).toMatchObject({ code: 0, text: expect.stringMatching(/\d+ ok, 1 warnings, 0 failed$/) as string })
  vi.stubEnv('AIRBYTE_CLIENT_SECRET', 'canary-wrong-secret')
  const { code, text } = await run('--json')
  expect([code, JSON.parse(text)]).toMatchObject([1, { ok: false, findings: expect.any(Array) as unknown[] }])
  vi.unstubAllEnvs()
})

test('a key that is being changed: what is left is counted, and when the former one can go is said', async () => {
  const former = good.OPSAI_ENCRYPTION_KEY ?? ''
  const changed = await diagnose({
    OPSAI_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    OPSAI_ENCRYPTION_KEYS_OLD: former,
  })
  expect(one(changed.findings, 'still sealed under an older key')).toMatchObject({ status: 'warning' })
  const other = randomBytes(32).toString('base64')
  const done = await diagnose({ OPSAI_ENCRYPTION_KEYS_OLD: other })
  expect(one(done.findings, 'nothing is sealed under an older key')).toMatchObject({ status: 'warning' })
})

test('tables without row security and a destination that shares its raw rows have failed', async () => {
  await sql(names.warehouse, 'ALTER EVENT TRIGGER opsai_guard_tables DISABLE')
  await sql(names.warehouse, `CREATE TABLE ${tenant.schema}.bare (id int)`)
  const airbyte = createAirbyteClient({ baseUrl: engine.url, auth: { kind: 'client', ...auth } })
  const { name, configuration } = await airbyte.destinations.get(tenant.destinationId)
  const { raw_data_schema: _, ...shared } = configuration
  await airbyte.destinations.replace(tenant.destinationId, { name, configuration: shared })
  const { findings } = await diagnose()
  expect([...new Set(failedOf(findings).map(({ check }) => check))]).toEqual(['warehouse', 'isolation', 'destinations'])
  expect(one(findings, 'without their row security')).toMatchObject({
    remedy: expect.stringContaining('Start a proxy') as string,
  })
  expect(one(findings, 'has no raw_data_schema')).toMatchObject({
    remedy: expect.stringContaining(`${tenant.schema}_raw`) as string,
  })
  expect(one(findings, 'not the moment they are made')).toMatchObject({ status: 'warning' })
})

test('a tenant that reaches more than its own, and a schema that is nobody has, are found', async () => {
  await sql(names.warehouse, 'ALTER EVENT TRIGGER opsai_guard_tables ENABLE')
  await sql(
    names.warehouse,
    `DROP TABLE IF EXISTS ${tenant.schema}.bare; GRANT USAGE ON SCHEMA ${tenant.schema} TO PUBLIC`,
  )
  await sql(names.warehouse, `CREATE SCHEMA t_${'b'.repeat(16)}`)
  const { findings } = await diagnose()
  expect(one(failedOf(findings), `USAGE of ${tenant.schema} to PUBLIC is granted`)).toMatchObject({
    check: 'isolation',
  })
  expect(one(findings, 'belong to no tenant')).toMatchObject({ status: 'warning' })
  await sql(names.warehouse, `REVOKE USAGE ON SCHEMA ${tenant.schema} FROM PUBLIC; DROP SCHEMA t_${'b'.repeat(16)}`)
  expect(one((await diagnose()).findings, 'keep tenants apart')).toMatchObject({ status: 'ok' })
})

test('a schema of a newer version is not touched by an older command', async () => {
  await sql(names.kit, 'INSERT INTO opsai.migrations (step) VALUES (9999)')
  const { findings } = await diagnose()
  await sql(names.kit, 'DELETE FROM opsai.migrations WHERE step = 9999')
  expect(one(failedOf(findings), 'newer version')).toMatchObject({
    remedy: expect.stringContaining('Update') as string,
  })
})
