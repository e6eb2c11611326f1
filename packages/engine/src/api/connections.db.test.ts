import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScriptedConnector, scriptedDefinitionId } from '../test/scripted-connector.js'
import { connectTo, makeTestDatabase } from '../test/test-database.js'
import { checker, failureOf, startTestEngine, type TestEngine } from '../test/test-engine.js'

let engine: TestEngine
let workspaceId: string
let sourceId: string
let destinationId: string

beforeAll(async () => {
  engine = await startTestEngine({ connectors: [createScriptedConnector()] })
  const { airbyte } = engine
  workspaceId = (await airbyte.workspaces.create({ name: 'acme' })).workspaceId
  const source = { workspaceId, name: 'S', definitionId: scriptedDefinitionId, configuration: { account: 'a' } }
  sourceId = (await airbyte.sources.create(source)).sourceId
  const definitionId = '25c5221d-dce2-4163-ade9-739ef790f503'
  const { configuration } = await makeTestDatabase('warehouse')
  const destination = { workspaceId, name: 'D', definitionId, configuration: { ...configuration, schema: 'public' } }
  destinationId = (await airbyte.destinations.create(destination)).destinationId
})
afterAll(() => engine.close())

const path = '/api/public/v1/connections'
const create = (body: object = {}) => engine.send('POST', path, { name: 'C', sourceId, destinationId, ...body })

describe('a connection', () => {
  it('trap 15: takes everything, replaced each time and by hand, where nothing is said', async () => {
    const response = await create()
    expect(await response.json()).toMatchObject({
      status: 'active',
      schedule: { scheduleType: 'manual' },
      prefix: '',
      namespaceDefinition: 'destination',
      configurations: { streams: [{ name: 'numbers', syncMode: 'full_refresh_overwrite' }] },
    })
  })

  it('trap 16: reads its cron back with UTC behind it, and takes that back', async () => {
    const created = (await (
      await create({ schedule: { scheduleType: 'cron', cronExpression: '0 0 * * * ?' } })
    ).json()) as {
      connectionId: string
      schedule: object
    }
    expect(created.schedule).toEqual({ scheduleType: 'cron', cronExpression: '0 0 * * * ? UTC' })
    const patched = await engine.send('PATCH', `${path}/${created.connectionId}`, { schedule: created.schedule })
    expect(await patched.json()).toMatchObject({ schedule: created.schedule })
  })

  it('trap 15: keeps what a PATCH does not say, and replaces the streams as a whole', async () => {
    const { connectionId } = await engine.airbyte.connections.create({
      name: 'Patch me',
      sourceId,
      destinationId,
      prefix: 'crm_',
      streams: [{ name: 'numbers' }],
    })
    const streams = [{ name: 'numbers', syncMode: 'incremental_deduped_history' as const }]
    const updated = await engine.airbyte.connections.patch(connectionId, { status: 'inactive', streams })
    expect(updated).toMatchObject({ name: 'Patch me', prefix: 'crm_', status: 'inactive' })
    expect(updated.configurations.streams).toEqual([
      expect.objectContaining({ syncMode: 'incremental_deduped_history', cursorField: ['id'], primaryKey: [['id']] }),
    ])
    expect(await engine.airbyte.connections.get(connectionId)).toEqual(updated)
    const job = engine.airbyte.jobs.create({ connectionId, jobType: 'sync' })
    expect(await failureOf(job)).toMatchObject({ code: 'conflict', retryable: false })
    await engine.airbyte.connections.delete(connectionId)
    expect(await failureOf(engine.airbyte.connections.get(connectionId))).toMatchObject({ code: 'forbidden' })
  })

  it('goes with its source', async () => {
    const source = { workspaceId, name: 'Gone', definitionId: scriptedDefinitionId, configuration: { account: 'a' } }
    const gone = await engine.airbyte.sources.create(source)
    const streams = [{ name: 'numbers' }]
    const connection = await engine.airbyte.connections.create({
      name: 'x',
      sourceId: gone.sourceId,
      destinationId,
      streams,
    })
    await engine.airbyte.sources.delete(gone.sourceId)
    const ids = (await engine.airbyte.connections.list({ workspaceId })).map((it) => it.connectionId)
    expect(ids).not.toContain(connection.connectionId)
    expect(ids.length).toBeGreaterThan(0)
  })

  it('trap 16: tells a basic schedule, which only the Config API can have made', async () => {
    const { connectionId } = (await (await create()).json()) as { connectionId: string }
    const schedule = { scheduleType: 'basic', units: 24, timeUnit: 'hours' }
    const sql = 'UPDATE airbyte_engine.connection SET schedule = $2 WHERE connection_id = $1'
    await connectTo(engine.databaseUrl)(sql, [connectionId, JSON.stringify(schedule)])
    const read = await engine.send('GET', `${path}/${connectionId}`)
    expect(await read.json()).toMatchObject({ schedule: { scheduleType: 'basic', basicTiming: 'Every 24 HOURS' } })
    const written = await engine.send('PATCH', `${path}/${connectionId}`, { schedule: { scheduleType: 'basic' } })
    expect(written.status).toBe(400)
  })

  it('keeps its namespaces, and the format only where it has a use', async () => {
    const custom = { namespaceDefinition: 'custom_format', namespaceFormat: 'crm_${SOURCE_NAMESPACE}' }
    const { connectionId, ...created } = (await (await create(custom)).json()) as { connectionId: string }
    expect(created).toMatchObject(custom)
    const patched = await engine.send('PATCH', `${path}/${connectionId}`, { namespaceDefinition: 'source' })
    expect(await patched.json()).not.toHaveProperty('namespaceFormat')
  })

  it('carries tags of its workspace, and is found by them', async () => {
    const tag = (await (
      await engine.send('POST', '/api/public/v1/tags', { workspaceId, name: 'nightly', color: '00AAFF' })
    ).json()) as { tagId: string }
    const created = (await (await create({ tags: [tag] })).json()) as { connectionId: string; tags: object[] }
    expect(created.tags).toEqual([tag])
    const found = await engine.send('GET', `${path}?tagIds=${tag.tagId}`)
    expect(((await found.json()) as { data: object[] }).data).toEqual([
      expect.objectContaining({ connectionId: created.connectionId }),
    ])
    const patched = await engine.send('PATCH', `${path}/${created.connectionId}`, { tags: [] })
    expect(await patched.json()).toMatchObject({ tags: [] })
  })

  it('does not join two workspaces', async () => {
    const other = await engine.airbyte.workspaces.create({ name: 'other' })
    const source = {
      workspaceId: other.workspaceId,
      name: 'Theirs',
      definitionId: scriptedDefinitionId,
      configuration: { account: 'a' },
    }
    const theirs = await engine.airbyte.sources.create(source)
    expect((await create({ sourceId: theirs.sourceId })).status).toBe(400)
  })
})

