// An app is deployed with the tenant's keys. Nothing of them is in an answer, a log, an event or the database.
import { DeployError } from '@opsai/apps/deploy'
import { parse } from 'dotenv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppWorld, createAppWorld, isUpToDate } from '../test/app-world.js'
import { hostOrigin, query } from '../test/world.js'

let world: AppWorld
beforeAll(async () => {
  world = await createAppWorld()
  await query(world.database, 'INSERT INTO opsai.webhook_target DEFAULT VALUES ON CONFLICT DO NOTHING')
  await world.newSession('acme')
})
afterAll(() => world.close())

/** Everything that is written down or told, but what is sealed. */
async function readAll(): Promise<string> {
  const rows = await Promise.all(
    ['apps', 'audit', 'webhook_events', 'outbox'].map((table) =>
      query(world.database, `SELECT to_jsonb(t)::text AS row FROM opsai.${table} t`),
    ),
  )
  return JSON.stringify([rows, world.logLines, await world.get('acme')])
}

test.each([
  [
    'an error made to be read',
    (said: string) => new DeployError('building', `Built with ${said}`, `Not ${said}`, false),
  ],
  ['any other error', (said: string) => Object.assign(new Error(said), { code: said })],
])('a deployer that says too much, by %s', async (_, fail) => {
  let secrets: string[] = []
  let said = ''
  world.deployer.instead = ({ env }, { onProgress }) => {
    const password = new URL(env.DATABASE_URL ?? '').password
    secrets = [env.DATABASE_URL ?? '', password, Buffer.from(password).toString('base64'), encodeURIComponent(password)]
    said = secrets.join(' ')
    onProgress?.({ step: 'building', message: `With ${said}` })
    return Promise.reject(fail(said))
  }
  await world.ask('acme')
  const app = await world.until('acme', ({ status }) => status === 'failed')
  expect(app.error?.step).toBe('building')
  const all = await readAll()
  expect(secrets.filter((secret) => secret.length > 8)).toHaveLength(4)
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([])
})

test('the host alone may ask: no browser, no session, no other key', async () => {
  const asked = { body: { tenantId: 'acme' }, params: { tenantId: 'acme' } }
  const token = await world.newSession('acme')
  for (const name of ['createApp', 'getApp', 'deleteApp'] as const) {
    const parts = name === 'createApp' ? { body: asked.body } : { params: asked.params }
    const status = async (headers: Record<string, string>) => (await world.call(name, { ...parts, headers })).status
    expect(await status({ origin: hostOrigin }), name).toBe(403)
    expect(await status({ 'sec-fetch-site': 'same-origin' }), name).toBe(403)
    expect(await status({ authorization: `Bearer ${token}` }), name).toBe(403)
    expect(await status({ authorization: `Bearer ${'x'.repeat(43)}` }), name).toBe(401)
  }
})

test('what the host is told of it', async () => {
  world.deployer.instead = undefined
  await world.ask('acme')
  const { url, revision } = await world.until('acme', isUpToDate)
  const events = await query<{ type: string; data: object }>(
    world.database,
    `SELECT type, data FROM opsai.webhook_events WHERE type LIKE 'app.%' ORDER BY at`,
  )
  expect(events.map(({ type }) => type)).toEqual(['app.failed', 'app.deployed'])
  expect(events.at(-1)?.data).toMatchObject({ tenantId: 'acme', url, revision: revision.deployed })
  const env = parse(await (await world.call('getTenantEnv', { params: { tenantId: 'acme' } })).text())
  expect(await readAll()).not.toContain(new URL(env.DATABASE_URL ?? '').password)
})

test('where others reach it its pages ask for a password, which a rotation changes', async () => {
  const read = async () => parse(await (await world.call('getTenantEnv', { params: { tenantId: 'acme' } })).text())
  expect(await read(), 'on this machine none is needed').not.toHaveProperty('APP_PASSWORD')
  await world.restart({ apps: { ...world.apps, deployer: { ...world.deployer, target: 'docker' } } })
  const { APP_PASSWORD: before } = await read()
  expect(before).toMatch(/^[\w-]{43}$/)
  expect((await read()).APP_PASSWORD).toBe(before)
  await world.call('rotateTenant', { params: { tenantId: 'acme' }, body: {} })
  const { APP_PASSWORD: after } = await read()
  expect(after).toMatch(/^[\w-]{43}$/)
  expect(after).not.toBe(before)
})
