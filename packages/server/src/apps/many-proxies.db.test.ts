// Any number of proxies on one database, of which any may die at any moment: each app is made once, and no orphan stays.
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { DeployError } from '@opsai/apps/deploy'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AppWorld, createAppWorld, isUpToDate } from '../test/app-world.js'
import { type SecondServer, startSecondServer } from '../test/second-server.js'
import { query } from '../test/world.js'

let world: AppWorld
let others: SecondServer[]
beforeAll(async () => {
  world = await createAppWorld()
  others = [await startSecondServer(world), await startSecondServer(world)]
})
afterAll(async () => {
  for (const { server } of others) await server.close()
  await world.close()
})
afterEach(() => {
  world.deployer.instead = undefined
  world.deployer.beforeRemove = undefined
  world.deployer.begun.length = 0
})

const page = async (url = '') => (await fetch(url)).text()
const sql = (text: string, values: unknown[] = []) => query(world.database, text, values)

test('three proxies, one app: exactly one deployment', async () => {
  await world.newSession('acme')
  let atOnce = 0
  let most = 0
  world.deployer.instead = async () => {
    most = Math.max(most, ++atOnce)
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    atOnce -= 1
  }
  await world.ask('acme')
  await world.until('acme', isUpToDate)
  // Whoever came second has looked again by now.
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect([world.deployer.begun.length, most]).toEqual([1, 1])
})

/** As a process that was killed there leaves it: the row in that state, and its lease for as long as the term lasts. */
async function abandon(tenantId: string, status: string): Promise<void> {
  await sql(`INSERT INTO opsai.leases (name, holder, until) VALUES ($1, $2, now() + interval '2 seconds')`, [
    `app:${tenantId}`,
    randomUUID(),
  ])
  await sql(
    `INSERT INTO opsai.apps (tenant_id, target, status, attempts, wanted, settled) VALUES ($1, 'local', $2, 1, 2, 1)`,
    [tenantId, status],
  )
}

test.each(['waiting', 'generating', 'deploying', 'running', 'failed'])(
  'what a dead process left %s is taken up once its lease is over, by one',
  async (status) => {
    const tenantId = `left ${status}`
    await world.newSession(tenantId)
    await abandon(tenantId, status)
    const app = await world.until(tenantId, isUpToDate)
    expect(world.deployer.begun).toHaveLength(1)
    expect(await page(app.url)).toContain('connectors')
  },
)

test('so is a removal, and nothing is left of it', async () => {
  await world.newSession('leaving')
  await world.ask('leaving')
  const app = await world.until('leaving', isUpToDate)
  await sql(`UPDATE opsai.apps SET status = 'removing' WHERE tenant_id = 'leaving'`)
  await expect.poll(() => world.get('leaving'), { timeout: 10_000 }).toBeUndefined()
  await expect(fetch(app.url ?? '')).rejects.toThrow()
})

test('an app that kills whoever makes it is given up, and says so', async () => {
  await world.newSession('deadly')
  await sql(`INSERT INTO opsai.apps (tenant_id, target, attempts) VALUES ('deadly', 'local', 6)`)
  const app = await world.until('deadly', ({ status }) => status === 'failed')
  expect(app.error).not.toHaveProperty('retryAt')
  expect(world.deployer.begun).toEqual([])
})

test('a proxy that stops in the middle leaves it to another, as if it had never begun', async () => {
  // Not of this machine: what runs on it is looked at by each that starts.
  const apps = { ...world.apps, deployer: { ...world.deployer, target: 'docker' as const } }
  for (const { server } of others.splice(0)) await server.close()
  await world.restart({ apps })
  const second = await startSecondServer(world, { apps })
  await world.newSession('handed over')
  world.deployer.instead = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))
  const isAtIt = () =>
    // Sooner than after a failure.
    expect
      .poll(() => sql(`SELECT status, attempts, error FROM opsai.apps WHERE tenant_id = 'handed over'`), {
        timeout: 6_000,
      })
      .toEqual([{ status: 'deploying', attempts: 1, error: null }])
  await world.ask('handed over')
  await isAtIt()
  // Which of the two has it nobody can say: one after the other stops.
  await world.restart({ apps })
  await isAtIt()
  await second.server.close()
  await isAtIt()
  world.deployer.instead = undefined
  await world.restart({ apps })
  await world.until('handed over', isUpToDate)
  await world.restart()
})

