import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checker, failureOf, startTestEngine, type TestEngine } from '../test/test-engine.js'
import { createScriptedConnector, scriptedDefinitionId as definitionId } from '../test/scripted-connector.js'

let engine: TestEngine
let workspaceId: string

beforeAll(async () => {
  engine = await startTestEngine({ connectors: [createScriptedConnector()] })
  workspaceId = (await engine.airbyte.workspaces.create({ name: 'acme' })).workspaceId
})
afterAll(() => engine.close())

const create = (configuration: Record<string, unknown>) =>
  engine.airbyte.sources.create({ workspaceId, name: 'One', definitionId, configuration })

describe('workspaces', () => {
  it('are made, read, renamed and deleted', async () => {
    const { workspaceId } = await engine.airbyte.workspaces.create({ name: 'tenant' })
    const renamed = await engine.send('PATCH', `/api/public/v1/workspaces/${workspaceId}`, { name: 'renamed' })
    expect(renamed.status).toBe(200)
    expect(await engine.airbyte.workspaces.get(workspaceId)).toMatchObject({ name: 'renamed', dataResidency: 'auto' })
    await engine.airbyte.workspaces.delete(workspaceId)
    expect(await failureOf(engine.airbyte.workspaces.get(workspaceId))).toMatchObject({ code: 'forbidden' })
  })

  it('take their sources with them', async () => {
    const { workspaceId } = await engine.airbyte.workspaces.create({ name: 'short-lived' })
    const { sourceId } = await engine.airbyte.sources.create({
      workspaceId,
      name: 's',
      definitionId,
      configuration: { account: 'a' },
    })
    await engine.airbyte.workspaces.delete(workspaceId)
    expect(await failureOf(engine.airbyte.sources.get(sourceId))).toMatchObject({ code: 'forbidden' })
  })

  it('come in pages whose next is never empty on a page that is not', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async (n) => (await engine.airbyte.workspaces.create({ name: `p${n}` })).workspaceId),
    )
    const page = async (offset: number) => {
      const search = new URLSearchParams({ workspaceIds: ids.join(','), limit: '2', offset: String(offset) })
      return (await (await engine.send('GET', `/api/public/v1/workspaces?${search}`)).json()) as {
        data: { workspaceId: string }[]
        next: string
        previous: string
      }
    }
    const [first, second, third] = [await page(0), await page(2), await page(4)]
    expect([first.data.length, second.data.length, third.data.length]).toEqual([2, 1, 0])
    expect(new URL(second.next).searchParams.get('offset')).toBe('4')
    expect([first.previous, third.next]).toEqual(['', ''])
    expect(await engine.airbyte.workspaces.list({ workspaceIds: ids })).toHaveLength(3)
  })
})

