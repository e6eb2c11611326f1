import type { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createAirbyteClient } from '../client.js'
import { airbyteWith, failureOf } from '../test/airbyte-with.js'
import { toCheck, toDiscovery } from './work.js'

const forbidden = { status: 403, type: 'https://reference.airbyte.com/reference/errors#forbidden', title: 'forbidden' }
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
const pathsOf = (asked: { path: string }[]) => asked.map(({ path }) => path.replace('/api/v1/', ''))

interface Script {
  /** What `status` says, one look after the other; the last one stays. */
  progress?: ('pending' | 'running' | 'completed' | 'cancelled' | 'forbidden')[]
  /** What `output/…` says, the same way. */
  output?: object[]
}

/** An Airbyte with commands. `ran` are the ids that were run, each as often as it was asked for. */
function commandsOf(ran: string[], { progress = ['completed'], output = [{ status: 'succeeded' }] }: Script = {}) {
  const next = <T>(list: T[]) => (list.length > 1 ? list.shift() : list[0])
  return (app: Hono) => {
    app.post('/api/v1/commands/run/:what', async (c) => {
      const { id } = await c.req.json<{ id: string }>()
      ran.push(id)
      return c.json({ id })
    })
    app.post('/api/v1/commands/status', async (c) => {
      const { id } = await c.req.json<{ id: string }>()
      const status = ran.includes(id) ? next(progress) : 'forbidden'
      return status === 'forbidden' ? c.json(forbidden, 403) : c.json({ id, status })
    })
    app.post('/api/v1/commands/output/:what', async (c) => c.json({ id: 'x', ...next(output) }))
    app.post('/api/v1/commands/cancel', (c) => c.json({ id: 'x' }))
  }
}

it('trap 19: checks by a command: snake case, a UUID of its own, and looks until it is completed', async () => {
  const ran: string[] = []
  const script = { progress: ['pending' as const, 'running' as const, 'completed' as const] }
  const { airbyte, asked } = await airbyteWith(commandsOf(ran, script))

  const draft = { workspaceId: 'w', definitionId: 'd', configuration: { apiKey: 'k' } }
  expect(await airbyte.sources.checkConfiguration(draft)).toMatchObject({
    status: 'succeeded',
    jobInfo: { succeeded: true },
  })

  const run = asked.find(({ path }) => path.endsWith('/run/check'))
  const config = { apiKey: 'k' }
  expect(run?.body).toEqual({ id: expect.stringMatching(uuid), workspace_id: 'w', actor_definition_id: 'd', config })
  expect(pathsOf(asked).slice(1)).toEqual([
    'commands/run/check',
    ...Array(3).fill('commands/status'),
    'commands/output/check',
  ])
})

it('trap 19: looks again where the output of a completed command has no status yet', async () => {
  const { airbyte, asked } = await airbyteWith(commandsOf([], { output: [{}, { status: 'failed', message: 'no' }] }))
  expect(await airbyte.sources.check('s')).toMatchObject({
    status: 'failed',
    message: 'no',
    jobInfo: { succeeded: true },
  })
  expect(pathsOf(asked).filter((path) => path === 'commands/output/check')).toHaveLength(2)
})

it('trap 19: goes by the output alone where the token may not read the workspace', async () => {
  const script = { progress: ['forbidden' as const], output: [{}, {}, { status: 'succeeded' }] }
  const { airbyte } = await airbyteWith(commandsOf([], script))
  expect(await airbyte.sources.check('s')).toMatchObject({ status: 'succeeded' })
})

it('never runs a second command for a run whose answer was lost', async () => {
  const ran: string[] = []
  const { airbyte } = await airbyteWith((app) => {
    let lost = 2
    app.use('/api/v1/commands/run/*', async (c, next) => {
      await next()
      if (lost-- > 0) c.res = new Response('', { status: 502 })
    })
    commandsOf(ran)(app)
  })
  expect(await airbyte.destinations.check('d')).toMatchObject({ status: 'succeeded' })
  expect([ran.length, new Set(ran).size]).toEqual([3, 1])
})

it('discovers by a command, without what the connector logged', async () => {
  const catalog = { streams: [{ stream: { name: 'orders' } }] }
  const output = [{ status: 'succeeded', catalog, catalogId: 'c', logs: { logLines: ['secret'] } }]
  const { airbyte, asked } = await airbyteWith(commandsOf([], { output }))
  expect(await airbyte.sources.discover('s')).toEqual({ catalog, catalogId: 'c', jobInfo: { succeeded: true } })
  expect(asked[1]?.body).toEqual({ id: expect.stringMatching(uuid), actor_id: 's' })
})

