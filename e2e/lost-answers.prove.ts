// 200 creates whose answers never arrive, over everything the proxy makes at Airbyte: there is one of each.
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAirbyteClient } from '@opsai/airbyte-client'
import { createServer, type Server } from '@opsai/server'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auth, type FaultWorld, startFaultWorld } from './faults/fault-world.js'

const TENANTS = 40
const kinds = ['workspaces', 'destinations', 'sources', 'connections', 'jobs'] as const
const hostKey = randomBytes(32).toString('base64url')
const base = 'http://app.test/api/airbyte'

let world: FaultWorld
let server: Server
/** What the next answer about each kind is replaced with, once it was carried out. */
const lose = new Set<string>()
let lost = 0

/** Half of them are cut, half end at a gateway. */
async function throughTheHole(request: Request): Promise<Response> {
  const kind = new URL(request.url).pathname.split('/').at(-1) ?? ''
  if (request.method !== 'POST' || !lose.delete(kind)) return await fetch(request)
  await (await fetch(request)).arrayBuffer()
  lost += 1
  if (lost % 2) throw new TypeError('fetch failed')
  return new Response('<html>504 Gateway Time-out</html>', { status: 504, headers: { 'content-type': 'text/html' } })
}

beforeAll(async () => {
  world = await startFaultWorld()
  server = await createServer({
    airbyte: { baseUrl: world.engineUrl, auth: { kind: 'client', ...auth }, fetch: throughTheHole },
    database: await world.makeDatabase('proxy'),
    warehouse: await world.makeDatabase('warehouse'),
    syncEvery: 'manual',
    hostKey,
    encryptionKey: randomBytes(32).toString('base64'),
    logger: pino({ level: 'silent' }),
  })
})
afterAll(async () => {
  await server.close()
  await world.close()
})

/** Asks again under the same key, as a page does, until there is an answer that is final. */
async function insist<T>(method: string, path: string, token: string, body?: unknown): Promise<T> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  }
  for (let tries = 0; tries < 30; tries += 1) {
    const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const answer = await server.fetch(new Request(`${base}${path}`, sent))
    if (answer.ok) return (await answer.json()) as T
    expect([409, 502, 503, 504], await answer.clone().text()).toContain(answer.status)
    await sleep(500)
  }
  throw new Error(`${method} ${path} did not come to an end.`)
}

test(`${TENANTS * kinds.length} creates cut after they were carried out: one of each`, async () => {
  const airbyte = createAirbyteClient({ baseUrl: world.engineUrl, auth: { kind: 'client', ...auth } })
  const counts: Record<string, number> = Object.fromEntries(kinds.map((kind) => [kind, 0]))
  for (let nth = 0; nth < TENANTS; nth += 1) {
    for (const kind of kinds) lose.add(kind)
    const tenantId = `tenant ${nth}`
    const { workspaceId } = await insist<{ workspaceId: string }>(
      'PUT',
      `/tenants/${encodeURIComponent(tenantId)}`,
      hostKey,
    )
    const session = { tenantId, userId: 'ada', origins: ['http://host.test'] }
    const { token } = await insist<{ token: string }>('POST', '/sessions', hostKey, session)
    const source = { tenantId, sourceType: 'sample-data', name: 'x', configuration: { count: 1 } }
    const { sourceId } = await insist<{ sourceId: string }>('POST', '/sources/create', token, source)
    const streams = [{ name: 'users', syncMode: 'full_refresh_append' }]
    const { connectionId } = await insist<{ connectionId: string }>('POST', '/connections', token, {
      sourceId,
      streams,
    })
    await insist('POST', `/connections/${connectionId}/sync`, token, {})
    expect([...lose]).toEqual([])
    const all = await Promise.all([
      airbyte.destinations.list({ workspaceId }),
      airbyte.sources.list({ workspaceId }),
      airbyte.connections.list({ workspaceId }),
      airbyte.jobs.list({ connectionId }),
    ])
    for (const [index, things] of all.entries())
      counts[kinds[index + 1] ?? ''] = (counts[kinds[index + 1] ?? ''] ?? 0) + things.length
  }
  counts.workspaces = (await airbyte.workspaces.list({ workspaceIds: 'all' })).filter(({ name }) =>
    /\[op:/.test(name),
  ).length
  console.log(
    `cut after commit: ${lost} answers lost; at Airbyte ${Object.entries(counts)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ')}`,
  )
  expect(lost).toBe(TENANTS * kinds.length)
  expect(counts).toEqual(Object.fromEntries(kinds.map((kind) => [kind, TENANTS])))
})
