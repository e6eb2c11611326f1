// A role's time limit is a default that it may set back for itself: what holds is that its sessions are ended.
import { expect, test } from 'vitest'
import { connect, newSlug, openPlace, passwords, silent } from '../test/warehouse-place.js'
import { usualLimits } from './reap-sql.js'
import { openWarehouse } from './warehouse.js'

const a = newSlug()
const b = newSlug()

test('who takes longer than its role may is ended, whatever it has set; the others go on', async () => {
  const place = openPlace('superuser')
  await place.server(`CREATE DATABASE ${place.database}`)
  const limits = { ...usualLimits, app: { statement: 30, reap: 2, transaction: 4 } }
  const warehouse = await openWarehouse({
    url: place.toUrl(),
    log: silent,
    loadsUnderForcedRowSecurity: () => Promise.resolve(true),
    limits,
  })
  for (const slug of [a, b]) await warehouse.provision(slug, passwords)
  const logIn = (role: string) => connect(place.toUrl(role))
  const ticking = setInterval(() => void warehouse.reap([]), 200)
  const clients = [
    await logIn(`${a}_app`),
    await logIn(`${a}_app`),
    await logIn(`${b}_app`),
    await logIn(`${b}_app`),
  ] as const
  try {
    const [slow, holding, other, idle] = clients
    await slow.query('SET statement_timeout = 0')
    await holding.query('SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT 1')
    const ended = (work: Promise<unknown>) =>
      work.then(
        () => 'went on',
        () => 'ended',
      )
    expect(await ended(slow.query('SELECT pg_sleep(600)'))).toBe('ended')
    await expect.poll(() => ended(holding.query('SELECT 1')), { interval: 2_500, timeout: 15_000 }).toBe('ended')
    expect((await other.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    expect((await idle.query('SELECT 1 AS one')).rows, 'who only waits is left alone').toEqual([{ one: 1 }])
  } finally {
    clearInterval(ticking)
    await Promise.allSettled(clients.map((client) => client.end()))
    for (const slug of [a, b]) await warehouse.deprovision(slug)
    await warehouse.close()
    await place.server(`DROP DATABASE ${place.database} WITH (FORCE)`)
  }
})

test('by its usual limits that is within a minute', () => {
  const looksEverySeconds = 10
  expect(usualLimits.app.reap + looksEverySeconds).toBeLessThanOrEqual(60)
  expect(usualLimits.app.reap).toBeGreaterThan(usualLimits.app.statement)
})
