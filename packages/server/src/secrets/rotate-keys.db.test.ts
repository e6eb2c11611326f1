// The encryption key changes while the proxy works: nothing fails, nothing is lost, nothing stays under the old one.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServer } from '../index.js'
import { createDatabase } from '../store/database.js'
import { createWorld, hostOrigin, publicUrl, query, type World } from '../test/world.js'
import { countOldSeals } from './rotate-keys.js'
import { createSealer } from './seal.js'
import { sealedColumns, unsealedColumns } from './sealed-columns.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const newKey = () => randomBytes(32).toString('base64')

test('every binary column is known to hold sealed values or to hold none', async () => {
  const rows = await query<{ name: string }>(
    world.database,
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'opsai' AND data_type = 'bytea'`,
  )
  const known = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...unsealedColumns]
  expect(rows.map(({ name }) => name).sort()).toEqual(known.sort())
})

test('a key this database was not sealed with is named at start', async () => {
  await world.newSession('acme')
  await expect(createServer({ ...world.options, encryptionKey: newKey() })).rejects.toThrow(
    'encryptionKey is not the one this database was sealed with',
  )
})

test('under load, no request fails; afterwards the new key alone is enough', { timeout: 120_000 }, async () => {
  const second = newKey()
  const first = world.options.encryptionKey
  for (let index = 0; index < 30; index += 1) await world.call('putTenant', { params: { tenantId: `tenant-${index}` } })
  // Step one: everybody can open with both. Step two: one of two proxies seals with the new one, and changes the rest.
  await world.restart({ oldEncryptionKeys: [second] })
  const before = await envOf('tenant-3')
  let stop = false
  const statuses: number[] = []
  const load = Array.from({ length: 4 }, async (_, worker) => {
    for (let round = 0; !stop; round += 1) {
      const body = { tenantId: `tenant-${(worker * 7 + round) % 30}`, userId: 'a', origins: [hostOrigin] }
      const headers = { 'idempotency-key': `${worker}-${round}` }
      statuses.push((await world.call('createSession', { body, headers })).status)
      statuses.push((await world.call('getTenantEnv', { params: { tenantId: body.tenantId } })).status)
    }
  })
  const next = await createServer({ ...world.options, encryptionKey: second, oldEncryptionKeys: [first] })
  const db = createDatabase(world.database, () => {})
  const newest = createSealer(second).newest
  await expect.poll(() => countTenants(db, newest), { timeout: 60_000 }).toBe(0)
  stop = true
  await Promise.all(load)
  expect(statuses.length).toBeGreaterThan(20)
  expect([...new Set(statuses)].sort()).toEqual([200, 201])
  console.log(`rotated under ${statuses.length} requests, ${statuses.filter((status) => status >= 400).length} errors`)
  await next.close()

  await world.restart({ encryptionKey: second, oldEncryptionKeys: [first] })
  await expect.poll(() => countOldSeals(db, { newest }), { timeout: 60_000 }).toEqual({})
  await db.close()
  await world.restart({ encryptionKey: second })
  expect(await envOf('tenant-3')).toBe(before)
  // The names tenants have do not come from the key any more.
  const again = await world.call('putTenant', { params: { tenantId: 'tenant-3' } })
  expect(before).toContain(((await again.json()) as { schema: string }).schema)
  const replayed = await world.call('createSession', {
    body: { tenantId: 'tenant-0', userId: 'a', origins: [hostOrigin] },
    headers: { 'idempotency-key': '0-0' },
  })
  expect([replayed.status, replayed.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
  await expect(createServer({ ...world.options, encryptionKey: first })).rejects.toThrow('encryptionKey is not')
})

async function countTenants(db: ReturnType<typeof createDatabase>, newest: Buffer): Promise<number> {
  const left = await countOldSeals(db, { newest })
  return (left['tenants.sync_password'] ?? 0) + (left['tenants.app_password'] ?? 0)
}

const envOf = async (tenantId: string) => {
  const answer = await world.send(
    new Request(`${publicUrl}/api/airbyte/tenants/${tenantId}/env`, {
      headers: { authorization: `Bearer ${world.hostKey}` },
    }),
  )
  expect(answer.status).toBe(200)
  return await answer.text()
}
