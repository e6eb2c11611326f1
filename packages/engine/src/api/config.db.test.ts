import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConnectorError } from '../connector/connector-error.js'
import { defaultConnectors } from '../connector/default-connectors.js'
import { startTestEngine, type TestEngine } from '../test/test-engine.js'
import { createScriptedConnector, scriptedDefinitionId } from '../test/scripted-connector.js'

let engine: TestEngine
let workspaceId: string
let sourceId: string
const logged: unknown[] = []
let outcome: 'works' | 'fails' | 'breaks' = 'works'

const log = (facts: object, message: string) => void logged.push(facts, message)

beforeAll(async () => {
  const scripted = createScriptedConnector({
    check: (configuration) => {
      const { password } = configuration as { password?: string }
      if (outcome === 'works') return Promise.resolve({ status: 'succeeded' })
      if (outcome === 'breaks')
        return Promise.reject(new ConnectorError('transient_error', `No answer for ${password ?? ''}.`))
      return Promise.resolve({
        status: 'failed',
        message: `"${password ?? ''}" is no password.`,
        fields: [['password']],
      })
    },
  })
  engine = await startTestEngine({
    connectors: [...defaultConnectors(), scripted],
    logger: { info: log, warn: log, error: log },
    oauthApps: { 'acme-crm': { clientId: 'c', clientSecret: 's' } },
  })
  workspaceId = (await engine.airbyte.workspaces.create({ name: 'acme' })).workspaceId
  const configuration = { account: 'a', password: 'hunter2' }
  const source = { workspaceId, name: 'S', definitionId: scriptedDefinitionId, configuration }
  sourceId = (await engine.airbyte.sources.create(source)).sourceId
})
afterAll(() => engine.close())

it('tells what it does beyond Airbyte, to whom it knows', async () => {
  expect(await engine.airbyte.capabilities()).toMatchObject({ sampleRows: true, loadsUnderForcedRowSecurity: true })
})

describe('definitions', () => {
  it('list the connectors there are, with Airbyte’s own id where it has one', async () => {
    const definitions = await engine.airbyte.definitions.sources.list({ workspaceId })
    expect(definitions.map((it) => it.dockerRepository)).toEqual(
      expect.arrayContaining(['airbyte/source-postgres', 'airbyte/source-acme-crm', 'airbyte/source-sample-data']),
    )
    expect(definitions.find((it) => it.name === 'Postgres')).toMatchObject({
      sourceDefinitionId: 'decd338e-5647-4c0b-adf4-da0e75f5a750',
      sourceType: 'database',
    })
    const [destination] = await engine.airbyte.definitions.destinations.list({ workspaceId })
    expect(destination).toMatchObject({
      name: 'Postgres',
      destinationDefinitionId: '25c5221d-dce2-4163-ade9-739ef790f503',
    })
    const publicList = await engine.send('GET', `/api/public/v1/workspaces/${workspaceId}/definitions/sources`)
    expect(await publicList.json()).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ name: 'Postgres' })]),
    })
  })

  it('tell how to sign in, and never the provider’s addresses', async () => {
    const definitions = await engine.airbyte.definitions.sources.list({ workspaceId })
    const acme = definitions.find((it) => it.dockerRepository.endsWith('source-acme-crm'))
    const spec = await engine.airbyte.connectors.spec({
      workspaceId,
      definitionId: acme?.sourceDefinitionId ?? '',
    })
    expect(spec.advancedAuth).toMatchObject({ predicateKey: ['credentials', 'auth_type'] })
    expect(spec.advancedAuthGlobalCredentialsAvailable).toBe(true)
    expect(JSON.stringify(spec)).not.toContain('/oauth/token')
    const scripted = await engine.airbyte.connectors.spec({ workspaceId, definitionId: scriptedDefinitionId })
    expect(scripted.advancedAuthGlobalCredentialsAvailable).toBe(false)
    const forSource = await engine.send('POST', '/api/v1/source_definition_specifications/get_for_source', { sourceId })
    expect(await forSource.json()).toMatchObject({ sourceDefinitionId: scriptedDefinitionId })
  })
})

