import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultConnectors } from '../../connector/default-connectors.js'
import { createScriptedConnector, scriptedDefinitionId } from '../../test/scripted-connector.js'
import { makeTestDatabase } from '../../test/test-database.js'
import { startTestEngine, type TestEngine } from '../../test/test-engine.js'

type Answer = Record<string, never>
const postgresId = '25c5221d-dce2-4163-ade9-739ef790f503'
const nobody = randomUUID()
const seen: object[] = []

let engine: TestEngine
let warehouse: Awaited<ReturnType<typeof makeTestDatabase>>
let workspaceId: string

const ask = (path: string, body: object) => engine.send('POST', `/api/v1/${path}`, body)
async function post<T = Answer>(path: string, body: object): Promise<T> {
  const response = await ask(path, body)
  if (response.status === 204) return undefined as T
  const text = await response.text()
  expect(`${response.status} ${response.ok ? '' : text}`).toBe('200 ')
  return JSON.parse(text) as T
}

beforeAll(async () => {
  warehouse = await makeTestDatabase('warehouse')
  const scripted = createScriptedConnector({
    check: (configuration) => {
      seen.push(configuration as object)
      return Promise.resolve({ status: 'succeeded' })
    },
  })
  engine = await startTestEngine({ connectors: [...defaultConnectors(), scripted] })
  const organizationId = '00000000-0000-0000-0000-000000000000'
  workspaceId = (await post<{ workspaceId: string }>('workspaces/create', { name: 'acme', organizationId })).workspaceId
})
afterAll(() => engine.close())

const newSource = (name: string, configuration: object = {}) =>
  post<{ sourceId: string; connectionConfiguration: object }>('sources/create', {
    workspaceId,
    name,
    sourceDefinitionId: scriptedDefinitionId,
    connectionConfiguration: { account: 'a', password: 'stored', ...configuration },
  })
const newDestination = () =>
  post<{ destinationId: string }>('destinations/create', {
    workspaceId,
    name: 'D',
    destinationDefinitionId: postgresId,
    connectionConfiguration: { ...warehouse.configuration, schema: 'public' },
  })

describe('a source', () => {
  it('is made, read, edited with its masks, and deleted', async () => {
    const { sourceId, connectionConfiguration } = await newSource('S')
    expect(connectionConfiguration).toEqual({ account: 'a', password: '**********' })
    const update = { sourceId, name: 'T', connectionConfiguration: { account: 'b', password: '**********' } }
    expect(await post('sources/update', update)).toMatchObject({ name: 'T', connectionConfiguration: { account: 'b' } })
    await post('sources/partial_update', { sourceId, connectionConfiguration: { region: 'eu' } })
    const read = await post('sources/get', { sourceId })
    expect(read).toMatchObject({ connectionConfiguration: { account: 'b', region: 'eu' }, sourceName: 'Scripted' })
    seen.length = 0
    expect(await post('sources/check_connection', { sourceId })).toMatchObject({ status: 'succeeded' })
    expect(seen).toEqual([{ account: 'b', password: 'stored', region: 'eu' }])
    await post('sources/delete', { sourceId })
    expect((await ask('sources/get', { sourceId })).status).toBe(404)
  })

  it('is checked as an edit would make it, which stores nothing', async () => {
    const { sourceId } = await newSource('S')
    seen.length = 0
    const edit = { sourceId, name: 'S', connectionConfiguration: { account: 'z', password: '**********' } }
    expect(await post('sources/check_connection_for_update', edit)).toMatchObject({ status: 'succeeded' })
    expect(seen).toEqual([{ account: 'z', password: 'stored' }])
    expect(await post('sources/get', { sourceId })).toMatchObject({ connectionConfiguration: { account: 'a' } })
  })

  it('shows its streams before it is stored, and as last seen after', async () => {
    const unsaved = {
      workspaceId,
      sourceDefinitionId: scriptedDefinitionId,
      connectionConfiguration: { account: 'a' },
    }
    expect(await post('scheduler/sources/discover_schema', unsaved)).toMatchObject({
      catalog: { streams: [{ stream: { name: 'numbers' } }] },
    })
    const { sourceId } = await newSource('S')
    expect(await post('sources/most_recent_source_actor_catalog', { sourceId })).toEqual({})
    await post('sources/discover_schema', { sourceId })
    expect(await post('sources/most_recent_source_actor_catalog', { sourceId })).toMatchObject({
      catalog: { streams: [{ stream: { name: 'numbers' } }] },
    })
  })

  it('is listed by cursor, page by page, each once', async () => {
    const { workspaceId: other } = await post<{ workspaceId: string }>('workspaces/create', {
      name: 'pages',
      organizationId: '00000000-0000-0000-0000-000000000000',
    })
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of [...names].reverse()) {
      const configuration = { account: 'a' }
      await engine.airbyte.sources.create({
        workspaceId: other,
        name,
        definitionId: scriptedDefinitionId,
        configuration,
      })
    }
    const found: string[] = []
    for (let cursor: string | undefined; ;) {
      const body = { workspaceId: other, pageSize: 2, ...(cursor && { cursor }) }
      const { sources } = await post<{ sources: { sourceId: string; name: string }[] }>('sources/list', body)
      if (sources.length === 0) break
      found.push(...sources.map(({ name }) => name))
      cursor = sources.at(-1)?.sourceId
    }
    expect(found).toEqual(names)
    const filtered = { workspaceId: other, filters: { searchTerm: 'C' }, sortKey: 'actorName_desc' }
    const { sources } = await post<{ sources: { name: string }[] }>('sources/list', filtered)
    expect(sources.map(({ name }) => name)).toEqual(['e', 'd', 'c', 'b', 'a'])
  })
})

