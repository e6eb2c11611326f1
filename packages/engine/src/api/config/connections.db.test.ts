import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeTestDatabase } from '../../test/test-database.js'
import { createScriptedConnector, scriptedDefinitionId } from '../../test/scripted-connector.js'
import { startTestEngine, until, type TestEngine } from '../../test/test-engine.js'

interface JobRead {
  job: { id: number; status: string; configType: string; aggregatedStats: { recordsCommitted: number } }
}
interface Connection {
  connectionId: string
  syncCatalog: { streams: { stream: { name: string }; config: Record<string, unknown> }[] }
}

/** What the source's stream has beside its own. */
const fields: string[] = []
let engine: TestEngine
let warehouse: Awaited<ReturnType<typeof makeTestDatabase>>
let ids: { workspaceId: string; sourceId: string; destinationId: string }

async function post<T>(path: string, body: object, status = 200): Promise<T> {
  const response = await engine.send('POST', `/api/v1/${path}`, body)
  const text = await response.text()
  expect(`${path} ${response.status} ${response.status === status ? '' : text}`).toBe(`${path} ${status} `)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

beforeEach(async () => {
  const scripted = createScriptedConnector({ rows: 10 })
  const discover: typeof scripted.discover = async (config, context) => {
    const streams = await scripted.discover(config, context)
    const more = Object.fromEntries(fields.map((field) => [field, { type: 'string' }]))
    return streams.map((stream) => {
      const properties = { ...(stream.json_schema.properties as object), ...more }
      return { ...stream, json_schema: { ...stream.json_schema, properties } }
    })
  }
  engine = await startTestEngine({ connectors: [{ ...scripted, discover }] })
  warehouse = await makeTestDatabase('warehouse')
  const { workspaceId } = await engine.airbyte.workspaces.create({ name: 'acme' })
  const { sourceId } = await post<{ sourceId: string }>('sources/create', {
    workspaceId,
    name: 'S',
    sourceDefinitionId: scriptedDefinitionId,
    connectionConfiguration: { account: 'a' },
  })
  const { destinationId } = await post<{ destinationId: string }>('destinations/create', {
    workspaceId,
    name: 'D',
    destinationDefinitionId: '25c5221d-dce2-4163-ade9-739ef790f503',
    connectionConfiguration: { ...warehouse.configuration, schema: 'public' },
  })
  ids = { workspaceId, sourceId, destinationId }
})
afterEach(() => engine.close())

const config = { syncMode: 'incremental', destinationSyncMode: 'append_dedup', selected: true }
const syncCatalog = { streams: [{ stream: { name: 'numbers' }, config }] }
const create = (words: object = {}) =>
  post<Connection>('connections/create', { ...ids, name: 'C', status: 'active', syncCatalog, ...words })
const ended = (jobId: number) =>
  until(async () => {
    const { job } = await post<JobRead>('jobs/get_without_logs', { id: jobId })
    return ['succeeded', 'failed', 'cancelled'].includes(job.status) && job
  })

describe('a connection', () => {
  it('is made from a catalog, and reads back as it was meant', async () => {
    const made = await create({ namespaceDefinition: 'destination', prefix: 'crm_' })
    const [item] = made.syncCatalog.streams
    expect(item).toMatchObject({
      stream: { name: 'numbers', supportedSyncModes: ['full_refresh', 'incremental'] },
      config: { ...config, cursorField: ['id'], primaryKey: [['id']] },
    })
    const { connectionId } = made
    expect(await post('connections/get', { connectionId })).toEqual(made)
    expect(await post('connections/list', { workspaceId: ids.workspaceId })).toEqual({ connections: [made] })
    expect(await engine.airbyte.connections.get(connectionId)).toMatchObject({
      prefix: 'crm_',
      configurations: { streams: [{ name: 'numbers', syncMode: 'incremental_deduped_history' }] },
    })
  })

  it('keeps a basic schedule, which the public API can only read', async () => {
    const basicSchedule = { timeUnit: 'hours', units: 24 }
    const { connectionId } = await create({ scheduleType: 'basic', scheduleData: { basicSchedule } })
    expect(await post('connections/get', { connectionId })).toMatchObject({
      scheduleType: 'basic',
      scheduleData: { basicSchedule },
    })
    const response = await engine.send('GET', `/api/public/v1/connections/${connectionId}`)
    expect(await response.json()).toMatchObject({ schedule: { scheduleType: 'basic', basicTiming: 'Every 24 HOURS' } })
    const cron = { cronExpression: '0 0 6 * * ?', cronTimeZone: 'UTC' }
    await post('connections/update', { connectionId, scheduleType: 'cron', scheduleData: { cron } })
    expect(await post('connections/get', { connectionId })).toMatchObject({
      scheduleType: 'cron',
      scheduleData: { cron },
    })
    const elsewhere = { cron: { ...cron, cronTimeZone: 'Asia/Tokyo' } }
    await post('connections/update', { connectionId, scheduleType: 'cron', scheduleData: elsewhere }, 400)
  })

  it('of nothing, or of what can’t be done, is refused', async () => {
    const nothing = { streams: [{ stream: { name: 'numbers' }, config: { ...config, selected: false } }] }
    const never = {
      streams: [{ stream: { name: 'numbers' }, config: { ...config, destinationSyncMode: 'overwrite' } }],
    }
    for (const words of [{ syncCatalog: nothing }, { syncCatalog: never }, { syncCatalog: undefined }]) {
      await post('connections/create', { ...ids, status: 'active', ...words }, 400)
    }
  })

  it('is synced, watched, cleared, and its jobs are told', async () => {
    const { connectionId } = await create()
    expect(await post('connections/status', { connectionIds: [connectionId] })).toMatchObject([
      { connectionSyncStatus: 'pending' },
    ])
    expect(await post('state/get', { connectionId })).toEqual({ stateType: 'not_set', connectionId })

    const { job } = await post<JobRead>('connections/sync', { connectionId })
    expect(await ended(job.id)).toMatchObject({ status: 'succeeded', aggregatedStats: { recordsCommitted: 10 } })
    expect(await post('connections/status', { connectionIds: [connectionId] })).toMatchObject([
      { connectionSyncStatus: 'synced', lastSyncJobId: job.id, lastSuccessfulSync: expect.any(Number) },
    ])
    expect(await post('connections/sync_progress', { connectionId })).toMatchObject({ streams: [] })
    expect(await post('connections/last_job_per_stream', { connectionId })).toMatchObject([
      { streamName: 'numbers', jobId: job.id, jobStatus: 'succeeded', recordsCommitted: 10 },
    ])
    expect(await post('state/get', { connectionId })).toEqual({
      stateType: 'stream',
      connectionId,
      streamState: [{ streamDescriptor: { name: 'numbers' }, streamState: { id: 10 } }],
    })
    const all = { workspaceId: ids.workspaceId, pagination: { pageSize: 10, rowOffset: 0 } }
    expect(await post('stream_statuses/list', all)).toMatchObject({
      streamStatuses: [{ streamName: 'numbers', runState: 'COMPLETE', jobType: 'SYNC', jobId: job.id }],
    })

    const cleared = await post<JobRead>('connections/clear', { connectionId })
    expect(await ended(cleared.job.id)).toMatchObject({ status: 'succeeded', configType: 'clear' })
    expect(await warehouse.query('SELECT count(*)::int AS count FROM numbers')).toEqual([{ count: 0 }])
    expect(await post('state/get', { connectionId })).toMatchObject({ stateType: 'not_set' })

    const list = { configTypes: ['sync', 'clear', 'reset_connection'], configId: connectionId }
    const jobs = await post<{ jobs: JobRead[]; totalJobCount: number }>('jobs/list', list)
    expect(jobs.totalJobCount).toBe(2)
    expect(jobs.jobs.map((it) => it.job.id)).toEqual([cleared.job.id, job.id])
    expect(await post('jobs/list', { ...list, configTypes: ['sync'] })).toMatchObject({ totalJobCount: 1 })
    expect(await post('jobs/get', { id: job.id })).toMatchObject({ attempts: [{ logType: 'formatted' }] })
    expect(await post('jobs/get_light', { id: job.id })).toMatchObject({ job: { id: job.id } })
    expect(await post('jobs/get_last_replication_job', { connectionId })).toMatchObject({ job: { id: job.id } })
    await post('jobs/cancel', { id: job.id }, 409)
    await post('connections/refresh', { connectionId, refreshMode: 'Merge' }, 409)
  })

  it('is replicated as a command, which is a job', async () => {
    const { connectionId } = await create()
    const id = crypto.randomUUID()
    const body = { id, connection_id: connectionId, job_id: '0', attempt_number: 0 }
    await Promise.all([1, 2, 3].map(() => post('commands/run/replicate', body)))
    await post('commands/run/replicate', { ...body, id: crypto.randomUUID() }, 409)
    await until(async () => (await post<{ status: string }>('commands/status', { id })).status === 'completed')
    expect(await post('commands/output/replicate', { id })).toMatchObject({
      attempt_summary: { recordsCommitted: 10 },
      failures: [],
    })
    expect(await post('jobs/list', { configTypes: ['sync'], configId: connectionId })).toMatchObject({
      totalJobCount: 1,
    })
  })

  it('is shown with both its ends, and among the others', async () => {
    const made = await post<Connection>('web_backend/connections/create', {
      ...ids,
      name: 'W',
      status: 'active',
      syncCatalog,
    })
    expect(made).toMatchObject({ source: { sourceName: 'Scripted' }, destination: { name: 'D' }, isSyncing: false })
    const { connectionId } = made
    await post('web_backend/connections/update', { connectionId, status: 'inactive' })
    const page = await post('web_backend/connections/get', { connectionId, withRefreshedCatalog: true })
    expect(page).toMatchObject({ status: 'inactive', catalogId: expect.any(String), schemaChange: 'no_change' })
    const list = { workspaceId: ids.workspaceId, filters: { searchTerm: 'w' } }
    expect(await post('web_backend/connections/list', list)).toMatchObject({
      connections: [{ name: 'W' }],
      num_connections: 1,
    })
    expect(await post('web_backend/workspace/state', ids)).toEqual({
      hasConnections: true,
      hasSources: true,
      hasDestinations: true,
    })
    await post('connections/sync', { connectionId }, 409)
    await post('connections/delete', { connectionId }, 204)
    await post('connections/get', { connectionId }, 404)
  })

  it('learns what changed at its source from one catalog to the next', async () => {
    const discover = () => post<{ catalogId: string }>('sources/discover_schema', { ...ids, disable_cache: true })
    const before = await discover()
    fields.push('born')
    const after = await discover()
    const diff = { current_catalog_id: before.catalogId, new_catalog_id: after.catalogId }
    expect(await post('catalogs/diff', diff)).toMatchObject({
      schema_change: 'non_breaking',
      catalog_diff: {
        transforms: [{ updateStream: { fieldTransforms: [{ fieldName: ['born'], transformType: 'add_field' }] } }],
      },
    })
    fields.length = 0
    expect((await discover()).catalogId).toBe(before.catalogId)
  })
})
