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
  it('answers its secrets as ten stars, in options and arrays too', async () => {
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

  it('is 403 to everybody who does not know it', async () => {
    const id = randomUUID()
    const { airbyte } = engine
    const { get, delete: remove, check, discover } = airbyte.sources
    for (const call of [get, remove, check, discover]) {
      expect(await failureOf(call(id))).toMatchObject({ code: 'forbidden', status: 403 })
    }
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

  beforeAll(async () => {
    const check = (configuration: unknown) => {
      stored.set('configuration', configuration)
      return Promise.resolve({ status: 'succeeded' as const })
    }
    watching = await startTestEngine({ connectors: [createScriptedConnector({ check })] })
    const { workspaceId } = await watching.airbyte.workspaces.create({ name: 'edits' })
    const source = await watching.airbyte.sources.create({ workspaceId, name: 'x', definitionId, configuration: full })
    sourceId = source.sourceId
  })
  afterAll(() => watching.close())

  it('by PUT keeps what is masked and drops what is left out', async () => {
    const { configuration } = await watching.airbyte.sources.get(sourceId)
    const { region: _, ...rest } = configuration
    await watching.airbyte.sources.replace(sourceId, { name: 'renamed', configuration: { ...rest, account: 'b' } })
    expect(await now()).toEqual({ account: 'b', password: 'hunter2', endpoints: full.endpoints })
  })

  it('by PATCH merges, and can remove nothing', async () => {
    await watching.airbyte.sources.patch(sourceId, { configuration: { region: 'us', password: 'new' } })
    expect(await now()).toEqual({ account: 'b', region: 'us', password: 'new', endpoints: full.endpoints })
    expect((await watching.airbyte.sources.get(sourceId)).name).toBe('renamed')
  })

  it('by PATCH with stars for a secret is refused, where Airbyte would store the stars', async () => {
    const error = await failureOf(
      watching.airbyte.sources.patch(sourceId, { configuration: { password: '**********' } }),
    )
    expect(error).toMatchObject({ status: 422 })
    expect(await now()).toMatchObject({ password: 'new' })
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
