// Nothing is listed, deleted or read because an id was missing.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AirbyteClient } from './client.js'
import { AirbyteError } from './airbyte-error.js'
import { at } from './path.js'
import { airbyteWith, failureOf } from './test/airbyte-with.js'
import { toWorkspaceIds } from './workspace-scope.js'

const page = { data: [], next: '', previous: '' }
const lists: Record<string, (airbyte: AirbyteClient, scope: never) => Promise<unknown>> = {
  sources: (airbyte, scope) => airbyte.sources.list(scope),
  destinations: (airbyte, scope) => airbyte.destinations.list(scope),
  connections: (airbyte, scope) => airbyte.connections.list(scope),
  workspaces: (airbyte, scope) => airbyte.workspaces.list(scope),
  jobs: (airbyte, scope) => airbyte.jobs.list(scope),
  tags: (airbyte, scope) => airbyte.tags.list(scope),
}
const missing = [
  {},
  { workspaceId: '' },
  { workspaceId: undefined },
  { workspaceIds: [''] },
  { workspaceIds: ['w', ' '] },
]

it.each(Object.keys(lists))(
  'trap 7: %s of no workspace are nobody’s, and of all only where that is said',
  async (noun) => {
    const list = lists[noun]!
    const { airbyte, asked } = await airbyteWith((app) => app.get('/api/public/v1/*', (c) => c.json(page)))

    for (const scope of missing) {
      expect(await failureOf(list(airbyte, scope as never))).toMatchObject({ code: 'invalid', nothingDone: true })
    }
    expect(await list(airbyte, { workspaceIds: [] } as never)).toEqual([])
    expect(asked).toEqual([])

    await list(airbyte, { workspaceIds: ['a', 'b'] } as never)
    await list(airbyte, { workspaceIds: 'all' } as never)
    const [some, all] = asked.map(({ search }) => new URLSearchParams(search).getAll('workspaceIds'))
    expect(some).toEqual(['a', 'b'])
    expect(all).toEqual([])
  },
)

it('trap 7: jobs of a connection that is not named are not those of everybody', async () => {
  const { airbyte, asked } = await airbyteWith((app) => app.get('/api/public/v1/*', (c) => c.json(page)))
  expect(await failureOf(airbyte.jobs.list({ connectionId: '' }))).toMatchObject({ code: 'invalid' })
  expect(asked).toEqual([])
})

it('trap 7: no scope but all comes without ids', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (workspaceIds) => {
      const blank = workspaceIds.some((id) => id.trim() === '')
      if (blank) expect(() => toWorkspaceIds({ workspaceIds })).toThrow(AirbyteError)
      else expect(toWorkspaceIds({ workspaceIds })).toEqual(workspaceIds)
    }),
  )
})

it.each(['', '.', '..', undefined])('deletes nothing where the id is %j', async (sourceId) => {
  const { airbyte, asked } = await airbyteWith((app) => app.delete('*', (c) => c.body(null, 204)))
  expect(await failureOf(airbyte.sources.delete(sourceId as string))).toMatchObject({ code: 'invalid' })
  expect(asked).toEqual([])
})

it('keeps an id one segment of the path, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 3 }), (id) => {
      const path = at`sources/${id}`
      if (path instanceof AirbyteError) return
      const { pathname, search } = new URL(path, 'http://airbyte/api/public/v1/')
      expect(decodeURIComponent(pathname.replace('/api/public/v1/sources/', ''))).toBe(id)
      expect(search).toBe('')
    }),
  )
})
