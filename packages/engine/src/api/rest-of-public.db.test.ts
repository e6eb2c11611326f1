// The operations around the four main nouns: whoever lists, tags, or looks for an organization finds what a
// self-managed Airbyte would answer.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScriptedConnector, scriptedDefinitionId } from '../test/scripted-connector.js'
import { checker, startTestEngine, type TestEngine } from '../test/test-engine.js'

let engine: TestEngine
let workspaceId: string
const nil = '00000000-0000-0000-0000-000000000000'
const destinationDefinitionId = '25c5221d-dce2-4163-ade9-739ef790f503'

beforeAll(async () => {
  engine = await startTestEngine({ connectors: [createScriptedConnector()] })
  workspaceId = (await engine.airbyte.workspaces.create({ name: 'acme' })).workspaceId
})
afterAll(() => engine.close())

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await engine.send(method, `/api/public/v1${path}`, body)
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}
const problem = (status: number, type: string) => ({ status, body: { status, type: expect.stringContaining(type) } })

describe('workspaces', () => {
  it('keep their notifications, and merge what a PATCH says', async () => {
    const success = { webhook: { enabled: true, url: 'https://hooks.example/one' } }
    const created = await ask('POST', '/workspaces', { name: 'n', notifications: { success } })
    expect(created.body).toMatchObject({ notifications: { success } })
    const { workspaceId: id } = created.body as { workspaceId: string }
    const patched = await ask('PATCH', `/workspaces/${id}`, {
      notifications: { failure: { email: { enabled: false } } },
    })
    expect(patched.body).toMatchObject({
      name: 'n',
      notifications: { success, failure: { email: { enabled: false } } },
    })
  })

  it('refuse a webhook that is on and has no address', async () => {
    const notifications = { success: { webhook: { enabled: true } } }
    expect(await ask('POST', '/workspaces', { name: 'n', notifications })).toMatchObject(
      problem(400, 'error:notification/config/missing-url'),
    )
  })

  it('trap 2: have no OAuth credentials of their own, nor does initiateOAuth: an empty 501', async () => {
    const empty = { status: 501, body: undefined }
    const request = { actorType: 'source', name: 'github', configuration: {} }
    expect(await ask('PUT', `/workspaces/${workspaceId}/oauthCredentials`, request)).toEqual(empty)
    expect(await ask('DELETE', `/workspaces/${workspaceId}/oauthCredentials/source/github`)).toEqual(empty)
    const initiate = { workspaceId, sourceType: 'github', redirectUrl: 'https://host.example/back' }
    expect(await ask('POST', '/sources/initiateOAuth', initiate)).toEqual(empty)
  })
})

describe('definitions', () => {
  it.each([
    ['sources', scriptedDefinitionId, 'airbyte/source-scripted'],
    ['destinations', destinationDefinitionId, 'airbyte/destination-postgres'],
  ])('of %s are listed and read, not written', async (kind, id, dockerRepository) => {
    const path = `/workspaces/${workspaceId}/definitions/${kind}`
    const listed = await ask('GET', path)
    expect(listed.body).toMatchObject({ data: [{ id, dockerRepository }], next: '', previous: '' })
    expect((await ask('GET', `${path}/${id}`)).body).toMatchObject({ id, dockerRepository })
    expect(await ask('GET', `${path}/${randomUUID()}`)).toMatchObject(problem(404, '#resource-not-found'))
    const own = { name: 'Own', dockerRepository: 'acme/own', dockerImageTag: '1' }
    expect(await ask('POST', path, own)).toMatchObject(problem(400, '#bad-request'))
    expect(await ask('PUT', `${path}/${id}`, own)).toMatchObject(problem(400, '#bad-request'))
    expect(await ask('DELETE', `${path}/${id}`)).toMatchObject(problem(400, '#bad-request'))
    expect((await ask('GET', `/workspaces/${randomUUID()}/definitions/${kind}`)).status).toBe(403)
  })

  it('given as manifests are none', async () => {
    const path = `/workspaces/${workspaceId}/definitions/declarative_sources`
    expect(await ask('GET', path)).toEqual({ status: 200, body: { data: [], next: '', previous: '' } })
    expect(await ask('POST', path, { name: 'x', manifest: {} })).toMatchObject(problem(400, '#bad-request'))
    expect(await ask('GET', `${path}/${randomUUID()}`)).toMatchObject(problem(404, '#resource-not-found'))
  })

  it('are told by type', async () => {
    const { body } = await ask('GET', `/connector_definitions?type=source&workspaceId=${workspaceId}`)
    expect(body).toEqual({
      data: [{ id: scriptedDefinitionId, name: 'Scripted', connectorDefinitionType: 'source', version: '1.0.0' }],
    })
  })
})

