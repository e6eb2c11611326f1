// Airbyte has had filters it silently ignored, and answers everybody's things to an empty one.
import { randomUUID } from 'node:crypto'
import { createAirbyteClient } from '@opsai/airbyte-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, query, type World } from '../test/world.js'
import { onlyOwnAnswers } from './own-answers.js'
import { inScope } from './scope.js'

let world: World
let recorder: Recorder
const tokens: Record<string, string> = {}
const made: Record<string, { sourceId: string; connectionId: string; jobId: string }> = {}
const tenants = ['alice', 'bob', 'carol']

const ask = async <T>(name: Parameters<World['call']>[0], parts: Parameters<World['call']>[1]) => {
  const answer = await world.call(name, parts)
  return { status: answer.status, body: (await answer.json()) as T }
}

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  for (const tenant of tenants) {
    const token = (tokens[tenant] = await world.newSession(tenant))
    const configuration = { count: 1 }
    const source = { tenantId: tenant, sourceType: 'sample-data', name: `canary of ${tenant}`, configuration }
    const { sourceId } = (await ask<{ sourceId: string }>('createSource', { token, body: source })).body
    const streams = [{ name: 'users', syncMode: 'full_refresh_append' }]
    const body = { sourceId, streams }
    const { connectionId } = (await ask<{ connectionId: string }>('createConnection', { token, body })).body
    const { jobId } = (await ask<{ jobId: string }>('syncConnection', { token, params: { connectionId }, body: {} }))
      .body
    made[tenant] = { sourceId, connectionId, jobId }
  }
})
afterAll(() => world.close())

/** An Airbyte whose lists go by no filter at all. */
const ignoringFilters = async (request: Request): Promise<Response | undefined> => {
  const url = new URL(request.url)
  if (request.method !== 'GET' || !/\/(sources|connections|destinations|jobs)$/.test(url.pathname)) return undefined
  for (const filter of ['workspaceIds', 'connectionId']) url.searchParams.delete(filter)
  return await world.engine.fetch(new Request(url, request))
}

test('trap 7: every list names the caller’s own workspace', async () => {
  const rows = await query<{ tenant_id: string; workspace_id: string }>(world.database, 'SELECT * FROM opsai.tenants')
  for (const { tenant_id: tenant, workspace_id } of rows) {
    recorder.seen.length = 0
    for (const name of ['listConnections', 'listConnectedSources', 'listConnectors'] as const) {
      expect((await ask(name, { token: tokens[tenant] ?? '' })).status).toBe(200)
    }
    const lists = recorder.seen.filter(
      ({ method, path }) => method === 'GET' && /\/(sources|connections|destinations)\?/.test(path),
    )
    expect(lists.length).toBeGreaterThan(0)
    for (const { path } of lists) expect(path).toContain(`workspaceIds=${workspace_id}`)
  }
})

test('trap 7: where Airbyte ignores the filter, everybody still sees only what is theirs, and it is written down', async () => {
  recorder.instead = ignoringFilters
  for (const tenant of tenants) {
    const { body } = await ask<{ connections: { connectionId: string; latestJob?: { jobId: string } }[] }>(
      'listConnections',
      { token: tokens[tenant] ?? '' },
    )
    expect(body.connections.map(({ connectionId }) => connectionId)).toEqual([made[tenant]?.connectionId])
    // Of one job Airbyte answers somebody else's: then there is none to show.
    expect([undefined, made[tenant]?.jobId]).toContain(body.connections[0]?.latestJob?.jobId)
    for (const other of tenants.filter((name) => name !== tenant))
      expect(JSON.stringify(body)).not.toContain(`canary of ${other}`)
  }
  recorder.instead = undefined
  const dropped = await query<{ n: number }>(
    world.database,
    `SELECT count(*)::int AS n FROM opsai.audit WHERE action = 'foreign_answer_dropped'`,
  )
  expect(dropped[0]?.n).toBeGreaterThan(0)
  expect(world.logLines.join('\n')).toContain('a thing of another workspace')
})

test('a client asked for no workspace, or for another than the caller’s, asks nobody', async () => {
  const asked: string[] = []
  const fetch = (request: Request) => {
    asked.push(request.url)
    return Response.json({ data: [], next: '', previous: '' })
  }
  const client = onlyOwnAnswers(createAirbyteClient({ baseUrl: 'http://airbyte.test', fetch }), () => {})
  const own = randomUUID()
  await inScope({ tenantId: 'a', workspaceId: own }, async () => {
    for (const workspaceId of ['', 'x', randomUUID()]) {
      expect(() => client.sources.list({ workspaceId }), workspaceId).toThrow('workspace')
    }
    expect(() => client.connections.list({ workspaceIds: 'all' })).toThrow('one workspace')
    expect(asked).toEqual([])
    expect(await client.sources.list({ workspaceId: own })).toEqual([])
  })
})

test.each<[string, RegExp, (token: string) => Parameters<World['call']>]>([
  [
    'a source',
    /\/sources\/[0-9a-f-]{36}$/,
    (token) => ['getSource', { token, params: { sourceId: made.alice?.sourceId ?? '' } }],
  ],
  [
    'a connection',
    /\/connections\/[0-9a-f-]{36}$/,
    (token) => ['getConnection', { token, params: { connectionId: made.alice?.connectionId ?? '' } }],
  ],
])(
  'trap 8: %s Airbyte says 403 of, or answers as another’s, is not found, as any unknown one',
  async (_, path, call) => {
    const token = tokens.alice ?? ''
    const isIt = (request: Request) => request.method === 'GET' && path.test(new URL(request.url).pathname)
    const [name, parts] = call(token)
    const get = async () => {
      const { status, body } = await ask<object>(name, parts)
      return { status, body: { ...body, requestId: '' } }
    }
    expect((await get()).status).toBe(200)
    const forbidden = { status: 403, type: 'about:blank', title: 'forbidden', detail: 'x' }
    recorder.instead = (request) => (isIt(request) ? Response.json(forbidden, { status: 403 }) : undefined)
    const gone = await get()
    recorder.instead = async (request) => {
      if (!isIt(request)) return undefined
      return Response.json({
        ...((await (await world.engine.fetch(request)).json()) as object),
        workspaceId: randomUUID(),
      })
    }
    const foreign = await get()
    recorder.instead = undefined
    const [, { params = {} } = {}] = call(token)
    const unknown = Object.fromEntries(Object.keys(params).map((id) => [id, randomUUID()]))
    const { status, body } = await ask<object>(name, { token, params: unknown })
    expect(status).toBe(404)
    expect(gone).toEqual({ status, body: { ...body, requestId: '' } })
    expect(foreign).toEqual(gone)
  },
)

test('a job Airbyte answers with another connection’s is nobody’s', async () => {
  const token = tokens.alice ?? ''
  const params = { jobId: made.alice?.jobId ?? '' }
  await expect
    .poll(async () => (await ask<{ status: string }>('getJob', { token, params })).body.status, { timeout: 20_000 })
    .toBe('succeeded')
  await world.restart({ airbyte: recorder.airbyte })
  recorder.instead = async (request) => {
    if (request.method !== 'GET' || !/\/jobs\/\d+$/.test(new URL(request.url).pathname)) return undefined
    return Response.json({
      ...((await (await world.engine.fetch(request)).json()) as object),
      connectionId: made.bob?.connectionId,
    })
  }
  expect((await ask('getJob', { token, params })).status).toBe(404)
  recorder.instead = undefined
})
