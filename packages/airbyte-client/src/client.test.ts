import { expect, it } from 'vitest'
import { AirbyteError } from './airbyte-error.js'
import { createAirbyteClient } from './client.js'
import { airbyteWith, failureOf } from './test/airbyte-with.js'
import { startAirbyte } from './test/start-airbyte.js'

const workspace = { workspaceId: 'w1', name: 'acme', dataResidency: 'auto' }

it('repeats reads that fail on the way, and never a create', async () => {
  let failures = 2
  const { airbyte, asked } = await airbyteWith((app) => {
    app.get('/api/public/v1/workspaces/:id', (c) => (failures-- > 0 ? c.text('', 503) : c.json(workspace)))
    app.post('/api/public/v1/workspaces', (c) => c.text('', 503))
  })

  expect(await airbyte.workspaces.get('w1')).toEqual(workspace)
  expect(await failureOf(airbyte.workspaces.create({ name: 'acme' }))).toMatchObject({
    code: 'unavailable',
    retryable: true,
  })
  expect(asked.map((it) => it.method)).toEqual(['GET', 'GET', 'GET', 'POST'])
})

it('repeats a create that surely was not done, and says how long to wait where that is long', async () => {
  const answers = [
    () => new Response('{"message":"You are being rate limited."}', { status: 429, headers: { 'retry-after': '0' } }),
    () => Response.json(workspace),
    () => new Response('', { status: 429, headers: { 'retry-after': '31' } }),
    () => new Response('', { status: 503, headers: { 'retry-after': '1' } }),
  ]
  const { airbyte, asked } = await airbyteWith((app) =>
    app.post('/api/public/v1/workspaces', () => answers.shift()?.() ?? new Response('', { status: 500 })),
  )
  expect(await airbyte.workspaces.create({ name: 'acme' })).toEqual(workspace)
  expect(await failureOf(airbyte.workspaces.create({ name: 'acme' }))).toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 31_000,
    nothingDone: true,
  })
  const doubtful = await failureOf(airbyte.workspaces.create({ name: 'acme' }))
  expect(doubtful).toMatchObject({ code: 'unavailable', retryAfterMs: 1_000, nothingDone: false })
  expect(asked).toHaveLength(4)
})

it('takes a thing for deleted that is gone after the first answer was lost', async () => {
  let deleted = false
  const { airbyte, asked } = await airbyteWith((app) =>
    app.delete('/api/public/v1/sources/:id', (c) => {
      if (deleted) return c.json({ status: 403, title: 'forbidden', type: 'x' }, 403)
      deleted = true
      return c.body(null, 502)
    }),
  )
  await airbyte.sources.delete('s1')
  expect(asked).toHaveLength(2)
  expect(await failureOf(airbyte.sources.delete('s1'))).toMatchObject({ code: 'forbidden' })
})

it('asks the host before each repeat, and leaves alone what the fetch of the host decided', async () => {
  const { airbyte, asked } = await airbyteWith((app) => app.get('*', (c) => c.body(null, 503)), {
    mayRepeat: ({ status }) => status !== 503,
  })
  await failureOf(airbyte.workspaces.get('w1'))
  expect(asked).toHaveLength(1)

  let calls = 0
  const full = new AirbyteError('The queue is full.', { code: 'rate_limited', retryable: true, nothingDone: true })
  const gated = createAirbyteClient({
    baseUrl: 'http://127.0.0.1:9',
    fetch: () => {
      calls++
      throw full
    },
  })
  expect(await failureOf(gated.workspaces.get('w1'))).toBe(full)
  expect(calls).toBe(1)
})

it('never lists the workspaces of everybody', async () => {
  const { airbyte, asked } = await airbyteWith(() => undefined)
  expect(await airbyte.workspaces.list({ workspaceIds: [] })).toEqual([])
  expect(asked).toEqual([])
})

it('does not repeat a password that Airbyte quotes', async () => {
  const { airbyte } = await airbyteWith((app) => {
    app.post('/api/public/v1/sources', async (c) => {
      const { configuration } = await c.req.json<{ configuration: { password: string } }>()
      return c.json(
        { status: 422, title: 'unprocessable-entity', data: { message: `bad ${configuration.password}` } },
        422,
      )
    })
  })

  const configuration = { password: 'correct horse' }
  const error = await failureOf(
    airbyte.sources.create({ workspaceId: 'w', name: 'n', definitionId: 'd', configuration }),
  )

  expect(error).toMatchObject({ code: 'invalid', detail: 'bad **********' })
  expect(JSON.stringify(error) + String(error.cause)).not.toContain('correct horse')
})

it('says which field of an answer is not as documented, without its value', async () => {
  const { airbyte } = await airbyteWith((app) => {
    app.get('/api/public/v1/jobs/:id', (c) => c.json({ jobId: 'seven', status: 'running' }))
  })
  const error = await failureOf(airbyte.jobs.get(7))
  expect(error.code).toBe('invalid_answer')
  expect(error.message).toContain('jobId')
})

it('says so when nobody is there, when it takes too long, and gives up when asked to', async () => {
  const { airbyte } = await airbyteWith(
    (app) => {
      app.post(
        '/api/public/v1/workspaces',
        () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response()), 500)),
      )
    },
    { timeoutMs: 50 },
  )
  const gone = await startAirbyte(() => undefined)
  await gone.close()
  const nobody = createAirbyteClient({ baseUrl: gone.baseUrl, repeats: 1 })

  expect(await failureOf(nobody.workspaces.create({ name: 'x' }))).toMatchObject({
    code: 'network',
    retryable: true,
    nothingDone: true,
  })
  expect(await failureOf(airbyte.workspaces.create({ name: 'x' }))).toMatchObject({ code: 'timeout', retryable: true })
  const signal = AbortSignal.abort(new Error('changed my mind'))
  await expect(airbyte.workspaces.create({ name: 'x' }, { signal })).rejects.toThrow('changed my mind')
})

it('says that sample rows are not offered by an Airbyte without them', async () => {
  const { airbyte } = await airbyteWith(() => undefined)
  expect(await failureOf(airbyte.sources.sample({ sourceId: 's' }))).toMatchObject({
    code: 'not_supported',
    status: 404,
  })
})
