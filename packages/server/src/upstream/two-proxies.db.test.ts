// Two proxies on one Postgres behave as one towards Airbyte and towards a tenant.
import { setTimeout as sleep } from 'node:timers/promises'
import type { RouteName } from '@opsai/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSecondServer, type SecondServer } from '../test/second-server.js'
import { createWorld, type World } from '../test/world.js'

let world: World
let second: SecondServer
const limits = { requestsPerSecond: 20, burst: 60 }

/** How many of a kind are under way at Airbyte, and how many there ever were at once. */
const counts = { check: { now: 0, most: 0, all: 0 }, discover: { now: 0, most: 0, all: 0 } }
type Kind = keyof typeof counts

const kindOf = (path: string): Kind | undefined =>
  /check_connection|run\/check/.test(path)
    ? 'check'
    : /discover_schema|run\/discover|v1\/connections$/.test(path)
      ? 'discover'
      : undefined

/** A command is under way until its output is fetched; anything else until it is answered. */
async function watch(request: Request, answer: () => Promise<Response>): Promise<Response> {
  const { pathname } = new URL(request.url)
  const ends = /output\/(check|discover)/.exec(pathname)?.[1] as Kind | undefined
  const begins = request.method === 'POST' ? kindOf(pathname) : undefined
  if (begins) {
    const count = counts[begins]
    count.now += 1
    count.all += 1
    count.most = Math.max(count.most, count.now)
    await sleep(15)
  }
  const response = await answer()
  if (ends) counts[ends].now -= 1
  if (begins && !pathname.includes('/run/')) counts[begins].now -= 1
  return response
}

beforeAll(async () => {
  world = await createWorld({ limits })
  const airbyte = {
    baseUrl: 'http://engine.test',
    fetch: (request: Request) => watch(request, async () => await world.engine.fetch(request)),
  }
  await world.restart({ airbyte })
  second = await startSecondServer(world, { airbyte })
})
afterAll(async () => {
  await second.server.close()
  await world.close()
})

/** The same call at one proxy and the other in turn. */
const ask = (
  nth: number,
  name: RouteName,
  parts: { token: string; params?: Record<string, string>; body?: unknown },
) => (nth % 2 ? world.call(name, parts) : second.call(name, parts))

async function newSource(tenant: string): Promise<{ token: string; sourceId: string }> {
  const token = await world.newSession(tenant)
  const body = { tenantId: tenant, sourceType: 'sample-data', name: 'x', configuration: { count: 1 } }
  return { token, ...((await (await world.call('createSource', { token, body })).json()) as { sourceId: string }) }
}

test('20 checks of one source at both at once are one at a time at Airbyte', async () => {
  const { token, sourceId } = await newSource('acme')
  Object.assign(counts.check, { most: 0, all: 0 })
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, nth) => ask(nth, 'testSource', { token, body: { sourceId } })),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  console.log(
    `20 checks of one source at two proxies: ${counts.check.all} at Airbyte, at most ${counts.check.most} at once`,
  )
  expect(counts.check).toMatchObject({ all: 20, most: 1 })
})

test('trap 14: discovers of all tenants at both proxies are two at a time, making connections included', async () => {
  const sources = await Promise.all(['d1', 'd2', 'd3', 'd4', 'd5', 'd6'].map(newSource))
  Object.assign(counts.discover, { most: 0, all: 0 })
  const streams = [{ name: 'users', syncMode: 'full_refresh_append' }]
  const answers = await Promise.all(
    sources.flatMap(({ token, sourceId }, nth) => [
      ask(nth, 'sampleSource', { token, body: { sourceId, limit: 0 } }),
      ask(nth + 1, 'createConnection', { token, body: { sourceId, streams } }),
    ]),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([
    ...Array<number>(6).fill(200),
    ...Array<number>(6).fill(201),
  ])
  console.log(
    `12 discovers of 6 tenants at two proxies: ${counts.discover.all} at Airbyte, at most ${counts.discover.most} at once`,
  )
  expect(counts.discover.all).toBeGreaterThanOrEqual(12)
  expect(counts.discover.most).toBe(2)
})

test('a tenant has one bucket, however many proxies: who has emptied it is told when to come back', async () => {
  const token = await world.newSession('greedy')
  const other = await world.newSession('modest')
  const started = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, nth) => ask(nth, 'listConnectedSources', { token })),
  )
  const seconds = (performance.now() - started) / 1000
  const passed = answers.filter(({ status }) => status === 200).length
  const refused = answers.find(({ status }) => status === 429)
  console.log(
    `200 requests at two proxies in ${seconds.toFixed(2)} s: ${passed} passed, the bucket held ${limits.burst}`,
  )
  expect(passed).toBeLessThanOrEqual(limits.burst + seconds * limits.requestsPerSecond + 1)
  expect(passed).toBeGreaterThanOrEqual(limits.burst - 4)
  expect(await refused?.json()).toMatchObject({ code: 'rate_limited', retryable: true, status: 429 })
  const wait = Number(refused?.headers.get('retry-after'))
  expect(wait).toBeGreaterThanOrEqual(1)
  expect((await world.call('listConnectedSources', { token: other })).status).toBe(200)
  await sleep(wait * 1_000)
  expect((await world.call('listConnectedSources', { token })).status).toBe(200)
})
