// A tenant's app from nothing to gone, made anew as what is connected changes.
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DeployError } from '@opsai/apps/deploy'
import { parse } from 'dotenv'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AppWorld, createAppWorld, isUpToDate } from '../test/app-world.js'
import { query } from '../test/world.js'

let world: AppWorld
let token: string
beforeAll(async () => {
  world = await createAppWorld()
  token = await world.newSession('acme')
})
afterAll(() => world.close())
beforeEach(() => {
  world.deployer.instead = undefined
  world.deployer.beforeRemove = undefined
  world.deployer.begun.length = 0
})

const page = async (url = '', path = '') => (await fetch(`${url}${path}`)).text()
const envOf = async (tenantId: string) =>
  parse(await (await world.call('getTenantEnv', { params: { tenantId } })).text())

test('no app is made for nobody, nor without being asked for', async () => {
  expect((await world.call('createApp', { body: { tenantId: 'nobody' } })).status).toBe(404)
  expect((await world.call('getApp', { params: { tenantId: 'acme' } })).status).toBe(404)
  expect((await world.call('deleteApp', { params: { tenantId: 'acme' } })).status).toBe(200)
  expect(world.deployer.begun).toEqual([])
})

test('what is connected is generated, deployed, and served', async () => {
  await world.connect(token, 'acme')
  const asked = await world.ask('acme', 'Acme & Sons')
  expect(asked).toMatchObject({ tenantId: 'acme', name: 'Acme & Sons', target: 'local', status: 'waiting' })
  const app = await world.until('acme', isUpToDate)
  expect(app).toMatchObject({
    connectors: ['sample-data'],
    url: expect.stringContaining('http://127.0.0.1:') as string,
  })
  expect(await page(app.url)).toContain("flag: 'SAMPLE_DATA_ENABLED'")
  expect(await page(app.url, '/generated/app.ts')).toContain('Acme & Sons')
  const [deployed] = world.deployer.begun
  expect(deployed?.name).toMatch(/^app-[a-z2-7]{16}$/)
  expect(deployed?.env).toEqual(await envOf('acme'))
})

test('asked for again with nothing changed, what runs goes on', async () => {
  const before = await world.get('acme')
  await world.ask('acme')
  const after = await world.until('acme', isUpToDate)
  expect(after.deploymentId).toBe(before?.deploymentId)
  expect(world.deployer.begun).toEqual([])
})

test('what its owner has written or set is deployed when it is asked for, and once', async () => {
  const [name = ''] = await readdir(world.directory)
  await writeFile(join(world.directory, name, 'mine.ts'), 'export const mine = 1\n')
  await world.ask('acme')
  expect(await page((await world.until('acme', isUpToDate)).url, '/mine.ts')).toContain('mine = 1')
  await appendFile(join(world.directory, name, '.env'), 'MINE=1\n')
  await world.ask('acme')
  await world.until('acme', isUpToDate)
  await world.ask('acme')
  await world.until('acme', isUpToDate)
  expect(world.deployer.begun.map(({ env }) => env.MINE)).toEqual([undefined, '1'])
})

test('what no longer runs is started, though nothing has changed', async () => {
  await world.deployer.stopAll()
  await world.ask('acme')
  const app = await world.until('acme', isUpToDate)
  expect(await page(app.url)).toContain('SAMPLE_DATA_ENABLED')
})

test('what ended by itself is started as it was, with nobody asking', async () => {
  const before = await world.get('acme')
  await world.deployer.crash(world.deployer.served()[0] ?? '')
  const app = await world.until('acme', (one) => isUpToDate(one) && one.url !== before?.url)
  expect(app.deploymentId).toBe(before?.deploymentId)
  expect(world.deployer.begun, 'nothing is built').toEqual([])
  expect(await page(app.url)).toContain('SAMPLE_DATA_ENABLED')
})

test('many changes in a row are one deployment, and asking in the middle of it one more', async () => {
  let finish = () => {}
  world.deployer.instead = () => new Promise((resolve) => (finish = resolve))
  for (const name of ['One', 'Two', 'Three']) await world.connect(token, 'acme', name, 'products')
  const before = await world.until('acme', ({ status }) => status === 'deploying')
  expect(before.step).toBe('building')
  expect(world.deployer.begun).toHaveLength(1)
  await world.connect(token, 'acme', 'Four', 'purchases')
  await world.ask('acme')
  expect(await world.get('acme')).toMatchObject({ status: 'deploying', url: before.url })
  expect(await page(before.url), 'the former one runs on').not.toContain('One')
  world.deployer.instead = undefined
  finish()
  const app = await world.until('acme', isUpToDate)
  expect(world.deployer.begun).toHaveLength(2)
  expect(await page(app.url)).toContain('Four')
})

test('changes that follow each other within the quiet time wait for the last of them', async () => {
  await world.restart({ apps: { ...world.apps, quietMs: 6_000 } })
  await world.until('acme', isUpToDate)
  world.deployer.begun.length = 0
  for (const name of ['Five', 'Six', 'Seven']) {
    await world.connect(token, 'acme', name)
    // Longer than it takes to be seen to.
    await new Promise((resolve) => setTimeout(resolve, 1_300))
  }
  expect(world.deployer.begun).toEqual([])
  await world.until('acme', isUpToDate)
  expect(world.deployer.begun).toHaveLength(1)
  await world.restart()
  await world.until('acme', isUpToDate)
})

