// Tenants made side by side, and a proxy killed at every message about one: what is left is finished by another, once.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { parse } from 'dotenv'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Flight, Watch } from './gate.js'
import { percentile } from './percentile.js'
import { diffTenants } from './tenant-diff.js'
import { type ProxyProcess, startTenantWorld, type TenantWorld } from './tenant-world.js'

const full = process.env.OPSAI_PROVE === '1'
const sideBySide = full ? 100 : 8
/** Kills a step, spread over its messages; a step is one peer's part of one verb. `npm test` does each third step. */
const killsAStep = full ? 10 : 1

const verbs = { ensure: ['PUT', ''], rotate: ['POST', '/rotate'], remove: ['DELETE', ''] } as const
type Verb = keyof typeof verbs

let world: TenantWorld
let spare: Promise<ProxyProcess>
/** Of tenants that are there for sure, with the .env they had first. */
const made: { id: string; env: Record<string, string> }[] = []

/** One that is ready, while the next is started. */
async function takeProxy(): Promise<ProxyProcess> {
  const proxy = await spare
  spare = world.startProxy()
  return proxy
}

beforeAll(async () => {
  world = await startTenantWorld()
  spare = world.startProxy()
})
afterAll(async () => {
  await spare?.catch(() => {})
  await world?.close()
})

const ask = async (proxy: ProxyProcess, verb: Verb, id: string) => {
  const [method, path] = verbs[verb]
  return await world.call(proxy, method, `/tenants/${id}${path}`)
}
const envOf = async (proxy: ProxyProcess, id: string) =>
  parse(await (await world.call(proxy, 'GET', `/tenants/${id}/env`)).text())

test(`${sideBySide} tenants are made side by side`, async () => {
  const proxy = await takeProxy()
  const ids = Array.from({ length: sideBySide }, (_, n) => `beside-${n}`)
  const times: number[] = []
  const statuses = await Promise.all(
    ids.map(async (id) => {
      const began = performance.now()
      const { status } = await ask(proxy, 'ensure', id)
      times.push(performance.now() - began)
      return status
    }),
  )
  const ready = statuses.filter((status) => status === 200).length
  console.log(
    `side by side: ${ready}/${sideBySide} ready, p50 ${percentile(times, 50)} ms, p99 ${percentile(times, 99)} ms (all asked for at once)`,
  )
  expect(ready).toBe(sideBySide)
  for (const id of ids) made.push({ id, env: await envOf(proxy, id) })
  expect(await diffTenants(world)).toEqual({ tenants: sideBySide, orphans: [], twins: [], missing: [] })
  proxy.kill()
})

/** What marks a message as about a tenant; of one that is not there yet its slug is not known, its id is. */
async function marksOf(id: string): Promise<string[]> {
  const [row] = await world.sql<Record<string, string | null>>(
    'proxy',
    'SELECT slug, workspace_id, destination_id FROM opsai.tenants WHERE tenant_id = $1',
    [id],
  )
  return [id, ...Object.values(row ?? {}).flatMap((value) => value ?? [])]
}

/** Runs one verb with the gates listening; ends the proxy at one message, if that is said. */
async function run(verb: Verb, id: string, end?: { at: number; when: 'before' | 'after' }): Promise<Flight[]> {
  const proxy = await takeProxy()
  const watch: Watch = { marks: await marksOf(id), flights: [], ...end, ...(end && { end: () => proxy.kill() }) }
  world.watcher.current = watch
  if (verb === 'ensure') void learnSlug(id, watch)
  const answer = await ask(proxy, verb, id).catch(() => undefined)
  world.watcher.current = undefined
  if (!end) expect(answer?.status, await answer?.text()).toBe(200)
  proxy.kill()
  return watch.flights
}

