// Hundreds of customers at once through two proxies: whatever is answered to one holds nothing of any other.
import { randomBytes, randomInt } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProxyApi, openSession, waitForJob } from '../proxy-api.js'
import { startTwoProxies, type TwoProxies } from '../two-proxies/two-proxies.js'
import { percentile } from './percentile.js'

const full = process.env.OPSAI_PROVE === '1'
const tenantCount = full ? 200 : 20
const requestCount = full ? 20_000 : 2_000

interface Tenant {
  id: string
  canary: string
  token: string
  sourceId: string
  connectionId: string
  jobId: string
}

let two: TwoProxies
let customers: string
const tenants: Tenant[] = []
const provisioning: number[] = []

beforeAll(async () => {
  two = await startTwoProxies({ limits: { requestsPerSecond: 100_000, burst: 100_000 } })
  customers = await two.database('customers')
  const all = Array.from({ length: tenantCount }, (_, n) => ({
    id: `tenant-${n}`,
    canary: `canary${randomBytes(9).toString('hex')}`,
  }))
  await atMost(16, all, async (one, nth) => void tenants.push(await setUp(one, nth)))
}, 900_000)
afterAll(() => two.close())

it('answers each tenant with its own things only', async () => {
  const counts = { requests: 0, aborted: 0, errors: 0, foreign: 0, missing: 0 }
  const times: number[] = []
  const work = Array.from({ length: requestCount }, () => tenants[randomInt(tenants.length)]!)
  await atMost(32, work, async (tenant, nth) => {
    const ask = (nth % 200 === 0 ? sample : calls[randomInt(calls.length)]!)(tenant)
    const abort = randomInt(20) === 0 ? AbortSignal.timeout(randomInt(1, 15)) : null
    const began = performance.now()
    try {
      const answer = await fetch(`${nth % 2 ? two.a.url : two.b.url}/api/airbyte${ask.path}`, {
        ...ask.init,
        signal: abort,
      })
      const text = await answer.text()
      times.push(performance.now() - began)
      counts.requests++
      if (!answer.ok) counts.errors++
      const found = new Set(text.match(/canary[0-9a-f]{18}/g) ?? [])
      if (ask.holdsCanary && answer.ok && !found.has(tenant.canary)) counts.missing++
      found.delete(tenant.canary)
      counts.foreign += found.size
    } catch (error) {
      if (!abort?.aborted) throw error
      counts.aborted++
    }
  })
  console.log(
    `tenants ${tenants.length} (provisioned in p50 ${percentile(provisioning, 50)} ms, p99 ${percentile(provisioning, 99)} ms, ` +
      `16 at a time) · requests ${counts.requests} · aborted ${counts.aborted} · errors ${counts.errors} · ` +
      `foreign canaries ${counts.foreign} · own canary missing ${counts.missing} · p50 ${percentile(times, 50)} ms · p99 ${percentile(times, 99)} ms`,
  )
  expect(counts).toMatchObject({ errors: 0, foreign: 0, missing: 0 })
  expect(counts.requests + counts.aborted).toBe(requestCount)
})

interface Ask {
  path: string
  init: RequestInit
  /** Whether the tenant's own canary must be in the answer: a test that reads nothing finds nothing. */
  holdsCanary: boolean
}

const get = (path: string, token: string, holdsCanary = true): Ask => ({
  path,
  init: { headers: { authorization: `Bearer ${token}` } },
  holdsCanary,
})
const post = (path: string, token: string, body: unknown, holdsCanary = true): Ask => ({
  path,
  init: {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  },
  holdsCanary,
})

/** Reads the source itself, which takes a while: one in two hundred. */
const sample = ({ token, sourceId }: Tenant): Ask => post('/sources/sample', token, { sourceId, limit: 5 })

const calls: ((tenant: Tenant) => Ask)[] = [
  ({ token }) => get('/connected-sources', token),
  ({ token }) => get('/connected-sources', token),
  ({ token, sourceId }) => get(`/sources/${sourceId}`, token),
  ({ token, sourceId }) => get(`/sources/${sourceId}`, token),
  ({ token }) => get('/connections', token),
  ({ token, connectionId }) => get(`/connections/${connectionId}`, token),
  ({ token, jobId }) => get(`/jobs/${jobId}`, token, false),
  ({ token }) => get('/sources?search=post', token, false),
  ({ token }) =>
    post('/recommendations', token, { businessProfile: { industry: 'retail', size: '11-50', type: 'b2c' } }, false),
  ({ id }) => get(`/tenants/${id}/env`, two.hostKey, false),
]

/** A source with the tenant's canary in its name, its configuration and every row; connected and synced. */
async function setUp({ id, canary }: { id: string; canary: string }, nth: number): Promise<Tenant> {
  await fill(nth, canary)
  const began = performance.now()
  const { api, token } = await openSession(nth % 2 ? two.a.url : two.b.url, two.hostKey, id)
  provisioning.push(performance.now() - began)
  const source = await api('createSource', {
    body: { tenantId: id, sourceType: 'postgres', name: `Shop ${canary}`, configuration: configurationOf(nth, canary) },
  })
  if (!('sourceId' in source)) throw new Error('a sign-in was asked for')
  const { sourceId } = source
  const streams = [{ name: 'notes', namespace: `c_${nth}`, syncMode: 'full_refresh_overwrite' as const }]
  const { connectionId } = await api('createConnection', { body: { sourceId, name: `To ${canary}`, streams } })
  const { jobId } = await createProxyApi(two.b.url, token)('syncConnection', { params: { connectionId } })
  const job = await waitForJob(api, jobId)
  if (job.status !== 'succeeded') throw new Error(`the sync of ${id} ended ${job.status}`)
  return { id, canary, token, sourceId, connectionId, jobId }
}

function configurationOf(nth: number, canary: string) {
  const { hostname, port, username, password } = new URL(customers)
  return {
    host: hostname,
    port: Number(port),
    database: 'customers',
    schemas: [`c_${nth}`],
    username,
    password: decodeURIComponent(password),
    jdbc_url_params: `application_name=${canary}`,
    ssl_mode: { mode: 'disable' },
    replication_method: { method: 'Standard' },
  }
}

async function fill(nth: number, canary: string): Promise<void> {
  const client = new pg.Client({ connectionString: customers })
  await client.connect()
  await client.query(`CREATE SCHEMA c_${nth}`)
  await client.query(`CREATE TABLE c_${nth}.notes (id int PRIMARY KEY, note text)`)
  await client.query(`INSERT INTO c_${nth}.notes SELECT i, $1 || ' ' || i FROM generate_series(1, 8) i`, [canary])
  await client.end()
}

/** Does all the work, so many at a time. */
async function atMost<T>(
  many: number,
  items: readonly T[],
  work: (item: T, nth: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let nth = next++; nth < items.length; nth = next++) await work(items[nth]!, nth)
  }
  await Promise.all(Array.from({ length: many }, worker))
}