test('an app that is deployed right now can be removed: the deployment ends', async () => {
  await world.newSession('hasty')
  world.deployer.instead = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))
  await world.ask('hasty')
  await world.until('hasty', ({ status }) => status === 'deploying')
  expect((await world.call('deleteApp', { params: { tenantId: 'hasty' } })).status).toBe(200)
  expect(await world.get('hasty')).toBeUndefined()
  expect((await world.ask('hasty')).revision).toEqual({ wanted: 1, deployed: 0 })
  world.deployer.instead = undefined
  await world.until('hasty', isUpToDate)
})

test('a tenant that goes takes its app along, and nobody else’s', async () => {
  for (const tenantId of ['going', 'staying']) {
    await world.newSession(tenantId)
    await world.ask(tenantId)
  }
  const going = await world.until('going', isUpToDate)
  const staying = await world.until('staying', isUpToDate)
  const folders = await readdir(world.directory)
  expect((await world.call('deleteTenant', { params: { tenantId: 'going' } })).status).toBe(200)
  await expect(fetch(going.url ?? '')).rejects.toThrow()
  expect(await page(staying.url)).toContain('connectors')
  expect(await world.get('staying')).toEqual(staying)
  expect(await readdir(world.directory)).toHaveLength(folders.length - 1)
})

test('where the app can not be taken away the tenant stays, until it can', async () => {
  const token = await world.newSession('stuck')
  await world.connect(token, 'stuck')
  await world.ask('stuck')
  const app = await world.until('stuck', isUpToDate)
  world.deployer.beforeRemove = () => Promise.reject(new DeployError('preparing', 'It is away.', 'Wait.', true))
  const answer = await world.call('deleteTenant', { params: { tenantId: 'stuck' } })
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { code: 'upstream_unavailable', detail: expect.stringContaining('It is away. Wait.') as string },
  ])
  const left = await sql(
    `SELECT (SELECT count(*)::int FROM opsai.sources WHERE tenant_id = 'stuck') AS sources, (SELECT status FROM opsai.apps WHERE tenant_id = 'stuck') AS app`,
  )
  expect(left).toEqual([{ sources: 1, app: 'removing' }])
  expect((await world.call('createApp', { body: { tenantId: 'stuck' } })).status, 'it is being deleted').toBe(404)
  // The database itself keeps an app from being forgotten.
  await expect(sql(`DELETE FROM opsai.tenants WHERE tenant_id = 'stuck'`)).rejects.toThrow('foreign key')
  world.deployer.beforeRemove = undefined
  expect((await world.call('deleteTenant', { params: { tenantId: 'stuck' } })).status).toBe(200)
  await expect(fetch(app.url ?? '')).rejects.toThrow()
})

test('a proxy that makes no apps says what to set, and loses none', async () => {
  await world.newSession('kept')
  await world.ask('kept')
  const app = await world.until('kept', isUpToDate)
  await world.restart({ apps: undefined })
  const answer = await world.call('createApp', { body: { tenantId: 'kept' } })
  expect([answer.status, await answer.json()]).toMatchObject([
    500,
    { code: 'config_error', detail: expect.stringContaining('OPSAI_APPS_TARGET') as string },
  ])
  expect((await world.call('deleteTenant', { params: { tenantId: 'kept' } })).status).toBe(409)
  expect(await page(app.url)).toContain('connectors')
  await world.restart()
})
