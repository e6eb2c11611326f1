// The gate with real clients in front and functions for an Airbyte behind it.
import { setTimeout as sleep } from 'node:timers/promises'
import { type AirbyteError, createAirbyteClient } from '@opsai/airbyte-client'
import { expect, test } from 'vitest'
import { createGate, type GateOptions } from './gate.js'
import { currentOwner, inScope } from './scope.js'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const usual: GateOptions = { concurrency: 16, perTenant: 4, answerMs: 1_000, openMs: 300 }
const id = '0b6c4f57-8a39-4f57-8a39-6f2f5f0b1815'
const source = {
  sourceId: id,
  name: 'x',
  sourceType: '',
  definitionId: id,
  workspaceId: id,
  configuration: {},
  createdAt: 1,
}

/** A client whose calls pass a gate to `answer`; `asked` counts what arrived there. */
function chain(
  answer: (request: Request, nth: number) => Response | Promise<Response>,
  options: Partial<GateOptions> = {},
) {
  const asked: { at: number; path: string }[] = []
  const send = async (request: Request) => {
    asked.push({ at: performance.now(), path: new URL(request.url).pathname })
    return await answer(request, asked.length)
  }
  const gate = createGate(send, { ...usual, ...options }, quiet)
  const client = createAirbyteClient({ baseUrl: 'http://airbyte.test', fetch: gate.fetch, mayRepeat: gate.mayRepeat })
  const get = (tenantId: string) => inScope({ tenantId }, () => client.sources.get(id))
  return { client, asked, get }
}

const failed = (error: unknown) => error as AirbyteError

test('trap 26: a 429 without Retry-After holds everybody up for a second, and nobody gets an error', async () => {
  const { asked, get } = chain((_, nth) =>
    nth === 1 ? Response.json({ message: 'You are being rate limited.' }, { status: 429 }) : Response.json(source),
  )
  const first = get('a')
  await sleep(20)
  const others = ['b', 'c', 'a'].map(get)
  await Promise.all([first, ...others])
  const waited = asked.slice(1).map(({ at }) => at - (asked[0]?.at ?? 0))
  expect(Math.min(...waited)).toBeGreaterThanOrEqual(990)
})

test('a 429 that asks for an hour holds nobody up for one', async () => {
  const busy = () => Response.json({}, { status: 429, headers: { 'retry-after': '3600' } })
  const { get } = chain((_, nth) => (nth === 1 ? busy() : Response.json(source)))
  expect(await get('a').catch(failed)).toMatchObject({ code: 'rate_limited', retryAfterMs: 3_600_000 })
  const started = performance.now()
  await Promise.all(['b', 'c'].map(get))
  expect(performance.now() - started).toBeLessThan(5_500)
}, 15_000)

test('a tenant that floods has four calls at once; another is served between them', async () => {
  const running = new Map<string, number>()
  const order: string[] = []
  let most = 0
  const { get } = chain(async () => {
    const { tenantId = '' } = currentOwner()
    order.push(tenantId)
    running.set(tenantId, (running.get(tenantId) ?? 0) + 1)
    most = Math.max(most, running.get('a') ?? 0)
    await sleep(10)
    running.set(tenantId, (running.get(tenantId) ?? 0) - 1)
    return Response.json(source)
  })
  await Promise.all([...Array.from({ length: 60 }, () => get('a')), get('b')])
  expect(most).toBe(4)
  expect(order.indexOf('b')).toBeLessThanOrEqual(8)
})

test('a call holds its place until its answer has been read', async () => {
  const slowly = () =>
    new Response(
      new ReadableStream({
        async pull(controller) {
          await sleep(30)
          controller.enqueue(new TextEncoder().encode(JSON.stringify(source)))
          controller.close()
        },
      }),
      { headers: { 'content-type': 'application/json' } },
    )
  const { asked, get } = chain(slowly, { concurrency: 1 })
  await Promise.all([get('a'), get('b')])
  expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(29)
})

test('the token waits in nobody’s line', async () => {
  const asked: string[] = []
  const gate = createGate(
    async (request) => {
      asked.push(new URL(request.url).pathname)
      if (request.url.endsWith('/applications/token')) return Response.json({ access_token: 't', expires_in: 900 })
      await sleep(200)
      return Response.json(source)
    },
    { ...usual, concurrency: 1 },
    quiet,
  )
  const busy = gate.fetch(new Request(`http://airbyte.test/api/public/v1/sources/${id}`))
  await gate.fetch(new Request('http://airbyte.test/api/public/v1/applications/token', { method: 'POST' }))
  expect(asked).toHaveLength(2)
  await (await busy).text()
})

test('an Airbyte that does not begin to answer is given up', async () => {
  const { client } = chain(() => new Promise<Response>(() => {}), { answerMs: 50 })
  const error = await client.connections
    .create({ name: 'x', sourceId: id, destinationId: id, streams: [] }, { signal: AbortSignal.timeout(300) })
    .catch(failed)
  expect(error).toBeInstanceOf(Error)
  const made = await client.sources
    .create({ workspaceId: id, name: 'x', definitionId: id, configuration: {} })
    .catch(failed)
  expect(made).toMatchObject({ code: 'timeout', nothingDone: false })
})

test('wrong credentials of one source, a 500, break nothing for the others', async () => {
  const { get } = chain((_, nth) =>
    nth <= 60 ? Response.json({ errorId: 'x' }, { status: 500 }) : Response.json(source),
  )
  for (let nth = 0; nth < 60; nth += 1) expect(await get('a').catch(failed)).toMatchObject({ status: 500 })
  expect(await get('b')).toMatchObject({ sourceId: id })
})

test('an Airbyte that is down is left alone, hears few retries, and is found again', async () => {
  let down = true
  const { asked, get } = chain(() => (down ? new Response('', { status: 503 }) : Response.json(source)), {
    perTenant: 50,
    concurrency: 50,
  })
  const started = performance.now()
  const errors: AirbyteError[] = []
  let requests = 0
  while (performance.now() - started < 3_000) {
    requests += 1
    void get(`t${requests % 20}`).catch((error: unknown) => errors.push(failed(error)))
    await sleep(10)
  }
  const open = errors.find(({ nothingDone, code }) => nothingDone && code === 'unavailable')
  expect(open?.retryAfterMs).toBeGreaterThan(0)
  expect(asked.length / requests).toBeLessThanOrEqual(1.2)
  // Open: nothing but the one that asks now and then.
  const early = asked.filter(({ at }) => at - started < 2_500).length
  down = false
  await expect
    .poll(
      () =>
        get('a').then(
          ({ sourceId }) => sourceId,
          () => 'down',
        ),
      { timeout: 3_000 },
    )
    .toBe(id)
  console.log(
    `upstream 503: ${requests} requests, ${asked.length} calls (${(asked.length / requests).toFixed(2)} a request), ${early} of them in the first 2.5 s`,
  )
}, 15_000)

test('one call in ten may be a retry, even where the breaker has no reason to open', async () => {
  const { asked, get } = chain(
    (_, nth) => (nth % 2 === 1 && nth % 20 !== 19 ? new Response('', { status: 503 }) : Response.json(source)),
    {
      perTenant: 500,
      concurrency: 500,
    },
  )
  const requests = 500
  await Promise.all(
    Array.from({ length: requests }, (_, nth) => sleep(nth * 2).then(() => get(`t${nth}`).catch(failed))),
  )
  expect(asked.length / requests).toBeGreaterThan(1.05)
  expect(asked.length / requests).toBeLessThanOrEqual(1.2)
}, 20_000)
