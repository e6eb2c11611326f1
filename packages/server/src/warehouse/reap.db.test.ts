// A role's time limit is a default that it may set back for itself: what holds is that its sessions are ended.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, newSlug, openPlace, passwords, silent } from '../test/warehouse-place.js'
import { usualLimits } from './reap-sql.js'
import { openWarehouse, type Warehouse } from './warehouse.js'

const a = newSlug()
const b = newSlug()

let place: ReturnType<typeof openPlace>
let warehouse: Warehouse

/** Ends what is over these limits, all the while. */
async function reaping(app: { reap: number; transaction: number }, work: () => Promise<void>): Promise<void> {
  const loadsUnderForcedRowSecurity = () => Promise.resolve(true)
  const limits = { ...usualLimits, app: { statement: 30, ...app } }
  const reaper = await openWarehouse({ url: place.toUrl(), log: silent, loadsUnderForcedRowSecurity, limits })
  const ticking = setInterval(() => void reaper.reap([]).catch(() => {}), 200)
  await work().finally(() => clearInterval(ticking))
  await reaper.close()
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'went on',
    () => 'ended',
  )

beforeAll(async () => {
  place = openPlace('superuser')
  await place.server(`CREATE DATABASE ${place.database}`)
  const loadsUnderForcedRowSecurity = () => Promise.resolve(true)
  warehouse = await openWarehouse({ url: place.toUrl(), log: silent, loadsUnderForcedRowSecurity })
  for (const slug of [a, b]) await warehouse.provision(slug, passwords)
})
afterAll(async () => {
  for (const slug of [a, b]) await warehouse.deprovision(slug)
  await warehouse.close()
  await place.server(`DROP DATABASE ${place.database} WITH (FORCE)`)
})

test('who takes longer for a statement than its role may is ended, whatever it has set; the others go on', async () => {
  const roles = [`${a}_app`, `${a}_app`, `${b}_app`]
  const [slow, holding, idle] = await Promise.all(roles.map((role) => connect(place.toUrl(role))))
  await slow?.query('SET statement_timeout = 0')
  await holding?.query('SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT 1')
  await reaping({ reap: 1, transaction: 3_600 }, async () => {
    expect(await outcome(slow?.query('SELECT pg_sleep(600)') ?? Promise.resolve())).toBe('ended')
    const isEnded = () => query(`SELECT 1 FROM pg_stat_activity WHERE usename = '${a}_app'`)
    await expect.poll(isEnded, { timeout: 15_000 }).toEqual([])
  })
  expect(await outcome(idle?.query('SELECT 1') ?? Promise.reject(new Error())), 'who only waits is left alone').toBe(
    'went on',
  )
  await Promise.allSettled([slow?.end(), holding?.end(), idle?.end()])
})

test('who keeps a transaction open with one short statement after another is ended, too', async () => {
  const busy = await connect(place.toUrl(`${a}_app`))
  await reaping({ reap: 3_600, transaction: 2 }, async () => {
    await busy.query('BEGIN')
    const tick = () => outcome(busy.query('SELECT pg_sleep(0.05)'))
    await expect.poll(tick, { interval: 50, timeout: 15_000 }).toBe('ended')
  })
  await busy.end().catch(() => {})
})

async function query(sql: string): Promise<unknown[]> {
  const client = await connect(place.toUrl())
  return (await client.query(sql).finally(() => client.end())).rows as unknown[]
}

test('by its usual limits that is within a minute', () => {
  const looksEverySeconds = 10
  expect(usualLimits.app.reap + looksEverySeconds).toBeLessThanOrEqual(60)
  expect(usualLimits.app.reap).toBeGreaterThan(usualLimits.app.statement)
})
