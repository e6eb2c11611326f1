// Events to the host, and Airbyte's notifications to us, over real HTTP.
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { createServer as createHttpServer, type IncomingHttpHeaders, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DeadWebhook, type RouteName, WebhookEvent } from '@opsai/contract'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createServer, type Server } from '../index.js'
import { createDatabase } from '../store/database.js'
import { createWorld, publicUrl, query, type World } from '../test/world.js'
import { reportSync } from './report-sync.js'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

const secret = `whsec_${randomBytes(32).toString('base64')}`
const previousSecret = `whsec_${randomBytes(32).toString('base64')}`
let world: World
let other: Server
let http: HttpServer
let received: Received[] = []
/** What the host's backend answers next; 204 once they are used up. */
let answers: number[] = []
/** How long it takes. */
let answerAfterMs = 0
let token: string

beforeAll(async () => {
  http = createHttpServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      const status = answers.shift() ?? 204
      const location = status === 302 ? { location: '/elsewhere' } : {}
      setTimeout(() => response.writeHead(status, location).end(), answerAfterMs)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/hook`
  world = await createWorld({ webhooks: { url, secret, previousSecret, allowPrivate: true } })
  other = await createServer(world.options)
  token = await world.newSession('acme')
})
afterAll(async () => {
  await other.close()
  await world.close()
  http.close()
})
beforeEach(async () => {
  await expect.poll(pending, { timeout: 10_000 }).toBe(0)
  received = []
  answers = []
})

const pending = async () =>
  (await query(world.database, `SELECT 1 FROM opsai.webhook_events WHERE status = 'pending' AND attempts < 9`)).length
const dueNow = () => query(world.database, `UPDATE opsai.webhook_events SET next_at = now() WHERE status = 'pending'`)
const flat = (headers: IncomingHttpHeaders) => headers as Record<string, string>
const eventsOf = (type: string) => received.filter(({ body }) => (JSON.parse(body) as WebhookEvent).type === type)
const ask = async <T>(name: RouteName, parts: object = {}) => {
  const answer = await world.call(name, { token, ...parts })
  expect(answer.status, await answer.clone().text()).toBeLessThan(400)
  return (await answer.json()) as T
}
const newSource = (count: number) =>
  ask<{ sourceId: string }>('createSource', {
    body: { tenantId: 'acme', sourceType: 'sample-data', name: 'Data', configuration: { count } },
  })
async function newConnection(count = 20) {
  const { sourceId } = await newSource(count)
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const { connectionId } = await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } })
  return { sourceId, connectionId }
}

/** A sync nobody asked us for. */
async function startAtAirbyte(connectionId: string): Promise<string> {
  const started = await world.engine.fetch(
    new Request('http://engine.test/api/public/v1/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ connectionId, jobType: 'sync' }),
    }),
  )
  return String(((await started.json()) as { jobId: number }).jobId)
}
async function statusAtAirbyte(jobId: string): Promise<string> {
  const answer = await world.engine.fetch(new Request(`http://engine.test/api/public/v1/jobs/${jobId}`))
  return ((await answer.json()) as { status: string }).status
}

describe('events', () => {
  test('of a whole life arrive once each, as the contract says, and the reference verifier takes them', async () => {
    await world.call('putTenant', { params: { tenantId: 'globex' } })
    const { sourceId, connectionId } = await newConnection()
    const { jobId } = await ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })
    await expect.poll(() => eventsOf('sync.succeeded').length, { timeout: 20_000 }).toBe(1)
    await ask('deleteConnection', { params: { connectionId } })
    await ask('deleteSource', { params: { sourceId } })
    await world.call('deleteTenant', { params: { tenantId: 'globex' } })
    const wanted = [
      'tenant.provisioned',
      'source.connected',
      'connection.created',
      'sync.succeeded',
      'connection.deleted',
      'source.deleted',
      'tenant.deleted',
    ]
    await expect.poll(() => wanted.filter((type) => eventsOf(type).length !== 1), { timeout: 20_000 }).toEqual([])
    for (const { headers, body } of received) {
      const event = z.parse(WebhookEvent, new Webhook(secret).verify(body, flat(headers)))
      expect(JSON.stringify(event)).not.toContain(token)
      expect(() => new Webhook(previousSecret).verify(body, flat(headers))).not.toThrow()
    }
    expect(JSON.parse(eventsOf('sync.succeeded')[0]?.body ?? '')).toMatchObject({
      data: { tenantId: 'acme', connectionId, jobId, rowsSynced: 20 },
    })
    expect(JSON.parse(eventsOf('source.connected')[0]?.body ?? '')).toMatchObject({
      data: { tenantId: 'acme', sourceId, sourceType: 'sample-data' },
    })
    expect(received).toHaveLength(wanted.length)
  })

  test('that were changed on the way, are too old or too new, or bear another id are refused', async () => {
    await newSource(1)
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1)
    const [{ headers, body } = { headers: {}, body: '' }] = received
    const verify = (changes: Record<string, string>, text = body) =>
      new Webhook(secret).verify(text, { ...flat(headers), ...changes })
    expect(verify({})).toBeDefined()
    expect(() => verify({}, body.replace('acme', 'evil'))).toThrow()
    expect(() => verify({ 'webhook-id': 'evt_another' })).toThrow()
    for (const seconds of [-301, 301]) {
      const at = String(Math.floor(Date.now() / 1000) + seconds)
      const key = Buffer.from(secret.slice(6), 'base64')
      const signature = createHmac('sha256', key)
        .update(`${flat(headers)['webhook-id'] ?? ''}.${at}.${body}`)
        .digest('base64')
      expect(() => verify({ 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` })).toThrow(/old|new/)
      expect(() => verify({ 'webhook-timestamp': at })).toThrow()
    }
  })

  test('that are not taken come again under the same id', async () => {
    answers = [500, 302]
    await newSource(1)
    for (const tries of [1, 2, 3]) {
      await expect.poll(() => received.length, { timeout: 10_000 }).toBe(tries)
      await expect.poll(async () => (await errors())[0]?.attempts, { timeout: 5_000 }).toBe(tries)
      await expect.poll(pendingLater, { timeout: 5_000 }).toBe(tries < 3 ? 1 : 0)
      await dueNow()
    }
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    expect(await errors()).toMatchObject([{ status: 'delivered', attempts: 3 }])
  })

  test('that nobody takes in nine tries lie with the dead, from where the host sends them again', async () => {
    answers = Array.from({ length: 9 }, () => 503)
    await newSource(1)
    for (let tries = 1; tries <= 9; tries += 1) {
      await expect.poll(() => received.length, { timeout: 10_000 }).toBe(tries)
      await expect.poll(async () => (await errors())[0]?.last_error, { timeout: 5_000 }).toBe('answered 503')
      await expect.poll(leased, { timeout: 5_000 }).toBe(0)
      await dueNow()
    }
    const dead = async () => (await ask<{ events: DeadWebhook[] }>('listDeadWebhooks')).events
    await expect.poll(async () => (await dead()).length).toBe(1)
    const [event] = await dead()
    expect(event).toMatchObject({ type: 'source.connected', tenantId: 'acme', attempts: 9, lastError: 'answered 503' })
    const eventId = event?.eventId ?? ''
    await ask('resendWebhook', { params: { eventId }, body: {} })
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(10)
    expect(received[9]?.headers['webhook-id']).toBe(eventId)
    await expect.poll(async () => (await dead()).length).toBe(0)
    expect((await world.call('resendWebhook', { params: { eventId }, body: {} })).status).toBe(404)
  })

  test('of syncs come once each, with two proxies and nobody watching', async () => {
    const made = [await newConnection(), await newConnection()]
    const jobs = await Promise.all(
      made.map(({ connectionId }) => ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })),
    )
    await expect.poll(() => eventsOf('sync.succeeded').length, { timeout: 30_000 }).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const told = eventsOf('sync.succeeded').map(
      ({ body }) => (JSON.parse(body) as { data: { jobId: string } }).data.jobId,
    )
    expect(told.sort()).toEqual(jobs.map(({ jobId }) => jobId).sort())
  })

  test('are sent by one of two proxies, also to a receiver that takes its time', async () => {
    answerAfterMs = 3_500
    await newSource(1)
    await expect.poll(async () => (await errors())[0]?.status, { timeout: 15_000 }).toBe('delivered')
    answerAfterMs = 0
    expect(received).toHaveLength(1)
  })

  test('of a sync Airbyte started by itself come too, where it told nobody', async () => {
    const { connectionId } = await newConnection()
    const started = await startAtAirbyte(connectionId)
    await expect.poll(() => statusAtAirbyte(started), { timeout: 10_000 }).toBe('succeeded')
    expect(eventsOf('sync.succeeded')).toEqual([])
    await query(world.database, `UPDATE opsai.tenants SET syncs_looked_at = now() - interval '2 minutes'`)
    await expect.poll(() => eventsOf('sync.succeeded').length, { timeout: 20_000 }).toBe(1)
    expect(eventsOf('sync.succeeded')[0]?.body).toContain(`"jobId":"${started}"`)
  })

  test('of a failed sync say why, once, however often it is heard of; of a cancelled one there is none', async () => {
    const { connectionId } = await newConnection()
    const job = { connectionId, startedAt: '', rowsSynced: 3, bytesSynced: 4, streams: [] }
    const db = createDatabase(world.database, () => {})
    const failed = {
      ...job,
      jobId: '880001',
      status: 'failed' as const,
      failure: { message: 'The key was withdrawn.' },
    }
    await Promise.all([1, 2, 3].map(() => reportSync({ db }, failed)))
    await reportSync({ db }, { ...job, jobId: '880002', status: 'cancelled' })
    await reportSync({ db }, { ...failed, jobId: '880003', connectionId: randomUUID() })
    await db.close()
    await expect.poll(() => eventsOf('sync.failed').length, { timeout: 10_000 }).toBe(1)
    await expect.poll(pending).toBe(0)
    expect(
      received.filter(({ body }) => body.includes('88000')).map(({ body }) => JSON.parse(body) as unknown),
    ).toMatchObject([
      { type: 'sync.failed', data: { jobId: '880001', rowsSynced: 3, failure: 'The key was withdrawn.' } },
    ])
  })

  const errors = () =>
    query<{ status: string; attempts: number; last_error: string | null }>(
      world.database,
      'SELECT status, attempts, last_error FROM opsai.webhook_events ORDER BY at DESC LIMIT 1',
    )
  const pendingLater = async () =>
    (
      await query(
        world.database,
        `SELECT 1 FROM opsai.webhook_events WHERE status = 'pending' AND last_error IS NOT NULL`,
      )
    ).length
  /** Events some process is at right now. */
  const leased = async () =>
    (
      await query(
        world.database,
        `SELECT 1 FROM opsai.webhook_events WHERE status = 'pending' AND attempts > 0 AND last_error IS NULL`,
      )
    ).length
})

describe('notifications', () => {
  /** The address Airbyte was given for a tenant. */
  async function hookOf(tenantId: string): Promise<string> {
    await world.call('putTenant', { params: { tenantId } })
    const url = async () => {
      const [row] = await query<{ workspace_id: string }>(
        world.database,
        `SELECT workspace_id FROM opsai.tenants JOIN opsai.notification_hooks USING (tenant_id)
         WHERE tenant_id = '${tenantId}' AND registered_at IS NOT NULL`,
      )
      if (!row) return undefined
      const answer = await world.engine.fetch(
        new Request(`http://engine.test/api/public/v1/workspaces/${row.workspace_id}`),
      )
      const { notifications } = (await answer.json()) as {
        notifications: Record<string, { webhook?: { enabled?: boolean; url?: string } }>
      }
      expect(notifications.success?.webhook).toEqual(notifications.failure?.webhook)
      return notifications.success?.webhook?.url
    }
    await expect.poll(url, { timeout: 45_000, interval: 500 }).toMatch(/\/webhooks\/airbyte\/[\w-]{43}$/)
    return (await url()) ?? ''
  }
  const notify = (url: string, body: unknown) =>
    world.send(
      new Request(url, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    )
  const syncs = () => query<Record<string, unknown>>(world.database, 'SELECT * FROM opsai.syncs ORDER BY job_id')
  const queued = (jobId: unknown) => ({
    text: 'Sync queued',
    blocks: [],
    data: {
      jobId,
      connection: { id: 'x', name: 'x', url: 'x' },
      startedAt: '2026-11-24T08:00:00Z',
      finishedAt: null,
      success: false,
    },
  })

  test(
    'trap 27: a notification is a hint that is confirmed by reading the job; queued ones change nothing',
    { timeout: 120_000 },
    async () => {
      const [url, evil] = [await hookOf('acme'), await hookOf('evil')]
      const { connectionId } = await newConnection(20_000_000) // it ends only by being cancelled
      // Nobody finds the sync by looking for it, for a minute.
      await query(world.database, 'UPDATE opsai.tenants SET syncs_looked_at = now()')
      // A sync we did not start: Airbyte did, by its schedule.
      const jobId = Number(await startAtAirbyte(connectionId))
      received = []
      // Another tenant's address speaks of it: that is none of theirs.
      await notify(evil, queued(jobId))
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      expect((await syncs()).map((row) => row.job_id)).not.toContain(String(jobId))
      // It says it has ended well; the job says otherwise.
      const answer = await notify(url, {
        ...queued(jobId),
        data: { jobId, success: true, finishedAt: '2026-11-24T08:00:00Z' },
      })
      expect([answer.status, await answer.text()]).toEqual([204, ''])
      expect((await notify(url, queued(jobId))).status).toBe(204)
      await expect
        .poll(async () => (await syncs()).map((row) => [row.job_id, row.status]), { timeout: 5_000 })
        .toContainEqual([String(jobId), 'running'])
      expect(eventsOf('sync.succeeded')).toEqual([])
      await world.engine.fetch(new Request(`http://engine.test/api/public/v1/jobs/${jobId}`, { method: 'DELETE' }))
      await notify(url, queued(jobId))
      await expect
        .poll(async () => (await syncs()).map((row) => [row.job_id, row.status]), { timeout: 10_000 })
        .toContainEqual([String(jobId), 'cancelled'])
    },
  )

  test(
    'forged, replayed, of another tenant, of nobody, broken: the answer is always the same, and nothing changes',
    { timeout: 120_000 },
    async () => {
      const [acme, evil] = [await hookOf('acme'), await hookOf('evil')]
      const { connectionId } = await newConnection()
      const { jobId } = await ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })
      await expect.poll(() => eventsOf('sync.succeeded').length, { timeout: 20_000 }).toBe(1)
      const before = await syncs()
      const unknown = acme.replace(/[\w-]{43}$/, randomBytes(32).toString('base64url'))
      const bodies = [
        queued(Number(jobId)),
        queued(jobId),
        queued(99_999_999),
        queued('../1'),
        {},
        { text: 'test' },
        'not json',
        'x'.repeat(70_000),
        '',
        { data: { jobId: -1 } },
      ]
      for (const url of [acme, evil, unknown])
        for (const body of bodies) {
          const answer = await notify(url, body)
          expect([answer.status, await answer.text(), [...answer.headers.keys()].sort()]).toEqual([
            204,
            '',
            ['vary', 'x-content-type-options', 'x-request-id'],
          ])
        }
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      expect(await syncs()).toEqual(before)
      expect(eventsOf('sync.succeeded')).toHaveLength(1)
    },
  )

  test('the secret stands in no log, and in the database only as its hash', async () => {
    const url = await hookOf('acme')
    await notify(url, queued(1))
    const inPath = url.slice(-43)
    expect(world.logLines.join('')).toContain('/webhooks/airbyte/:secret')
    expect(world.logLines.join('')).not.toContain(inPath)
    const dump = JSON.stringify(await query(world.database, 'SELECT h::text AS row FROM opsai.notification_hooks h'))
    expect(dump).not.toContain(inPath)
    expect(url.startsWith(publicUrl)).toBe(true)
  })
})
