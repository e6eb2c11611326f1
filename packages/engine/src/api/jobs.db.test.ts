import { expect, it } from 'vitest'
import { pause, startWorld, upTo } from '../test/sync-world.js'

const jobs = '/api/public/v1/jobs'

it('trap 17: lists the oldest job first, and the newest where asked to', async () => {
  const { engine, connect, sync, ended } = await startWorld()
  const connectionId = await connect()
  const first = await sync(connectionId)
  await ended(first)
  const second = await sync(connectionId)
  await ended(second)
  const list = async (search: string) => {
    const response = await engine.send('GET', `${jobs}?connectionId=${connectionId}${search}`)
    return ((await response.json()) as { data: { jobId: number }[] }).data.map(({ jobId }) => jobId)
  }
  expect(await list('')).toEqual([first, second])
  expect(await list('&orderBy=createdAt%7CDESC')).toEqual([second, first])
  expect(await list('&limit=1&offset=1')).toEqual([second])
  expect(await list('&status=failed')).toEqual([])
  expect(await list('&jobType=sync&status=succeeded')).toEqual([first, second])
  const late = new Date(Date.now() + 3_600_000).toISOString()
  expect(await list(`&createdAtStart=${late}`)).toEqual([])
  expect((await engine.send('GET', `${jobs}?orderBy=name`)).status).toBe(400)
})

it('trap 17: refresh is a type of job that is always refused', async () => {
  const { engine, connect } = await startWorld()
  const response = await engine.send('POST', jobs, { connectionId: await connect(), jobType: 'refresh' })
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ title: 'unprocessable-entity' })
})

it('trap 17: a job that waits for its next attempt is incomplete, which is not its end', async () => {
  let attempts = 0
  const beforeRead = () => (++attempts === 1 ? Promise.reject(new Error('the first one breaks')) : Promise.resolve())
  const { airbyte, connect, sync, ended } = await startWorld({ beforeRead }, { retry: { firstDelayMs: 500 } })
  const jobId = await sync(await connect())
  const seen = new Set<string>()
  for (let look = 0; look < 200 && !seen.has('succeeded'); look += 1) {
    seen.add((await airbyte.jobs.get(jobId)).status)
    await pause(20)
  }
  expect((await ended(jobId)).status).toBe('succeeded')
  expect([...seen]).toEqual(expect.arrayContaining(['incomplete', 'succeeded']))
  expect([...seen]).not.toContain('failed')
  expect(attempts).toBe(2)
})

it.each(['clear', 'reset'] as const)(
  '%s empties the tables and forgets the state: the next sync starts over',
  async (jobType) => {
    const { engine, connect, sync, ended, ids, warehouse } = await startWorld({ rows: 10 })
    const connectionId = await connect()
    expect(await ended(await sync(connectionId))).toMatchObject({ status: 'succeeded', rowsSynced: 10 })
    await warehouse.query('CREATE VIEW words AS SELECT word FROM numbers')

    const response = await engine.send('POST', jobs, { connectionId, jobType })
    const { jobId } = (await response.json()) as { jobId: number }
    expect(await ended(jobId)).toMatchObject({ status: 'succeeded', jobType, rowsSynced: 0 })
    expect(await ids()).toEqual([])
    expect(await warehouse.query('SELECT * FROM words')).toEqual([])

    expect(await ended(await sync(connectionId))).toMatchObject({ status: 'succeeded', rowsSynced: 10 })
    expect(await ids()).toEqual(upTo(10))
  },
)

it('a clear leaves tables alone that no sync made, and those of other connections', async () => {
  const { airbyte, connect, sync, ended, warehouse } = await startWorld({ rows: 3 })
  const [mine, theirs] = [await connect(), await connect('other_')]
  await ended(await sync(theirs))
  await warehouse.query('CREATE TABLE numbers (id int)')
  await warehouse.query('INSERT INTO numbers VALUES (7)')
  const { jobId } = await airbyte.jobs.create({ connectionId: mine, jobType: 'clear' })
  expect((await ended(jobId)).status).toBe('failed')
  expect(await warehouse.query('SELECT id FROM numbers')).toEqual([{ id: 7 }])
  expect(await warehouse.query('SELECT id FROM other_numbers')).toHaveLength(3)
})

it('is told to try again later while a job is open, and of a conflict where the connection is off', async () => {
  const { engine, airbyte, connect, sync } = await startWorld({ beforeBatch: () => pause(200) })
  const connectionId = await connect()
  const running = await sync(connectionId)
  for (const jobType of ['sync', 'clear']) {
    const response = await engine.send('POST', jobs, { connectionId, jobType })
    expect(await response.json()).toMatchObject({ status: 409, title: 'try-again-later' })
  }
  await airbyte.jobs.cancel(running)
  const again = await engine.send('DELETE', `${jobs}/${running}`)
  expect(await again.json()).toMatchObject({ status: 409, title: 'state-conflict' })
  await airbyte.connections.patch(connectionId, { status: 'inactive' })
  const off = await engine.send('POST', jobs, { connectionId, jobType: 'sync' })
  expect(await off.json()).toMatchObject({ status: 409, title: 'state-conflict' })
})

it('writes each stream to the schema its connection names', async () => {
  const { engine, airbyte, sourceId, sync, ended, warehouse } = await startWorld({ rows: 3 })
  const { data } = (await (await engine.send('GET', '/api/public/v1/destinations')).json()) as {
    data: { destinationId: string }[]
  }
  const response = await engine.send('POST', '/api/public/v1/connections', {
    sourceId,
    destinationId: data[0]?.destinationId,
    namespaceDefinition: 'custom_format',
    namespaceFormat: 'crm${SOURCE_NAMESPACE}',
    configurations: {
      streams: [{ name: 'numbers', syncMode: 'full_refresh_overwrite', selectedFields: [{ fieldPath: ['id'] }] }],
    },
  })
  const { connectionId } = (await response.json()) as { connectionId: string }
  for (const round of [1, 2]) {
    expect([round, (await ended(await sync(connectionId))).status]).toEqual([round, 'succeeded'])
    expect(await warehouse.query('SELECT id FROM crm.numbers')).toHaveLength(3)
  }
  const columns = await warehouse.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'crm' AND table_name = 'numbers' AND column_name NOT LIKE '\\_airbyte%'`,
  )
  expect(columns).toEqual([{ name: 'id' }])
  const { jobId } = await airbyte.jobs.create({ connectionId, jobType: 'clear' })
  expect((await ended(jobId)).status).toBe('succeeded')
  expect(await warehouse.query('SELECT id FROM crm.numbers')).toEqual([])
})
