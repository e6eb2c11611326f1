import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { toUrl } from '../test/world.js'
import { createDatabase, type Database } from './database.js'
import { type Lease, withLease } from './leases.js'
import { migrate } from './migrations.js'

const name = `server_test_leases_${randomUUID().slice(0, 8)}`
const quick = { termMs: 300, pollMs: 20 }
let admin: pg.Client
/** Two processes, as far as leases can tell. */
let one: Database
let two: Database

beforeAll(async () => {
  admin = new pg.Client({ connectionString: postgresUrl() })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  one = createDatabase(toUrl(name), () => {})
  two = createDatabase(toUrl(name), () => {})
  await migrate(one)
  await one.rows('CREATE TABLE written (fence bigint NOT NULL, what text NOT NULL)')
})
afterAll(async () => {
  await Promise.all([one.close(), two.close()])
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  await admin.end()
})

const never = () => new AbortController().signal

test('of 40 in two processes one works at a time, and every holder’s fence is higher', async () => {
  let now = 0
  let most = 0
  const fences: bigint[] = []
  await Promise.all(
    Array.from({ length: 40 }, (_, nth) =>
      withLease(
        nth % 2 ? one : two,
        'source:1',
        never(),
        async ({ fence }) => {
          now += 1
          most = Math.max(most, now)
          fences.push(BigInt(fence))
          await sleep(2)
          now -= 1
        },
        quick,
      ),
    ),
  )
  expect(most).toBe(1)
  expect(fences).toEqual([...fences].sort((a, b) => (a < b ? -1 : 1)))
  expect(fences).toHaveLength(40)
})

test('with two names, two at a time', async () => {
  let now = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 12 }, (_, nth) =>
      withLease(
        nth % 2 ? one : two,
        ['slot:1', 'slot:2'],
        never(),
        async () => {
          now += 1
          most = Math.max(most, now)
          await sleep(20)
          now -= 1
        },
        quick,
      ),
    ),
  )
  expect(most).toBe(2)
})

test('a holder that lives keeps it for longer than a term', async () => {
  const order: string[] = []
  const long = withLease(
    one,
    'long',
    never(),
    async ({ signal }) => {
      await sleep(quick.termMs * 3, undefined, { signal })
      order.push('first')
    },
    quick,
  )
  await sleep(50)
  await withLease(two, 'long', never(), () => Promise.resolve(order.push('second')), quick)
  await long
  expect(order).toEqual(['first', 'second'])
})

test('a holder that was cut off is told, and can write nothing more', async () => {
  const cut: Database = {
    ...one,
    rows: (sql, values) =>
      sql.includes('UPDATE opsai.leases SET until') ? Promise.reject(new Error('cut off')) : one.rows(sql, values),
  }
  const write = (lease: Lease, db: Database, what: string) =>
    db.transaction(async (inside) => {
      await lease.confirm(inside)
      await inside.rows('INSERT INTO written VALUES ($1, $2)', [lease.fence, what])
    })
  let told: unknown
  const stale = withLease(
    cut,
    'cut',
    never(),
    async (lease) => {
      lease.signal.addEventListener('abort', () => (told = lease.signal.reason as unknown))
      await withLease(two, 'cut', never(), (next) => write(next, two, 'of the next'), quick)
      await write(lease, one, 'too late')
    },
    quick,
  )
  await expect(stale).rejects.toThrow('was lost')
  expect(told).toMatchObject({ name: 'LeaseLost' })
  expect(await one.rows('SELECT what FROM written')).toEqual([{ what: 'of the next' }])
})

test('who gives up while waiting waits no longer', async () => {
  const held = withLease(one, 'given up', never(), () => sleep(3_000), quick)
  await sleep(20)
  const gone = AbortSignal.timeout(50)
  const started = performance.now()
  await expect(withLease(two, 'given up', gone, () => Promise.resolve(), quick)).rejects.toThrow()
  await expect(withLease(one, 'given up', AbortSignal.timeout(50), () => Promise.resolve(), quick)).rejects.toThrow()
  expect(performance.now() - started).toBeLessThan(2_000)
  await held
})