describe('a check', () => {
  it('that succeeds', async () => {
    outcome = 'works'
    expect(await engine.airbyte.sources.check(sourceId)).toMatchObject({
      status: 'succeeded',
      jobInfo: { succeeded: true },
    })
  })

  it('that fails is an answer, names the fields, and has no secret in it', async () => {
    outcome = 'fails'
    const stored = await engine.airbyte.sources.check(sourceId)
    expect(stored).toMatchObject({
      status: 'failed',
      message: '"**********" is no password.',
      opsaiFields: [['password']],
    })
    const configuration = { account: 'a', password: 'typed-by-hand' }
    const unsaved = { workspaceId, definitionId: scriptedDefinitionId, configuration }
    expect(await engine.airbyte.sources.checkConfiguration(unsaved)).toMatchObject({
      message: '"**********" is no password.',
    })
  })

  it('that breaks has no status and says why in its job', async () => {
    outcome = 'breaks'
    const check = await engine.airbyte.sources.check(sourceId)
    expect(check.status).toBeUndefined()
    expect(check.jobInfo).toMatchObject({
      succeeded: false,
      failureReason: {
        failureOrigin: 'source',
        failureType: 'transient_error',
        externalMessage: 'No answer for **********.',
      },
    })
  })

  it('of a configuration that does not fit is refused before the connector sees it', async () => {
    outcome = 'works'
    const unsaved = { workspaceId, definitionId: scriptedDefinitionId, configuration: {} }
    expect(await engine.airbyte.sources.checkConfiguration(unsaved)).toMatchObject({ status: 'failed' })
    const body = { workspaceId, sourceDefinitionId: scriptedDefinitionId, connectionConfiguration: {} }
    const response = await engine.send('POST', '/api/v1/scheduler/sources/check_connection', body)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('$.account: is missing') })
  })
})

describe('looking into a source', () => {
  it('finds its streams, their schemas and what they can do', async () => {
    const { catalog } = await engine.airbyte.sources.discover(sourceId, { refresh: true })
    expect(catalog?.streams[0]?.stream).toMatchObject({
      name: 'numbers',
      jsonSchema: { properties: { id: { type: 'integer' } } },
      supportedSyncModes: ['full_refresh', 'incremental'],
      sourceDefinedPrimaryKey: [['id']],
    })
    const properties = await engine.send('GET', `/api/public/v1/streams?sourceId=${sourceId}&destinationId=${sourceId}`)
    expect(await properties.json()).toEqual([
      expect.objectContaining({
        streamName: 'numbers',
        propertyFields: [['id'], ['word']],
        defaultCursorField: ['id'],
      }),
    ])
  })

  it('shows a few of its real rows', async () => {
    const { streams } = await engine.airbyte.sources.sample({ sourceId, limit: 3 })
    expect(streams).toEqual([{ name: 'numbers', records: [1, 2, 3].map((id) => ({ id, word: `row ${id}` })) }])
  })

  it('says what went wrong at a database that is not there', async () => {
    const configuration = {
      host: '127.0.0.1',
      port: 9,
      database: 'd',
      username: 'u',
      password: 'hunter2',
      ssl_mode: { mode: 'disable' },
    }
    const definitionId = 'decd338e-5647-4c0b-adf4-da0e75f5a750'
    const { sourceId } = await engine.airbyte.sources.create({ workspaceId, name: 'Down', definitionId, configuration })
    const check = await engine.airbyte.sources.check(sourceId)
    expect(check).toMatchObject({ status: 'failed', opsaiFields: expect.arrayContaining([['port']]) })
    const discovery = await engine.airbyte.sources.discover(sourceId)
    expect(discovery.catalog).toBeUndefined()
    expect(discovery.jobInfo.failureReason?.externalMessage).toBeTruthy()
    expect((await engine.send('GET', `/api/public/v1/streams?sourceId=${sourceId}`)).status).toBe(500)
  })
})

it('logged what broke, and no secret', () => {
  expect(logged).toContain('check broke')
  for (const secret of ['hunter2', 'typed-by-hand']) expect(JSON.stringify(logged)).not.toContain(secret)
})
