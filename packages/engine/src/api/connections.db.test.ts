import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScriptedConnector, scriptedDefinitionId } from '../test/scripted-connector.js'
import { makeTestDatabase } from '../test/test-database.js'
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
  it('takes everything, replaced each time and by hand, where nothing is said', async () => {
    const response = await create()
    expect(await response.json()).toMatchObject({
      status: 'active',
      schedule: { scheduleType: 'manual' },
      prefix: '',
      namespaceDefinition: 'destination',
      configurations: { streams: [{ name: 'numbers', syncMode: 'full_refresh_overwrite' }] },
    })
  })

  it('reads its cron back with UTC behind it, and takes that back', async () => {
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

  it('keeps what a PATCH does not say, and replaces the streams as a whole', async () => {
    const { connectionId } = await engine.airbyte.connections.create({
      name: 'Patch me',
      sourceId,
      destinationId,
      prefix: 'crm_',
      streams: [{ name: 'numbers' }],
    })
    const streams = [{ name: 'numbers', syncMode: 'incremental_deduped_history' as const }]
    const updated = await engine.airbyte.connections.update(connectionId, { status: 'inactive', streams })
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
  ['another schema than the destination’s', { namespaceDefinition: 'source' }, 400, 'bad-request'],
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