it.each([
  ['the one who asked gives up', { timeoutMs: 30_000, workTimeoutMs: 30_000 }, 400, /changed my mind/],
  ['the time is over', { workTimeoutMs: 300 }, 60_000, /did not finish in time/],
])('has the command cancelled when %s', async (_, options, after, reason) => {
  const { airbyte, asked } = await airbyteWith(commandsOf([], { progress: ['running'] }), options)
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(new Error('changed my mind')), after)
  await expect(airbyte.sources.check('s', { signal: giveUp.signal })).rejects.toThrow(reason)
  clearTimeout(timer)
  await expect.poll(() => pathsOf(asked).at(-1)).toBe('commands/cancel')
})

it('says so when Airbyte cancelled it', async () => {
  const { airbyte } = await airbyteWith(commandsOf([], { progress: ['cancelled'] }))
  expect(await failureOf(airbyte.sources.check('s'))).toMatchObject({ code: 'unavailable', retryable: true })
})

const worked = { jobInfo: { succeeded: true } }

it('asks an Airbyte without commands by the Config API, having asked for them once', async () => {
  const { airbyte, asked } = await airbyteWith((app) => {
    app.post('/api/v1/sources/check_connection', (c) => c.json({ status: 'succeeded', ...worked }))
    app.post('/api/v1/destinations/check_connection', (c) => c.json({ status: 'failed', message: 'no', ...worked }))
    app.post('/api/v1/sources/discover_schema', (c) => c.json({ catalog: { streams: [] }, ...worked }))
  })
  await airbyte.sources.check('s')
  expect(await airbyte.destinations.check('d')).toMatchObject({ status: 'failed', message: 'no' })
  await airbyte.sources.discover('s', { refresh: true })
  expect(pathsOf(asked)).toEqual([
    'commands/status',
    'sources/check_connection',
    'destinations/check_connection',
    'sources/discover_schema',
  ])
  expect(asked[3]?.body).toEqual({ sourceId: 's', disable_cache: true })
})

it('trap 18: a check that could not run is an answer without status, and its job says why', async () => {
  const failureReason = { timestamp: 1, failureType: 'system_error', externalMessage: 'No worker was free.' }
  const { airbyte } = await airbyteWith((app) =>
    app.post('/api/v1/sources/check_connection', (c) => c.json({ jobInfo: { succeeded: false, failureReason } })),
  )
  const check = await airbyte.sources.check('s')
  expect(check.status).toBeUndefined()
  expect(check.jobInfo).toMatchObject({ succeeded: false, failureReason: { externalMessage: 'No worker was free.' } })
})

it.each([
  ['breaks', 'failed', undefined, 'system_error', { status: undefined, message: 'why', succeeded: false }],
  ['says no', 'failed', 'no', undefined, { status: 'failed', message: 'no', succeeded: true }],
  ['says no and why', 'failed', 'why', 'config_error', { status: 'failed', message: 'why', succeeded: true }],
  ['says nothing', undefined, undefined, undefined, { status: undefined, message: undefined, succeeded: false }],
  ['says yes', 'succeeded', undefined, undefined, { status: 'succeeded', message: undefined, succeeded: true }],
] as const)(
  'trap 18: a command whose connector %s comes back as the Config API says it',
  (_, status, message, type, said) => {
    const failureReason = type && { failureType: type, externalMessage: 'why' }
    const { jobInfo, ...check } = toCheck({ id: 'x', status, message, failureReason, opsaiFields: [['password']] })
    expect({ ...check, succeeded: jobInfo.succeeded }).toEqual({ ...said, opsaiFields: [['password']] })
    expect(jobInfo.failureReason).toEqual(failureReason)
    expect(toDiscovery({ id: 'x', status, failureReason }).jobInfo.failureReason).toEqual(failureReason)
  },
)

it('trap 1: has spec, check and discover on Cloud too, from the Config API beside its public one', async () => {
  const asked: string[] = []
  const airbyte = createAirbyteClient({
    baseUrl: 'https://api.airbyte.com/v1',
    fetch: ({ url }) => {
      asked.push(url)
      if (url.endsWith('/check_connection')) return Response.json({ status: 'succeeded', ...worked })
      if (url.endsWith('/discover_schema')) return Response.json(worked)
      if (url.endsWith('/get'))
        return Response.json({ sourceDefinitionId: 'd', connectionSpecification: {}, ...worked })
      return Response.json('Object not found.', { status: 404 })
    },
  })
  await airbyte.sources.check('s')
  await airbyte.sources.discover('s')
  await airbyte.connectors.spec({ workspaceId: 'w', definitionId: 'd' })
  expect(await failureOf(airbyte.sources.sample({ sourceId: 's' }))).toMatchObject({ code: 'not_supported' })
  expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set(['https://cloud.airbyte.com']))
})