describe('tags', () => {
  it('are made, renamed and removed, each name once a workspace', async () => {
    const made = await ask('POST', '/tags', { workspaceId, name: 'daily', color: '75DCFF' })
    const { tagId } = made.body as { tagId: string }
    expect(made).toEqual({ status: 200, body: { tagId, workspaceId, name: 'daily', color: '75DCFF' } })
    const twin = await ask('POST', '/tags', { workspaceId, name: 'daily', color: '000000' })
    expect(twin).toMatchObject(problem(409, 'error:tag-already-exists'))
    await ask('POST', '/tags', { workspaceId, name: 'weekly', color: '000000' })
    const taken = await ask('PATCH', `/tags/${tagId}`, { name: 'weekly', color: '000000' })
    expect(taken).toMatchObject(problem(409, 'error:tag-already-exists'))
    const renamed = await ask('PATCH', `/tags/${tagId}`, { name: 'hourly', color: '75dcff' })
    expect(renamed.body).toMatchObject({ name: 'hourly' })
    expect((await ask('GET', `/tags?workspaceIds=${workspaceId}`)).body).toMatchObject({
      data: [{ name: 'hourly' }, { name: 'weekly' }],
    })
    expect(await ask('DELETE', `/tags/${tagId}`)).toEqual({ status: 204, body: undefined })
    expect((await ask('GET', `/tags/${tagId}`)).status).toBe(403)
  })

  it.each([
    ['a color that is none', { name: 'x', color: '#12' }, 'error:tag-invalid-hex-color'],
    ['a name too long', { name: 'x'.repeat(31), color: '123456' }, 'error:tag-name-too-long'],
  ])('refuse %s', async (_, tag, type) => {
    expect(await ask('POST', '/tags', { workspaceId, ...tag })).toMatchObject(problem(400, type))
  })
})

describe('the one organization', () => {
  it('has one user, who is its admin', async () => {
    expect((await ask('GET', '/organizations')).body).toMatchObject({ data: [{ organizationId: nil }] })
    expect((await ask('GET', `/users?organizationId=${nil}`)).body).toMatchObject({ data: [{ id: nil }] })
    expect((await ask('GET', `/users?organizationId=${nil}&emails=nobody@acme.example`)).body).toEqual({ data: [] })
    expect((await ask('GET', `/permissions?userId=${nil}`)).body).toMatchObject({
      data: [{ permissionType: 'organization_admin', userId: nil, scopeId: nil, scope: 'organization' }],
    })
    expect((await ask('GET', `/users?organizationId=${randomUUID()}`)).status).toBe(403)
  })

  it('keeps permissions', async () => {
    const made = await ask('POST', '/permissions', { permissionType: 'workspace_reader', userId: nil, workspaceId })
    const { permissionId } = made.body as { permissionId: string }
    const changed = await ask('PATCH', `/permissions/${permissionId}`, { permissionType: 'workspace_editor' })
    expect(changed.body).toEqual({ permissionId, permissionType: 'workspace_editor', userId: nil, workspaceId })
    expect((await ask('GET', `/permissions/${permissionId}`)).body).toEqual(changed.body)
    expect((await ask('DELETE', `/permissions/${permissionId}`)).status).toBe(204)
  })

  it.each([
    ['both scopes', { permissionType: 'workspace_reader', workspaceId: nil, organizationId: nil }],
    ['none', { permissionType: 'workspace_reader' }],
    ['a scope of another kind', { permissionType: 'workspace_reader', organizationId: nil }],
  ])('refuses a permission with %s', async (_, permission) => {
    expect(await ask('POST', '/permissions', { userId: nil, ...permission })).toMatchObject(
      problem(422, '#unprocessable-entity'),
    )
  })

  it('has one region and no data planes of its own', async () => {
    const { body } = await ask('GET', `/regions?organizationId=${nil}`)
    const [region] = (body as { data: { regionId: string }[] }).data
    expect((await ask('GET', `/regions/${region?.regionId}`)).body).toEqual(region)
    expect((await ask('GET', '/dataplanes')).body).toEqual({ data: [] })
  })
})

it.each([
  ['POST', '/regions', { name: 'eu', organizationId: nil }],
  ['POST', '/dataplanes', { name: 'one', regionId: nil }],
  ['GET', `/groups?organizationId=${nil}`, undefined],
  ['POST', '/groups', { name: 'admins', organizationId: nil }],
  ['PUT', `/organizations/${nil}/oauthCredentials`, { actorType: 'source', name: 'x', configuration: {} }],
  ['POST', '/embedded/widget_token', { organizationId: nil, allowedOrigin: 'https://a.example', externalUserId: 'u' }],
  ['POST', '/embedded/scoped_token', { workspaceId: nil }],
])('%s %s is licensed at Airbyte, and not to be had here', async (method, path, body) => {
  expect(await ask(method, path, body)).toMatchObject(problem(403, 'error:license/entitlement'))
})

it('has no embedded organizations, in the words documented for that', async () => {
  const { status, body } = await ask('GET', '/embedded/organizations')
  expect([status, body]).toEqual([403, expect.objectContaining({ message: expect.any(String) as string })])
})

it('knows no group', async () => {
  expect(await ask('GET', `/groups/${randomUUID()}`)).toMatchObject(problem(404, '#resource-not-found'))
  expect(await ask('GET', `/groups/${randomUUID()}/members`)).toMatchObject(problem(404, '#resource-not-found'))
  expect((await ask('GET', '/groups')).status).toBe(400)
})

it('leads from its root to the documentation', async () => {
  const response = await engine.fetch(new Request('http://engine/api/public'))
  const documentation = 'https://reference.airbyte.com/reference/getting-started'
  expect([response.status, response.headers.get('location')]).toEqual([302, documentation])
})

it.each(['0', '101', 'x', '-1'])('refuses a page of %s', async (limit) => {
  expect((await ask('GET', `/sources?limit=${limit}`)).status).toBe(400)
})

it('holds all of this to the documents of Airbyte', () => {
  if (!checker.available) return
  expect([...checker.checked]).toEqual(
    expect.arrayContaining(['POST /public/v1/tags', 'GET /public/v1/permissions', 'GET /public/v1/regions']),
  )
})
