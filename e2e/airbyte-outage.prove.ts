// Airbyte is down for a minute while 100 requests a second come in: it hears few of them, and is found again quickly.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer, type Server } from '@opsai/server'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auth, type FaultWorld, startFaultWorld } from './faults/fault-world.js'

const TENANTS = 20
const DOWN_MS = 60_000
const hostKey = randomBytes(32).toString('base64url')
const base = 'http://app.test/api/airbyte'

let world: FaultWorld
let server: Server
let isDown = false
/** When each call reached Airbyte, while it was down. */
const calls: number[] = []
const sources: { token: string; sourceId: string }[] = []

async function mayBeDown(request: Request): Promise<Response> {
  if (!isDown) return await fetch(request)
  calls.push(performance.now())
  return new Response('<html>503</html>', { status: 503, headers: { 'content-type': 'text/html' } })
}

async function post<T>(path: string, token: string, body: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await server.fetch(
    new Request(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
  expect(answer.status, await answer.clone().text()).toBe(201)
  return (await answer.json()) as T
}

beforeAll(async () => {
  world = await startFaultWorld()
  server = await createServer({
    airbyte: { baseUrl: world.engineUrl, auth: { kind: 'client', ...auth }, fetch: mayBeDown },
    database: await world.makeDatabase('proxy'),
    warehouse: await world.makeDatabase('warehouse'),
    hostKey,
    encryptionKey: randomBytes(32).toString('base64'),
    logger: pino({ level: 'silent' }),
  })
  for (let nth = 0; nth < TENANTS; nth += 1) {
    const tenantId = `tenant-${nth}`
    const session = { tenantId, userId: 'ada', origins: ['http://host.test'] }
    const { token } = await post<{ token: string }>('/sessions', hostKey, session)
    const body = { tenantId, sourceType: 'sample-data', name: 'x', configuration: { count: 1 } }
    sources.push({ token, sourceId: (await post<{ sourceId: string }>('/sources/create', token, body)).sourceId })
  }
})
afterAll(async () => {
  await server.close()
  await world.close()
})

async function ask(nth: number): Promise<{ status: number; wait: string | null; ms: number }> {
  const { token = '', sourceId = '' } = sources[nth % TENANTS] ?? {}
  const started = performance.now()
  const headers = { authorization: `Bearer ${token}` }
  const answer = await server.fetch(new Request(`${base}/sources/${sourceId}`, { headers }))
  await answer.arrayBuffer()
  return { status: answer.status, wait: answer.headers.get('retry-after'), ms: performance.now() - started }
}

test('a minute of 503 at 100 requests a second', async () => {
  expect((await ask(0)).status).toBe(200)
  isDown = true
  const started = performance.now()
  const answers: ReturnType<typeof ask>[] = []
  while (performance.now() - started < DOWN_MS) {
    // As many as are due: a late timer asks for what it missed.
    const due = (performance.now() - started) / 10
    while (answers.length < due) answers.push(ask(answers.length))
    await sleep(5)
  }
  const all = await Promise.all(answers)
  isDown = false
  const up = performance.now()
  let tries = 0
  while ((await ask((tries += 1))).status !== 200 && performance.now() - up < 30_000) await sleep(100)
  const recovered = (performance.now() - up) / 1_000
  const late = calls.filter((at) => at - started > 5_000).length
  const slowest = Math.max(...all.slice(500).map(({ ms }) => ms))
  console.log(
    `outage of ${DOWN_MS / 1_000} s: ${all.length} requests, ${calls.length} calls at Airbyte (${(calls.length / all.length).toFixed(3)} a request), ` +
      `${late} of them after the first 5 s; once open the slowest answer took ${slowest.toFixed(0)} ms; up again after ${recovered.toFixed(1)} s`,
  )
  expect(all.length).toBeGreaterThan(5_900)
  expect(calls.length / all.length).toBeLessThanOrEqual(1.2)
  // Open within 5 s: afterwards one call in five seconds asks, and no more.
  expect(late).toBeLessThanOrEqual(2 * (DOWN_MS / 5_000))
  expect(all.every(({ status, wait }) => status === 503 && Number(wait) >= 1)).toBe(true)
  expect(recovered).toBeLessThanOrEqual(10)
})
