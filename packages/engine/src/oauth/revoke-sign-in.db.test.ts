import { afterEach, describe, expect, it } from 'vitest'
import { createAcmeCrmConnector } from '../native/acme-crm/acme-crm-connector.js'
import { startAcmeWorld, type AcmeWorld } from '../test/acme-world.js'
import { redeclare } from '../test/redeclare.js'

let world: AcmeWorld
afterEach(() => world?.close())

const revoke = (sourceId: string, more: object = {}) => {
  const { workspaceId, definitionId: sourceDefinitionId } = world
  return world.engine.send('POST', '/api/v1/source_oauths/revoke', {
    sourceId,
    workspaceId,
    sourceDefinitionId,
    ...more,
  })
}

/** Every request to Acme CRM's API from here on, and whether it was let in. */
function watchApi() {
  const seen: { path: string; status: number; token: string | null }[] = []
  const watched: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    const token = new Headers(init?.headers).get('authorization')
    seen.push({ path: new URL(String(input)).pathname, status: answer.status, token })
    return answer
  }
  return { seen, watched }
}

describe('revoking a source’s sign-in', () => {
  it('ends it at the provider, tokens that are out already included', async () => {
    const { seen, watched } = watchApi()
    world = await startAcmeWorld({ engine: { fetch: watched } })
    const sourceId = await world.createSource()
    await world.airbyte.sources.check(sourceId)
    const token = seen.at(-1)?.token ?? ''
    const me = () => fetch(`${world.crm.url}/api/v1/me`, { headers: { authorization: token } })
    expect((await me()).status).toBe(200)

    const answer = await revoke(sourceId)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(seen.at(-1)).toMatchObject({ path: '/oauth/revoke', status: 200 })
    expect((await me()).status).toBe(401)

    const asked = seen.length
    expect(await world.airbyte.sources.check(sourceId)).toMatchObject({
      status: 'failed',
      message: 'The sign-in to Acme CRM was revoked. Sign in again.',
      opsaiFields: [['credentials', 'refresh_token']],
    })
    expect(seen).toHaveLength(asked)
    expect((await revoke(sourceId)).status).toBe(200)
    await world.airbyte.sources.patch(sourceId, { secretId: await world.signIn() })
    expect(await world.airbyte.sources.check(sourceId)).toMatchObject({ status: 'succeeded' })
  })

  it('waits for a renewal that is under way, and revokes what came of it', async () => {
    world = await startAcmeWorld({ crm: { behaviour: { refreshDelayMs: 700 } } })
    const sourceId = await world.createSource()
    const other = await world.startEngine()
    const early = other.airbyte.sources.check(sourceId)
    await expect.poll(() => world.seen().length).toBe(1)
    expect((await revoke(sourceId)).status).toBe(200)
    await early
    expect(await world.airbyte.sources.check(sourceId)).toMatchObject({
      message: expect.stringContaining('was revoked'),
    })
    expect(world.seen()).toEqual([1])
  })

  it('says where the provider did not, and then nothing is lost', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    await world.airbyte.sources.patch(sourceId, { configuration: { credentials: { client_secret: 'wrong' } } })
    const refused = await revoke(sourceId)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      message: 'Acme CRM refused to revoke the sign-in (invalid_client).',
    })
    await world.airbyte.sources.patch(sourceId, {
      configuration: { credentials: { client_secret: 'canary-app-secret' } },
    })
    expect(await world.airbyte.sources.check(sourceId)).toMatchObject({ status: 'succeeded' })
    await world.crm.close()
    const unreachable = await revoke(sourceId)
    expect(unreachable.status).toBe(500)
    expect(await unreachable.json()).toMatchObject({
      data: { message: expect.stringContaining('could not be reached') },
    })
  })

  it('is nobody else’s business', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    const { workspaceId } = await world.airbyte.workspaces.create({ name: 'other' })
    expect((await revoke(sourceId, { workspaceId })).status).toBe(404)
    expect(await world.airbyte.sources.check(sourceId)).toMatchObject({ status: 'succeeded' })
  })

  it('does nothing where nobody knows how, or nobody is signed in: as Airbyte', async () => {
    const { seen, watched } = watchApi()
    world = await startAcmeWorld()
    const silent = redeclare(createAcmeCrmConnector({ baseUrl: world.crm.url }), 'silent', {
      revocation_url: undefined,
    })
    const engine = await world.startEngine({ connectors: [silent], fetch: watched })
    const make = async (credentials: object) => {
      const { workspaceId } = world
      const source = { workspaceId, name: 'S', definitionId: silent.definitionId, configuration: { credentials } }
      return (await engine.airbyte.sources.create(source)).sourceId
    }
    const own = { client_id: 'id', client_secret: 's', refresh_token: 'r' }
    for (const credentials of [
      { auth_type: 'oauth2.0', ...own },
      { auth_type: 'api_key', api_key: 'acme_key_x' },
    ]) {
      const body = {
        sourceId: await make(credentials),
        workspaceId: world.workspaceId,
        sourceDefinitionId: silent.definitionId,
      }
      expect((await engine.send('POST', '/api/v1/source_oauths/revoke', body)).status).toBe(200)
    }
    expect(seen).toEqual([])
  })
})

it('deleting a source revokes nothing: as Airbyte', async () => {
  const { seen, watched } = watchApi()
  world = await startAcmeWorld({ engine: { fetch: watched } })
  const sourceId = await world.createSource()
  await world.airbyte.sources.check(sourceId)
  await world.airbyte.sources.delete(sourceId)
  expect(seen.map(({ path }) => path)).not.toContain('/oauth/revoke')
  const { token, status } = seen.at(-1) ?? {}
  expect(status).toBe(200)
  expect((await fetch(`${world.crm.url}/api/v1/me`, { headers: { authorization: token ?? '' } })).status).toBe(200)
})