/** The row is the first thing that is written: from then on its slug marks messages, too. */
async function learnSlug(id: string, watch: Watch): Promise<void> {
  while (watch.marks.length < 2 && (world.watcher.current === watch || watch.flights.length === 0)) {
    const marks = await marksOf(id)
    if (marks.length > 1) watch.marks = marks
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

test('killed at every step of making, rotating and removing, there is one of everything after, and nothing too many', async () => {
  const plan: { verb: Verb; at: number; when: 'before' | 'after' }[] = []
  const counts: Record<string, number> = {}
  for (const verb of ['ensure', 'rotate', 'remove'] as const) {
    const id = verb === 'ensure' ? 'dry' : (made.pop()?.id ?? '')
    const flights = await run(verb, id)
    for (const peer of new Set(flights.map((flight) => flight.peer))) {
      const messages = flights.flatMap((flight, at) => (flight.peer === peer ? [at] : []))
      const wanted = killsAStep
      for (let n = 0; n < wanted; n++) {
        // Spread over its messages; before and after take turns.
        const at = messages[Math.floor((n * messages.length) / wanted)]!
        plan.push({ verb, at, when: n % 2 ? 'before' : 'after' })
      }
      counts[`${verb} ${peer}`] = wanted
    }
  }
  const chosen = full ? plan : plan.filter((_, n) => n % 3 === 0)
  const outcomes = { killed: 0, finished: 0 }
  for (const [n, { verb, at, when }] of chosen.entries()) {
    const id = verb === 'ensure' ? `killed-${n}` : (made.pop()?.id ?? (await provision(`more-${n}`)))
    const flights = await run(verb, id, { at, when })
    outcomes[flights.length > at ? 'killed' : 'finished']++
  }
  const settled = await settle()
  const diff = await diffTenants(world)
  console.table(counts)
  console.log(
    `kill -9: ${outcomes.killed} kills (${outcomes.finished} came to an end before their message), all finished ${settled} s after the last; ` +
      `${diff.tenants} tenants, orphans ${diff.orphans.length}, twins ${diff.twins.length}, missing ${diff.missing.length}`,
  )
  expect(diff).toMatchObject({ orphans: [], twins: [], missing: [] })
  expect(outcomes.killed).toBeGreaterThanOrEqual(chosen.length * 0.9)
  const [late] = await world.sql<{ left: string }>(
    'proxy',
    `SELECT count(*) AS left FROM opsai.outbox WHERE status = 'pending'`,
  )
  expect(Number(late?.left)).toBe(0)
}, 1_500_000)

async function provision(id: string): Promise<string> {
  const proxy = await spare
  expect((await ask(proxy, 'ensure', id)).status).toBe(200)
  return id
}

/** Waits until another proxy has finished what is left. Quick: the dead are not waited for, their leases are taken. */
async function settle(): Promise<number> {
  const began = performance.now()
  if (!full) {
    await world.sql('proxy', 'UPDATE opsai.leases SET until = now()')
    await world.sql('proxy', `UPDATE opsai.outbox SET leased_until = now() WHERE status = 'pending'`)
    const proxy = await takeProxy()
    await world.call(proxy, 'GET', '/tenants')
  }
  const left = () =>
    world.sql(
      'proxy',
      `SELECT 1 FROM opsai.tenants t WHERE status <> 'ready'
      OR EXISTS (SELECT FROM opsai.outbox o WHERE o.tenant_id = t.tenant_id AND o.status = 'pending')
      OR (SELECT count(*) FROM jsonb_object_keys(parts)) < ${world.redis ? 5 : 4}`,
    )
  await expect.poll(left, { timeout: 240_000, interval: 500 }).toEqual([])
  return Math.round((performance.now() - began) / 1000)
}

test('an app whose passwords were changed, or whose tenant is gone, is out within five seconds, and its key opens nothing', async () => {
  const proxy = await takeProxy()
  for (const verb of ['rotate', 'remove'] as const) {
    const id = `app-${verb}`
    expect((await ask(proxy, 'ensure', id)).status).toBe(200)
    const env = await envOf(proxy, id)
    const inside = await openAll(env)
    const began = performance.now()
    expect((await ask(proxy, verb, id)).status).toBe(200)
    expect(await inside.use()).toEqual(inside.names.map((name) => `${name} refused`))
    expect((await (await openAll(env).catch(() => undefined))?.use()) ?? 'refused').toBe('refused')
    const seconds = (performance.now() - began) / 1000
    console.log(
      `${verb}: old password and key refused, open sessions ended, ${seconds.toFixed(2)} s after it was asked for`,
    )
    expect(seconds).toBeLessThan(5)
    inside.close()
  }
  proxy.kill()
})

/** An app with a session open to each thing its .env names. */
async function openAll(env: Record<string, string>) {
  const database = new pg.Client({ connectionString: env.DATABASE_URL })
  database.on('error', () => {})
  await database.connect()
  const redis = env.REDIS_URL
    ? new Redis(env.REDIS_URL, { enableReadyCheck: false, retryStrategy: () => null, maxRetriesPerRequest: 0 })
    : undefined
  redis?.on('error', () => {})
  await redis?.set(`${env.REDIS_NAMESPACE}k`, '1')
  const store = env.STORAGE_ACCESS_KEY_ID
    ? new S3Client({
        endpoint: env.STORAGE_ENDPOINT,
        region: env.STORAGE_REGION,
        forcePathStyle: true,
        credentials: { accessKeyId: env.STORAGE_ACCESS_KEY_ID, secretAccessKey: env.STORAGE_SECRET_ACCESS_KEY! },
      })
    : undefined
  const put = () =>
    store!.send(new PutObjectCommand({ Bucket: env.STORAGE_BUCKET, Key: `${env.STORAGE_PREFIX}file`, Body: 'x' }))
  if (store) await put()
  const outcome = (name: string, work: Promise<unknown>) =>
    work.then(
      () => `${name} works`,
      () => `${name} refused`,
    )
  return {
    names: ['database', ...(redis ? ['redis'] : []), ...(store ? ['storage'] : [])],
    use: () =>
      Promise.all([
        outcome('database', database.query('SELECT 1')),
        ...(redis ? [outcome('redis', redis.get(`${env.REDIS_NAMESPACE}k`))] : []),
        ...(store ? [outcome('storage', put())] : []),
      ]),
    close: () => {
      redis?.disconnect()
      store?.destroy()
      void database.end().catch(() => {})
    },
  }
}

test('no platform secret is in any .env', () => {
  const secrets = [world.s3?.secretAccessKey, world.redis && new URL(world.redis.url).password].filter(Boolean)
  const all = JSON.stringify(made.map(({ env }) => env))
  for (const secret of secrets) expect(all).not.toContain(secret)
})
