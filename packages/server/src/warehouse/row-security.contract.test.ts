// The whole chain under forced row security: every sync mode, and an Airbyte that can't load under it.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RouteName } from '@opsai/contract'
import { createWorld, query, type World } from '../test/world.js'

const modes = ['full_refresh_overwrite', 'full_refresh_append', 'incremental_append', 'incremental_deduped_history']

let world: World
let token: string
let schema: string
const connections: { connectionId: string; tablePrefix: string }[] = []

async function ask<T>(name: RouteName, body: unknown, params: Record<string, string> = {}): Promise<T> {
  const answer = await world.call(name, { token, body, params })
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

async function sync(connectionId: string): Promise<void> {
  const { jobId } = await ask<{ jobId: string }>('syncConnection', {}, { connectionId })
  await (await world.call('streamJob', { token, params: { jobId } })).text()
  const job = (await (await world.call('getJob', { token, params: { jobId } })).json()) as { status: string }
  expect(job, JSON.stringify(job)).toMatchObject({ status: 'succeeded' })
}

const tables = () =>
  query<{ name: string; oid: number; forced: boolean; policies: string[] }>(
    world.warehouse,
    `SELECT relname AS name, oid::int, relrowsecurity AND relforcerowsecurity AS forced,
       ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid) AS policies
     FROM pg_class c WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
    [schema],
  )

const forced = async () => [...new Set((await tables()).map((table) => table.forced))]

/** Runs SQL as one of the tenant's own logins. */
async function as(role: 'sync' | 'app', sql: string) {
  const url = new URL(world.warehouse)
  url.username = `${schema}_${role}`
  url.password = 'known to this test'
  return await query<{ count: number }>(url.href, sql)
}

beforeAll(async () => {
  world = await createWorld()
  token = await world.newSession('alice')
  const source = { tenantId: 'alice', sourceType: 'sample-data', name: 'Data', configuration: { count: 50 } }
  const { sourceId } = await ask<{ sourceId: string }>('createSource', source)
  for (const syncMode of modes) {
    const streams = [{ name: 'users', syncMode }]
    const made = await ask<{ connectionId: string; schema: string; tablePrefix: string }>('createConnection', {
      sourceId,
      streams,
    })
    schema = made.schema
    connections.push(made)
  }
})
afterAll(() => world.close())

test('in each mode, again and again, rows arrive in tables that bind their owner', async () => {
  for (const { connectionId } of connections) await sync(connectionId)
  const before = await tables()
  expect(before).toHaveLength(modes.length)
  for (const { connectionId } of connections) await sync(connectionId)
  const after = await tables()
  expect(after.map(({ forced, policies }) => ({ forced, policies }))).toEqual(
    modes.map(() => ({ forced: true, policies: ['tenant_only'] })),
  )
  const swapped = after.filter(({ oid }) => !before.some((table) => table.oid === oid)).map(({ name }) => name)
  expect(swapped, 'an overwrite moves a table in place, the others add to theirs').toEqual([
    `${connections[0]?.tablePrefix}users`,
  ])
})

test('the app reads all of them, the owner is bound by the policy, and neither sees more', async () => {
  for (const role of ['sync', 'app'])
    await query(world.warehouse, `ALTER ROLE ${schema}_${role} PASSWORD 'known to this test'`)
  for (const { name } of await tables()) {
    const count = `SELECT count(*)::int FROM ${schema}.${name}`
    const [owner] = await as('sync', count)
    expect(owner?.count, name).toBeGreaterThanOrEqual(50)
    expect(await as('app', count), name).toEqual([owner])
    const policy = `ON ${schema}.${name} USING (session_user = 't_somebodyelse_sync')`
    await query(
      world.warehouse,
      `BEGIN; DROP POLICY tenant_only ON ${schema}.${name}; CREATE POLICY tenant_only ${policy}; COMMIT`,
    )
    expect(await as('sync', count), name).toEqual([{ count: 0 }])
  }
})

test('a real Airbyte COPYs straight into its tables: there row security is on, and not forced', async () => {
  expect(await forced()).toEqual([true])
  const realAirbyte = (request: Request) =>
    new URL(request.url).pathname.endsWith('/opsai/capabilities')
      ? Response.json('Object not found.', { status: 404 })
      : world.engine.fetch(request)
  await world.restart({ airbyte: { baseUrl: 'http://engine.test', fetch: realAirbyte } })
  await vi.waitFor(async () => expect(await forced()).toEqual([false]), 10_000)
  await world.restart()
  await vi.waitFor(async () => expect(await forced(), 'tables that are there already follow').toEqual([true]), 10_000)
})