describe('a source', () => {
  it('trap 11: answers its secrets as ten stars, in options and arrays too', async () => {
    const source = await create({
      account: 'a',
      password: 'hunter2',
      credentials: { auth_type: 'api_key', api_key: 'k-1' },
      endpoints: [{ url: 'u', token: 't-1' }],
    })
    expect(source.configuration).toEqual({
      account: 'a',
      password: '**********',
      credentials: { auth_type: 'api_key', api_key: '**********' },
      endpoints: [{ url: 'u', token: '**********' }],
    })
    expect(source.sourceType).toBe('scripted')
    expect(Math.abs(source.createdAt - Date.now() / 1000)).toBeLessThan(60)
    expect(await engine.airbyte.sources.get(source.sourceId)).toEqual(source)
  })

  it('can be named by its type, which is not kept', async () => {
    const body = { workspaceId, name: 'By name', configuration: { sourceType: 'scripted', account: 'a' } }
    const response = await engine.send('POST', '/api/public/v1/sources', body)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ definitionId, configuration: { account: 'a' } })
  })

  it('trap 12: is not tested, shares its name with others, and is answered 200', async () => {
    const bad = await startTestEngine({
      connectors: [createScriptedConnector({ check: () => Promise.reject(new Error('no test was asked for')) })],
    })
    const { workspaceId } = await bad.airbyte.workspaces.create({ name: 'twins' })
    const body = { workspaceId, name: 'Twin', definitionId, configuration: { account: 'a' } }
    const answers = [
      await bad.send('POST', '/api/public/v1/sources', body),
      await bad.send('POST', '/api/public/v1/sources', body),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const ids = await Promise.all(answers.map(async (it) => ((await it.json()) as { sourceId: string }).sourceId))
    expect(new Set(ids).size).toBe(2)
    const deleted = await bad.send('DELETE', `/api/public/v1/sources/${ids[0]}`)
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    await bad.close()
  })

  it('is named by a sourceType anywhere in its configuration, but a definitionId wins', async () => {
    const post = (body: object) => engine.send('POST', '/api/public/v1/sources', { workspaceId, name: 'T', ...body })
    const nested = await post({ configuration: { account: 'a', extra: { deep: { sourceType: 'scripted' } } } })
    expect(await nested.json()).toMatchObject({ sourceType: 'scripted' })
    const both = await post({ definitionId, configuration: { account: 'a', sourceType: 'no-such' } })
    expect(await both.json()).toMatchObject({ definitionId, configuration: { account: 'a' } })
  })

  it('is refused where its configuration is a bomb', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`) as object
    const wide = { account: 'a', many: Array.from({ length: 20_001 }, () => 0) }
    for (const configuration of [deep, wide]) {
      const body = { workspaceId, name: 'bomb', definitionId, configuration }
      expect((await engine.send('POST', '/api/public/v1/sources', body)).status).toBe(400)
    }
    const huge = { workspaceId, name: 'x'.repeat(10 * 1024 * 1024), definitionId, configuration: {} }
    expect((await engine.send('POST', '/api/public/v1/sources', huge)).status).toBe(413)
  })

  it('is refused, with the field named and its value not, where its configuration does not fit', async () => {
    const error = await failureOf(create({ region: 7, password: 'canary-5512' }))
    expect(error).toMatchObject({ code: 'invalid', status: 422 })
    expect(error.detail).toContain('$.account: is missing but it is required')
    expect(error.detail).toContain('$.region: must be string')
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  it('is refused for a definition or type there is not', async () => {
    expect(
      await failureOf(
        engine.airbyte.sources.create({ workspaceId, name: 'x', definitionId: randomUUID(), configuration: {} }),
      ),
    ).toMatchObject({ status: 400 })
    const byName = { workspaceId, name: 'x', configuration: { sourceType: 'no-such' } }
    expect((await engine.send('POST', '/api/public/v1/sources', byName)).status).toBe(400)
    expect((await engine.send('POST', '/api/public/v1/sources', { ...byName, configuration: {} })).status).toBe(422)
  })

  it.each(['sources', 'destinations', 'connections', 'workspaces', 'tags', 'permissions', 'regions'])(
    'trap 8: an unknown id of %s is 403, where one expects 404',
    async (noun) => {
      for (const method of noun === 'regions' ? ['GET'] : ['GET', 'DELETE']) {
        const response = await engine.send(method, `/api/public/v1/${noun}/${randomUUID()}`)
        expect([method, response.status]).toEqual([method, 403])
        expect(await response.json()).toMatchObject({ status: 403, title: 'forbidden' })
      }
    },
  )

  it('trap 8: an unknown job, or a stream of an unknown source, is 403 too', async () => {
    expect((await engine.send('GET', '/api/public/v1/jobs/999999')).status).toBe(403)
    expect((await engine.send('GET', `/api/public/v1/streams?sourceId=${randomUUID()}`)).status).toBe(403)
  })

  it('is listed by workspace', async () => {
    const other = await engine.airbyte.workspaces.create({ name: 'other' })
    await create({ account: 'mine' })
    expect(await engine.airbyte.sources.list({ workspaceId: other.workspaceId })).toEqual([])
    expect((await engine.airbyte.sources.list({ workspaceId })).length).toBeGreaterThan(0)
  })
})

describe('an edit', () => {
  // What a source really has stored, as a check sees it.
  const stored = new Map<string, unknown>()
  let watching: TestEngine
  let sourceId: string
  const now = async () => {
    await watching.airbyte.sources.check(sourceId)
    return stored.get('configuration')
  }
  const full = {
    account: 'a',
    region: 'eu',
    password: 'hunter2',
    endpoints: [
      { url: 'one', token: 't-1' },
      { url: 'two', token: 't-2' },
    ],
  }

  const starred = full.endpoints.map(({ url }) => ({ url, token: '**********' }))
  let ownWorkspaceId: string

  beforeAll(async () => {
    const check = (configuration: unknown) => {
      stored.set('configuration', configuration)
      return Promise.resolve({ status: 'succeeded' as const })
    }
    watching = await startTestEngine({ connectors: [createScriptedConnector({ check })] })
    const { workspaceId } = await watching.airbyte.workspaces.create({ name: 'edits' })
    ownWorkspaceId = workspaceId
    const source = await watching.airbyte.sources.create({ workspaceId, name: 'x', definitionId, configuration: full })
    sourceId = source.sourceId
  })
  afterAll(() => watching.close())

  it('trap 10: by PUT keeps what is masked, though not in arrays, and drops what is left out', async () => {
    const { configuration } = await watching.airbyte.sources.get(sourceId)
    const { region: _, ...rest } = configuration
    await watching.airbyte.sources.replace(sourceId, { name: 'renamed', configuration: { ...rest, account: 'b' } })
    expect(await now()).toEqual({ account: 'b', password: 'hunter2', endpoints: starred })
  })

  it('trap 10: by PATCH merges, and can remove nothing', async () => {
    await watching.airbyte.sources.patch(sourceId, { configuration: { region: 'us', password: 'new' } })
    expect(await now()).toEqual({ account: 'b', region: 'us', password: 'new', endpoints: starred })
    expect((await watching.airbyte.sources.get(sourceId)).name).toBe('renamed')
  })

  it('trap 10: by PATCH with stars for a secret stores the stars, and keeps keys nobody knows', async () => {
    const configuration = { password: '**********', unknown_key: 1 }
    await watching.airbyte.sources.patch(sourceId, { configuration })
    expect(await now()).toMatchObject({ account: 'b', password: '**********', unknown_key: 1 })
  })

  it('trap 11: shows coordinates where asked to, which stand for the secret in this workspace only', async () => {
    await watching.airbyte.sources.patch(sourceId, { configuration: { password: 'hunter3' } })
    const path = '/api/public/v1/sources'
    const shown = await watching.send('GET', `${path}/${sourceId}?includeSecretCoordinates=true`)
    const { configuration } = (await shown.json()) as { configuration: { password: string } }
    expect(configuration.password).toMatch(/^secret_coordinate::airbyte_workspace_/)
    const plain = await watching.send('GET', `${path}/${sourceId}`)
    expect(await plain.json()).toMatchObject({ configuration: { password: '**********' } })

    const put = await watching.send('PUT', `${path}/${sourceId}`, { name: 'renamed', configuration })
    expect(put.status).toBe(200)
    expect(await now()).toMatchObject({ password: 'hunter3' })

    const other = await watching.airbyte.workspaces.create({ name: 'foreign' })
    const reference = configuration.password.replace('secret_coordinate::', '')
    for (const password of [configuration.password, { _secret: reference }]) {
      const body = { name: 'thief', definitionId, configuration: { account: 'a', password } }
      const foreign = await watching.send('POST', path, { ...body, workspaceId: other.workspaceId })
      expect(foreign.status).toBe(422)
      expect((await watching.send('POST', path, { ...body, workspaceId: ownWorkspaceId })).status).toBe(200)
    }
  })

  it('that does not fit changes nothing', async () => {
    const broken = { name: 'broken', configuration: { account: 1 } }
    expect(await failureOf(watching.airbyte.sources.replace(sourceId, broken))).toMatchObject({ status: 422 })
    expect((await watching.airbyte.sources.get(sourceId)).name).toBe('renamed')
  })
})

describe('a destination', () => {
  const definitionId = '25c5221d-dce2-4163-ade9-739ef790f503'
  const configuration = { host: 'h', port: 5432, database: 'd', schema: 'public', username: 'u', password: 'hunter2' }

  it('follows the same rules', async () => {
    const { destinations } = engine.airbyte
    const created = await destinations.create({ workspaceId, name: 'Warehouse', definitionId, configuration })
    expect(created).toMatchObject({ destinationType: 'postgres', configuration: { password: '**********' } })
    const replaced = await destinations.replace(created.destinationId, {
      name: 'Renamed',
      configuration: { ...created.configuration, schema: 'other' },
    })
    expect(replaced).toMatchObject({ name: 'Renamed', configuration: { schema: 'other', password: '**********' } })
    expect(await destinations.list({ workspaceId })).toHaveLength(1)
    await destinations.delete(created.destinationId)
    expect(await failureOf(destinations.get(created.destinationId))).toMatchObject({ code: 'forbidden' })
    const wrong = { workspaceId, name: 'x', definitionId, configuration: { host: 'h' } }
    expect(await failureOf(destinations.create(wrong))).toMatchObject({ status: 422 })
  })
})

it('holds all of this to the documents of Airbyte', () => {
  if (checker.available) expect([...checker.checked]).toContain('PUT /public/v1/sources/{sourceId}')
})
