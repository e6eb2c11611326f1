// A database that goes silent in the middle of an answer, as one behind a firewall that forgets its connections does.
import { once } from 'node:events'
import { type AddressInfo, connect as dial, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSlug, openPlace, passwords, silent } from '../test/warehouse-place.js'
import { usualLimits } from './reap-sql.js'
import { openWarehouse, type Warehouse } from './warehouse.js'

const slug = newSlug()
let place: ReturnType<typeof openPlace>
let relay: Server
let warehouse: Warehouse

beforeAll(async () => {
  place = openPlace('superuser')
  await place.server(`CREATE DATABASE ${place.database}`)
  const real = new URL(place.toUrl())
  relay = createServer((client) => {
    const database = dial(Number(real.port), real.hostname)
    let isSilent = false
    client.on('data', (bytes) => {
      isSilent ||= bytes.includes('never answered')
      if (!isSilent) database.write(bytes)
    })
    database.on('data', (bytes) => void client.write(bytes))
    for (const [one, other] of [[client, database] as const, [database, client] as const])
      one.on('error', () => {}).on('close', () => other.destroy())
  })
  await once(relay.listen(0, '127.0.0.1'), 'listening')
  const url = Object.assign(new URL(real), { host: `127.0.0.1:${(relay.address() as AddressInfo).port}` }).href
  warehouse = await openWarehouse({
    url,
    log: silent,
    loadsUnderForcedRowSecurity: () => Promise.resolve(true),
    limits: { ...usualLimits, app: { statement: 1, reap: 2, transaction: 3 } },
  })
  await warehouse.provision(slug, passwords)
})
afterAll(async () => {
  await warehouse.deprovision(slug)
  await warehouse.close()
  relay.close()
  await place.server(`DROP DATABASE ${place.database} WITH (FORCE)`)
})

test('who reads as a tenant waits no longer than its role may take, and a little', { timeout: 15_000 }, async () => {
  expect(await warehouse.readAs(slug, passwords.app, 'SELECT 1 AS one', [])).toEqual([{ one: 1 }])
  const began = performance.now()
  await expect(warehouse.readAs(slug, passwords.app, `SELECT 'never answered'`, [])).rejects.toThrow('timeout')
  expect(performance.now() - began).toBeLessThan(9_000)
})
