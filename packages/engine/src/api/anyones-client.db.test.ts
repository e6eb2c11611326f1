// What other people's clients do, as PyAirbyte and the Terraform provider do it: over a real port, by nothing but HTTP.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAnswerChecker } from '../../../../.ci/openapi/answer-checker.js'
import { listenEngine, type ListeningEngine } from '../listen.js'
import { makeTestDatabase } from '../test/test-database.js'
import { testKey, until } from '../test/test-engine.js'

const auth = { clientId: 'anyone', clientSecret: 'anyones secret' }
const checker = createAnswerChecker()
let engine: ListeningEngine
let token = ''

beforeAll(async () => {
  const { url: databaseUrl } = await makeTestDatabase('engine')
  engine = await listenEngine({ port: 0, databaseUrl, encryptionKey: testKey, auth, pollMs: 50 })
})
afterAll(() => engine.close())

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const url = `${engine.url}/api${path}`
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  await checker.check({ method, url }, response)
  const text = await response.text()
  expect(`${method} ${path} ${response.status} ${response.ok ? '' : text}`).toBe(
    `${method} ${path} ${response.status} `,
  )
  return (text === '' ? undefined : JSON.parse(text)) as T
}
const publicApi = <T>(method: string, path: string, body?: unknown) => ask<T>(method, `/public/v1${path}`, body)
const configApi = <T>(path: string, body: unknown) => ask<T>('POST', `/v1${path}`, body)

it('from a token to rows in a table', async () => {
  // PyAirbyte sends no grant type, trusts expires_in, and asks either API with the same token.
  const credentials = { client_id: auth.clientId, client_secret: auth.clientSecret }
  const answer = await publicApi<{ access_token: string; expires_in: number }>(
    'POST',
    '/applications/token',
    credentials,
  )
  token = answer.access_token
  expect(answer.expires_in).toBeGreaterThan(60)

  const { workspaceId } = await publicApi<{ workspaceId: string }>('POST', '/workspaces', { name: 'anyone' })
  const { data: workspaces } = await publicApi<{ data: { name: string }[] }>('GET', '/workspaces?limit=100&offset=0')
  expect(workspaces.map(({ name }) => name)).toContain('anyone')

  const definitions = await publicApi<{ data: { id: string; name: string }[] }>(
    'GET',
    `/workspaces/${workspaceId}/definitions/sources`,
  )
  const definitionId = definitions.data.find(({ name }) => name === 'Sample data')?.id
  const spec = await configApi<{ connectionSpecification: { properties: object } }>(
    '/source_definition_specifications/get',
    {
      sourceDefinitionId: definitionId,
      workspaceId,
    },
  )
  expect(spec.connectionSpecification.properties).toBeTypeOf('object')
  const source = await publicApi<{ sourceId: string }>('POST', '/sources', {
    workspaceId,
    name: 'People',
    definitionId,
    configuration: { count: 25 },
  })
  const { sourceId } = source
  expect(await publicApi('GET', `/sources?workspaceIds=${workspaceId}`)).toMatchObject({ data: [{ sourceId }] })
  expect(await configApi('/sources/check_connection', { sourceId })).toMatchObject({ status: 'succeeded' })

  const warehouse = await makeTestDatabase('warehouse')
  const { destinationId } = await publicApi<{ destinationId: string }>('POST', '/destinations', {
    workspaceId,
    name: 'Warehouse',
    configuration: { destinationType: 'postgres', ...warehouse.configuration, schema: 'public' },
  })
  expect(await configApi('/destinations/check_connection', { destinationId })).toMatchObject({ status: 'succeeded' })

  const streams = await publicApi<{ streamName: string }[]>(
    'GET',
    `/streams?sourceId=${sourceId}&destinationId=${destinationId}`,
  )
  const name = streams[0]?.streamName ?? ''
  const { connectionId } = await publicApi<{ connectionId: string }>('POST', '/connections', {
    sourceId,
    destinationId,
    name: 'People → Warehouse',
    configurations: { streams: [{ name, syncMode: 'full_refresh_overwrite' }] },
  })

  const { jobId } = await publicApi<{ jobId: number }>('POST', '/jobs', { connectionId, jobType: 'sync' })
  const job = await until(async () => {
    const found = await publicApi<{ status: string; rowsSynced: number }>('GET', `/jobs/${jobId}`)
    return ['succeeded', 'failed', 'cancelled'].includes(found.status) && found
  })
  expect(job.status).toBe('succeeded')
  expect(job.rowsSynced).toBeGreaterThan(0)
  const [row] = await warehouse.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${name}"`)
  expect(row?.count).toBe(job.rowsSynced)

  const newest = await publicApi<{ data: { jobId: number }[] }>(
    'GET',
    `/jobs?connectionId=${connectionId}&limit=1&orderBy=createdAt%7CDESC`,
  )
  expect(newest.data).toMatchObject([{ jobId }])
  // PyAirbyte reads the catalog from the web app's own route, changes it and puts it back.
  const page = await configApi<{ syncCatalog: { streams: object[] } }>('/web_backend/connections/get', {
    connectionId,
    withRefreshedCatalog: false,
  })
  const { syncCatalog } = page
  const again = await configApi<typeof page>('/web_backend/connections/update', {
    connectionId,
    syncCatalog,
    skipReset: true,
  })
  expect(again.syncCatalog).toEqual(syncCatalog)
  expect(await configApi('/state/get', { connectionId })).toMatchObject({ connectionId })

  // And cleans up as it came.
  for (const path of [
    `/connections/${connectionId}`,
    `/sources/${sourceId}`,
    `/destinations/${destinationId}`,
    `/workspaces/${workspaceId}`,
  ]) {
    expect(await publicApi('DELETE', path)).toBeUndefined()
  }
})

it('does nothing without a token, and says so in Airbyte’s words', async () => {
  for (const path of ['/public/v1/workspaces', '/v1/commands/status', '/v1/sources/get']) {
    const method = path.includes('public') ? 'GET' : 'POST'
    const url = `${engine.url}/api${path}`
    const response = await fetch(url, { method, headers: { 'content-type': 'application/json' } })
    await checker.check({ method, url }, response)
    expect([path, response.status]).toEqual([path, 401])
  }
})