describe('a destination', () => {
  it('is checked for real: it is connected to, and a table made where rows go', async () => {
    const unsaved = (connectionConfiguration: object) =>
      post('scheduler/destinations/check_connection', {
        workspaceId,
        destinationDefinitionId: postgresId,
        connectionConfiguration,
      })
    const right = { ...warehouse.configuration, schema: 'not_there_yet' }
    expect(await unsaved(right)).toMatchObject({ status: 'succeeded' })
    expect(await unsaved({ ...right, port: 9 })).toMatchObject({ status: 'failed', opsaiFields: [['host'], ['port']] })
    await warehouse.query(`CREATE ROLE reader_of_${warehouse.configuration.database} LOGIN PASSWORD 'reads-only'`)
    const username = `reader_of_${warehouse.configuration.database}`
    const denied = await unsaved({ ...right, schema: 'public', username, password: 'reads-only' })
    expect(denied).toMatchObject({ status: 'failed', message: expect.stringContaining('Grant CREATE') })
    expect(JSON.stringify(denied)).not.toContain('reads-only')
  })

  it('is made, edited with its masks, listed and deleted', async () => {
    const { destinationId } = await newDestination()
    const edit = {
      destinationId,
      name: 'E',
      connectionConfiguration: { ...warehouse.configuration, password: '**********', schema: 'raw' },
    }
    expect(await post('destinations/check_connection_for_update', edit)).toMatchObject({ status: 'succeeded' })
    expect(await post('destinations/update', edit)).toMatchObject({ connectionConfiguration: { schema: 'raw' } })
    expect(await post('destinations/check_connection', { destinationId })).toMatchObject({ status: 'succeeded' })
    expect(await post('destinations/list', { workspaceId })).toMatchObject({ num_connections: 1 })
    expect(await post('destinations/get', { destinationId })).toMatchObject({ name: 'E', destinationName: 'Postgres' })
    await post('destinations/delete', { destinationId })
    expect(await post('destinations/list', { workspaceId })).toMatchObject({ destinations: [] })
  })
})

describe('definitions', () => {
  it('are told one by one, with a page about each', async () => {
    const { sourceDefinitions } = await post<{ sourceDefinitions: { sourceDefinitionId: string; name: string }[] }>(
      'source_definitions/list_latest',
      {},
    )
    for (const { sourceDefinitionId, name } of sourceDefinitions) {
      expect(await post('source_definitions/get', { sourceDefinitionId })).toMatchObject({ name })
      expect(await post('source_definitions/get_for_workspace', { sourceDefinitionId, workspaceId })).toMatchObject({
        name,
      })
      const page = { actorType: 'source', actorDefinitionId: sourceDefinitionId, workspaceId }
      const { doc } = await post<{ doc: string }>('connector_documentation/get', page)
      expect(doc).toMatch(new RegExp(`^# ${name}\n[^]*<FieldAnchor field="`))
    }
    const page = { actorType: 'destination', actorDefinitionId: postgresId, workspaceId }
    expect((await post<{ doc: string }>('connector_documentation/get', page)).doc).toContain('loads into Postgres')
  })

  it('of destinations tell what rows can do there', async () => {
    const spec = { destinationDefinitionId: postgresId, workspaceId }
    expect(await post('destination_definition_specifications/get', spec)).toMatchObject({
      supportedDestinationSyncModes: expect.arrayContaining(['append_dedup']),
    })
    expect(await post('destination_definitions/list', {})).toMatchObject({
      destinationDefinitions: [{ name: 'Postgres' }],
    })
  })

  it('can be those in use only', async () => {
    await newSource('used')
    const used = await post<{ sourceDefinitions: { name: string }[] }>('source_definitions/list_for_workspace', {
      workspaceId,
      filterByUsed: true,
    })
    expect(used.sourceDefinitions.map(({ name }) => name)).toEqual(['Scripted'])
  })
})