const tagOfNobody = {
  tagId: '6f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11',
  workspaceId: '6f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11',
  name: 'x',
  color: 'ffffff',
}
const streamWith = (settings: object) => ({ configurations: { streams: [{ name: 'numbers', ...settings }] } })

it.each([
  ['a stream there is not', { configurations: { streams: [{ name: 'nothing' }] } }, 400, 'bad-request'],
  [
    'a cron every minute',
    { schedule: { scheduleType: 'cron', cronExpression: '0 * * * * ?' } },
    400,
    'Cron sync schedules more frequent than once per hour are not allowed',
  ],
  [
    'a cron that is none',
    { schedule: { scheduleType: 'cron', cronExpression: 'hourly' } },
    400,
    'Invalid cron expression',
  ],
  ['a cron without expression', { schedule: { scheduleType: 'cron' } }, 400, 'Cron data is missing'],
  ['a basic schedule', { schedule: { scheduleType: 'basic' } }, 400, 'bad-request'],
  ['a format of schemas that is none', { namespaceDefinition: 'custom_format' }, 400, 'bad-request'],
  ['a tag there is not', { tags: [tagOfNobody] }, 400, 'bad-request'],
  ['a mode the loader has not', streamWith({ syncMode: 'full_refresh_overwrite_deduped' }), 400, 'bad-request'],
  ['mappers', streamWith({ mappers: [{ type: 'hashing', mapperConfiguration: {} }] }), 400, 'bad-request'],
  ['a selected field within a field', streamWith({ selectedFields: [{ fieldPath: ['a', 'b'] }] }), 400, 'bad-request'],
  ['files', streamWith({ includeFiles: true }), 400, 'Connection does not support file transfers'],
  ['a source there is not', { sourceId: '6f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11' }, 403, 'forbidden'],
])('refuses %s', async (_, body, status, title) => {
  const response = await create(body)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ status, title })
})

it('holds all of this to the documents of Airbyte', () => {
  if (!checker.available) return
  expect([...checker.checked]).toEqual(
    expect.arrayContaining(['POST /public/v1/connections', 'PATCH /public/v1/connections/{connectionId}']),
  )
})
