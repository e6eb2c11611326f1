import { expect, it } from 'vitest'
import { airbyteWith } from '../test/airbyte-with.js'

const nameless = {
  sourceId: 's',
  name: 'Mine',
  sourceType: '',
  definitionId: 'd',
  workspaceId: 'w',
  configuration: { key: '**********' },
  createdAt: 1_787_000_000,
}

it('trap 29: a connector of one’s own has no sourceType, and sources are dated in seconds where jobs are in words', async () => {
  const { airbyte } = await airbyteWith((app) => {
    app.get('/api/public/v1/sources/s', (c) => c.json(nameless))
    app.get('/api/public/v1/jobs/7', (c) =>
      c.json({ jobId: 7, status: 'running', jobType: 'sync', startTime: '2026-08-21T12:00Z', connectionId: 'c' }),
    )
  })

  const source = await airbyte.sources.get('s')
  expect(source).toMatchObject({ sourceType: '', definitionId: 'd' })
  expect(new Date(source.createdAt * 1000).getUTCFullYear()).toBe(2026)
  expect(Date.parse((await airbyte.jobs.get(7)).startTime)).toBe(Date.UTC(2026, 7, 21, 12))
})

it('keeps a value, a field and a sync mode that only a newer Airbyte knows', async () => {
  const { airbyte } = await airbyteWith((app) =>
    app.get('/api/public/v1/connections/c', (c) =>
      c.json({
        connectionId: 'c',
        name: 'n',
        sourceId: 's',
        destinationId: 'd',
        workspaceId: 'w',
        status: 'active',
        schedule: { scheduleType: 'lunar', phase: 'full' },
        configurations: { streams: [{ name: 'orders', syncMode: 'incremental_teleport', cursorField: null }] },
        createdAt: 1,
        tags: null,
      }),
    ),
  )
  const { schedule, configurations } = await airbyte.connections.get('c')
  expect(schedule).toEqual({ scheduleType: 'lunar', phase: 'full' })
  expect(configurations.streams).toEqual([{ name: 'orders', syncMode: 'incremental_teleport', cursorField: undefined }])
})

it('asks for the next page of a list only when it is wanted', async () => {
  const { airbyte, asked } = await airbyteWith((app) =>
    app.get('/api/public/v1/sources', (c) => {
      const offset = Number(c.req.query('offset'))
      return c.json({ data: [0, 1].map((n) => ({ ...nameless, sourceId: `s${offset + n}` })), next: '…' })
    }),
  )
  const seen: string[] = []
  for await (const { sourceId } of airbyte.sources.iterate({ workspaceId: 'w' }, { pageSize: 2 })) {
    seen.push(sourceId)
    if (seen.length === 3) break
  }
  expect(seen).toEqual(['s0', 's1', 's2'])
  expect(asked).toHaveLength(2)
})
