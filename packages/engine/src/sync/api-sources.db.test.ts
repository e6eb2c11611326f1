// Sources that send records one by one, loaded into real Postgres.
import { listenAcmeCrm } from '@opsai/sandbox'
import type { ListeningAcmeCrm } from '@opsai/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { createAcmeCrmConnector } from '../native/acme-crm/acme-crm-connector.js'
import { createSampleDataConnector } from '../native/sample-data/sample-data-connector.js'
import type { TestDatabase } from './test/world.js'
import { createTestDatabase, syncOnce } from './test/world.js'

let destination: TestDatabase
let acme: ListeningAcmeCrm

beforeAll(async () => {
  destination = await createTestDatabase(postgresUrl(), 'api_destination')
  acme = await listenAcmeCrm({ port: 0, records: { contacts: 300, companies: 20, deals: 40 } })
})
afterAll(async () => {
  await acme?.close()
  await destination?.drop()
})

const one = async (sql: string) => (await destination.client.query(sql)).rows[0]

test('sample data: users, products and purchases, then only the new ones', async () => {
  const connector = createSampleDataConnector()
  const sync = (jobId: number, count: number) =>
    syncOnce({
      source: destination,
      destination,
      connector,
      config: { count, seed: 7 },
      mode: 'incremental_deduped_history',
      jobId,
      schema: 'sample',
    })
  expect(await sync(1, 2_000)).toMatchObject({ status: 'succeeded' })
  const second = await sync(2, 2_500)
  expect(second.stats.map(({ name, recordsCommitted }) => [name, recordsCommitted])).toEqual([
    ['users', 500],
    ['products', 0],
    ['purchases', 1_000],
  ])
  expect(
    await one(
      'SELECT count(*)::int AS count, count(DISTINCT id)::int AS ids, min(height_m) >= 1.4 AS tall FROM sample.users',
    ),
  ).toEqual({ count: 2_500, ids: 2_500, tall: true })
  expect(
    await one(`SELECT count(*)::int AS count FROM sample.purchases p JOIN sample.users u ON u.id = p.user_id`),
  ).toEqual({ count: 5_000 })
})

test('Acme CRM: nested records land as documents, changes as updates', async () => {
  const connector = createAcmeCrmConnector({ baseUrl: acme.url })
  const config = { credentials: { auth_type: 'api_key', api_key: 'acme_key_sandbox' } }
  const sync = (jobId: number) =>
    syncOnce({
      source: destination,
      destination,
      connector,
      config,
      mode: 'incremental_deduped_history',
      jobId,
      schema: 'acme',
    })
  expect(await sync(1)).toMatchObject({ status: 'succeeded' })
  expect(
    await one(
      `SELECT count(*)::int AS count, count(DISTINCT id)::int AS ids, jsonb_typeof(max(address::text)::jsonb) AS address FROM acme.contacts`,
    ),
  ).toEqual({ count: 300, ids: 300, address: 'object' })
  const changes = acme.change(10)
  const records = new Set(changes.map(({ id }) => id)).size
  const { stats } = await sync(2)
  expect(stats.reduce((sum, { recordsCommitted }) => sum + recordsCommitted, 0)).toBe(records)
  const inserted = changes.filter(({ change, type }) => change === 'inserted' && type === 'contacts').length
  expect(await one('SELECT count(*)::int AS count, count(DISTINCT id)::int AS ids FROM acme.contacts')).toEqual({
    count: 300 + inserted,
    ids: 300 + inserted,
  })
})