describe('a workspace', () => {
  it('keeps its notifications in either API’s words', async () => {
    const webhook = 'https://hooks.example.test/x'
    const settings = { sendOnFailure: { notificationType: ['slack'], slackConfiguration: { webhook } } }
    const updated = await post('workspaces/update', { workspaceId, notificationSettings: settings })
    expect(updated).toMatchObject({ notificationSettings: settings })
    const response = await engine.send('GET', `/api/public/v1/workspaces/${workspaceId}`)
    expect(await response.json()).toMatchObject({
      notifications: { failure: { webhook: { enabled: true, url: webhook } } },
    })
  })

  it('is found by name, renamed and deleted', async () => {
    const organizationId = '00000000-0000-0000-0000-000000000000'
    const made = await post<{ workspaceId: string }>('workspaces/create', { name: 'short-lived', organizationId })
    await post('workspaces/update_name', { ...made, name: 'renamed' })
    const list = { organizationId, nameContains: 'RENAMED' }
    expect(await post('workspaces/list_by_organization_id', list)).toMatchObject({ workspaces: [{ name: 'renamed' }] })
    await post('workspaces/delete', { workspaceId: made.workspaceId })
    expect((await ask('workspaces/get', { workspaceId: made.workspaceId })).status).toBe(404)
  })
})

it('says which Airbyte it is', async () => {
  const instance = await engine.send('GET', '/api/v1/instance_configuration')
  expect(await instance.json()).toMatchObject({ edition: 'community', auth: { mode: 'none' } })
  expect((await engine.send('GET', '/api/v1/web_backend/config')).status).toBe(200)
  expect(await post('web_backend/check_updates', {})).toEqual({ destinationDefinitions: 0, sourceDefinitions: 0 })
})

it('reads a cron expression out, with its next times', async () => {
  const { description, nextExecutions } = await post<{ description: string; nextExecutions: number[] }>(
    'web_backend/describe_cron_expression',
    { cronExpression: '0 30 6 * * ?' },
  )
  expect(description).toBe('At 06:30')
  expect(nextExecutions.map((at, index) => at - (nextExecutions[index - 1] ?? at))).toEqual([0, 86_400_000, 86_400_000])
  expect((await ask('web_backend/describe_cron_expression', { cronExpression: 'daily' })).status).toBe(400)
})

describe('what is wrong', () => {
  it('with an id that is nobody’s is 404 and an errorId, whatever it is of', async () => {
    const requests: [string, object][] = [
      ['sources/get', { sourceId: nobody }],
      ['sources/delete', { sourceId: nobody }],
      ['sources/check_connection', { sourceId: nobody }],
      ['sources/discover_schema', { sourceId: nobody }],
      ['sources/list', { workspaceId: nobody }],
      ['sources/update', { sourceId: nobody, name: 'x', connectionConfiguration: {} }],
      ['source_definitions/get', { sourceDefinitionId: nobody }],
      ['source_definition_specifications/get', { sourceDefinitionId: nobody, workspaceId }],
      ['destinations/get', { destinationId: nobody }],
      ['destinations/check_connection', { destinationId: nobody }],
      ['connections/get', { connectionId: nobody }],
      ['connections/sync', { connectionId: nobody }],
      ['connections/status', { connectionIds: [nobody] }],
      ['state/get', { connectionId: nobody }],
      ['jobs/get', { id: 99_999_999 }],
      ['jobs/cancel', { id: 99_999_999 }],
      ['workspaces/get', { workspaceId: nobody }],
      ['web_backend/connections/get', { connectionId: nobody }],
      ['catalogs/diff', { current_catalog_id: nobody, new_catalog_id: nobody }],
    ]
    for (const [path, body] of requests) {
      const response = await ask(path, body)
      expect([path, response.status, await response.json()]).toEqual([path, 404, { errorId: expect.any(String) }])
    }
  })

  it('with a body is 422 where it is no JSON, 400 where it does not fit, and says where', async () => {
    const request = (body: string) =>
      engine.fetch(
        new Request('http://engine/api/v1/sources/get', {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        }),
      )
    expect((await request('{"sourceId":')).status).toBe(422)
    const unfit = await request('{"sourceId":"seven"}')
    expect(unfit.status).toBe(400)
    expect(await unfit.json()).toMatchObject({ message: expect.stringContaining('sourceId') })
  })

  it('with what the engine can’t do is said', async () => {
    const { sourceId } = await newSource('S')
    for (const [path, body] of [
      ['sources/upgrade_version', { sourceId }],
      ['source_oauths/revoke', { sourceId, workspaceId, sourceDefinitionId: scriptedDefinitionId }],
      ['connector_builder_projects/read_stream', { workspaceId }],
      ['source_definitions/create_custom', { workspaceId }],
      ['destination_oauths/get_consent_url', { destinationDefinitionId: postgresId, workspaceId }],
    ] as const) {
      const response = await ask(path, body)
      expect([path, response.status]).toEqual([path, 400])
    }
  })
})