test('a first sync that ended brings its tables', async () => {
  const { connectionId } = await world.connect(token, 'acme', 'Synced', 'users')
  const before = await world.until('acme', isUpToDate)
  await world.call('syncConnection', { token, params: { connectionId }, body: {} })
  const { rows } = { rows: () => query<{ status: string }>(world.database, 'SELECT status FROM opsai.syncs') }
  await expect.poll(rows, { timeout: 30_000 }).toEqual([{ status: 'succeeded' }])
  await world.until('acme', (app) => isUpToDate(app) && app.revision.deployed > before.revision.deployed)
  // A second one changes nothing.
  const after = await world.get('acme')
  await world.call('syncConnection', { token, params: { connectionId }, body: {} })
  await expect.poll(rows, { timeout: 30_000 }).toEqual([{ status: 'succeeded' }, { status: 'succeeded' }])
  expect((await world.get('acme'))?.revision).toEqual(after?.revision)
})

test('a source that goes takes its pages and its flag with it', async () => {
  const listed = await world.call('listConnectedSources', { token })
  const { sources } = (await listed.json()) as { sources: { sourceId: string }[] }
  for (const { sourceId } of sources) await world.call('deleteSource', { token, params: { sourceId } })
  const app = await world.until('acme', (one) => isUpToDate(one) && one.connectors.length === 0)
  expect(await page(app.url)).not.toContain('SAMPLE_DATA')
  const name = (await readdir(world.directory))[0] ?? ''
  expect(await readFile(join(world.directory, name, '.env'), 'utf8')).not.toContain('SAMPLE_DATA_ENABLED')
  expect(await readdir(join(world.directory, name, 'generated/streams'))).toEqual([])
})

test('new passwords are in the app without anybody asking', async () => {
  const before = await envOf('acme')
  await world.call('rotateTenant', { params: { tenantId: 'acme' }, body: {} })
  await expect.poll(() => world.deployer.begun.length, { timeout: 30_000 }).toBe(1)
  await world.until('acme', isUpToDate)
  const after = await envOf('acme')
  expect(after.DATABASE_URL).not.toBe(before.DATABASE_URL)
  expect(world.deployer.begun.at(-1)?.env).toMatchObject(after)
})

// A new name is one change; a source with its connection is two, and on a slow machine two rounds.
test('a deployment that fails for good says why, and what ran goes on', async () => {
  const before = await world.get('acme')
  world.deployer.instead = () => Promise.reject(new DeployError('building', 'It does not build.', 'Mend it.', false))
  await world.ask('acme', 'Broken')
  const app = await world.until('acme', ({ status }) => status === 'failed')
  const error = { step: 'building', message: 'It does not build.', remedy: 'Mend it.', retryable: false }
  expect(app).toMatchObject({ error, url: before?.url, deploymentId: before?.deploymentId })
  expect(app.error).not.toHaveProperty('retryAt')
  expect(await page(app.url, '/generated/app.ts')).not.toContain('Broken')
  await sleep(1_500)
  expect(world.deployer.begun, 'the same again would fail again').toHaveLength(1)
  world.deployer.instead = undefined
  await world.ask('acme')
  expect(await page((await world.until('acme', isUpToDate)).url, '/generated/app.ts')).toContain('Broken')
})

test('what is told in the moment it fails comes too late to make it look as if it went on', async () => {
  world.deployer.instead = (_, { onProgress }) => {
    for (let line = 1; line <= 40; line++) onProgress?.({ step: 'building', message: `Line ${line}` })
    return Promise.reject(new DeployError('building', 'It does not build.', 'Mend it.', false))
  }
  const [name = ''] = await readdir(world.directory)
  await writeFile(join(world.directory, name, 'mine.ts'), 'export const mine = 2\n')
  await world.ask('acme')
  await world.until('acme', ({ status }) => status === 'failed')
  await sleep(500)
  expect(await world.get('acme')).toMatchObject({ status: 'failed', error: { step: 'building' } })
})

test('one that may work later is tried again, later each time', async () => {
  world.deployer.instead = () => Promise.reject(new DeployError('uploading', 'It is busy.', 'Wait.', true))
  await world.ask('acme', 'Late')
  const first = await world.until('acme', ({ status }) => status === 'failed')
  expect(first.error?.retryAt && Date.parse(first.error.retryAt) - Date.now()).toBeGreaterThan(4_000)
  world.deployer.instead = undefined
  await query(world.database, `UPDATE opsai.apps SET due_at = now() WHERE tenant_id = 'acme'`)
  expect(await page((await world.until('acme', isUpToDate)).url, '/generated/app.ts')).toContain('Late')
  expect(world.deployer.begun).toHaveLength(2)
})

test('deleted, nothing of it is left, and it may be made anew', async () => {
  const app = await world.get('acme')
  const answer = await world.call('deleteApp', { params: { tenantId: 'acme' } })
  expect([answer.status, await answer.json()]).toEqual([200, { tenantId: 'acme', status: 'removed' }])
  await expect(fetch(app?.url ?? '')).rejects.toThrow()
  expect([world.deployer.served(), await readdir(world.directory), await world.get('acme')]).toEqual([
    [],
    [],
    undefined,
  ])
  expect((await world.call('deleteApp', { params: { tenantId: 'acme' } })).status).toBe(200)
  await world.ask('acme')
  await world.until('acme', isUpToDate)
})
