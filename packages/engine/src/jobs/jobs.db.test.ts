import { describe, expect, it } from 'vitest'
import { ConnectorError } from '../connector/connector-error.js'
import { createGate, pause, startWorld, upTo } from '../test/sync-world.js'
import { failureOf, until } from '../test/test-engine.js'

describe('a sync', () => {
  it('loads the rows and says how many, as a whole and by stream', async () => {
    const { airbyte, connect, sync, ended, ids } = await startWorld({ rows: 12 })
    const jobId = await sync(await connect())

    const job = await ended(jobId)
    expect(job).toMatchObject({ status: 'succeeded', jobType: 'sync', rowsSynced: 12 })
    expect(job.bytesSynced).toBeGreaterThan(0)
    expect(await ids()).toEqual(upTo(12))
    const detail = await airbyte.jobs.detail(jobId)
    expect(detail.attempts).toHaveLength(1)
    expect(detail.attempts[0]?.attempt).toMatchObject({
      status: 'succeeded',
      streamStats: [{ streamName: 'numbers', stats: { recordsEmitted: 12, recordsCommitted: 12 } }],
    })
  })

  it('shows rows while it runs', async () => {
    const gate = createGate()
    const { airbyte, connect, sync, ended } = await startWorld({
      rows: 20,
      beforeBatch: async (from) => {
        await pause(250)
        if (from === 10) await gate.opened
      },
    })
    const jobId = await sync(await connect())
    const emitted = await until(async () => {
      const { attempts } = await airbyte.jobs.detail(jobId)
      return attempts[0]?.attempt.streamStats?.[0]?.stats.recordsEmitted
    })
    expect(emitted).toBeLessThanOrEqual(10)
    expect((await airbyte.jobs.get(jobId)).status).toBe('running')
    gate.open()
    expect(await ended(jobId)).toMatchObject({ status: 'succeeded', rowsSynced: 20 })
  })

  it('that runs already is a conflict to try again after', async () => {
    const gate = createGate()
    const { airbyte, connect, sync, ended } = await startWorld({ beforeRead: () => gate.opened })
    const connectionId = await connect()
    const jobId = await sync(connectionId)
    const twice = await Promise.all(
      [1, 2, 3].map(() => failureOf(airbyte.jobs.create({ connectionId, jobType: 'sync' }))),
    )
    expect(twice).toEqual(Array(3).fill(expect.objectContaining({ code: 'conflict', retryable: true })))
    gate.open()
    await ended(jobId)
    await ended(await sync(connectionId))
    const jobs = await airbyte.jobs.list({ connectionId })
    expect(jobs.map((job) => job.status)).toEqual(['succeeded', 'succeeded'])
    expect(jobs[0]?.jobId).toBeGreaterThan(jobs[1]?.jobId ?? 0)
    expect(await airbyte.jobs.list({ connectionId, orderBy: 'createdAt|ASC', limit: 1 })).toMatchObject([{ jobId }])
  })

  it('that replaces its table starts a new generation each time', async () => {
    const { connect, sync, ended, warehouse } = await startWorld({ rows: 3 }, { syncMode: 'full_refresh_overwrite' })
    const connectionId = await connect()
    for (let round = 1; round <= 2; round += 1) {
      await ended(await sync(connectionId))
      const rows = await warehouse.query(
        'SELECT count(*)::int AS count, min(_airbyte_generation_id)::int AS generation FROM numbers',
      )
      expect(rows).toEqual([{ count: 3, generation: round }])
    }
  })
})

describe('a sync that fails', () => {
  const retry = { firstDelayMs: 20, maxCompleteFailures: 3 }

  it('is tried again, and says why it failed each time', async () => {
    let failures = 2
    const { airbyte, connect, sync, ended, ids } = await startWorld(
      {
        beforeRead: async () => {
          if (failures-- > 0) throw new ConnectorError('transient_error', 'The provider is down (key canary-77).')
        },
      },
      { retry },
    )
    const jobId = await sync(await connect())
    expect(await ended(jobId)).toMatchObject({ status: 'succeeded', rowsSynced: 10 })
    expect(await ids()).toEqual(upTo(10))
    const detail = await airbyte.jobs.detail(jobId)
    expect(detail.attempts.map(({ attempt }) => attempt.status)).toEqual(['failed', 'failed', 'succeeded'])
    expect(detail.attempts[0]?.attempt.failureSummary?.failures).toEqual([
      expect.objectContaining({
        failureOrigin: 'source',
        failureType: 'transient_error',
        externalMessage: 'The provider is down (key **********).',
      }),
    ])
  })

  it('goes on from what it had committed, without losing or repeating a row', async () => {
    let failures = 2
    const { airbyte, connect, sync, ended, ids } = await startWorld(
      {
        rows: 20,
        beforeBatch: async (from) => {
          if (from > 0 && failures-- > 0) throw new ConnectorError('transient_error', 'cut off')
        },
      },
      { retry: { firstDelayMs: 20 } },
    )
    const jobId = await sync(await connect())
    expect(await ended(jobId)).toMatchObject({ status: 'succeeded', rowsSynced: 20 })
    expect(await ids()).toEqual(upTo(20))
    const detail = await airbyte.jobs.detail(jobId)
    const committed = detail.attempts.map(({ attempt }) => attempt.streamStats?.[0]?.stats.recordsCommitted)
    expect(committed.reduce((sum, count) => (sum ?? 0) + (count ?? 0), 0)).toBe(20)
  })

  it('is given up after enough of it', async () => {
    const { airbyte, connect, sync, ended } = await startWorld(
      { beforeRead: () => Promise.reject(new ConnectorError('transient_error', 'down')) },
      { retry },
    )
    const jobId = await sync(await connect())
    expect(await ended(jobId)).toMatchObject({ status: 'failed' })
    expect((await airbyte.jobs.detail(jobId)).attempts).toHaveLength(3)
  })

  it('because of wrong configuration is not tried again', async () => {
    const { airbyte, connect, sync, ended } = await startWorld(
      { beforeRead: () => Promise.reject(new ConnectorError('config_error', 'wrong password')) },
      { retry },
    )
    const jobId = await sync(await connect())
    expect(await ended(jobId)).toMatchObject({ status: 'failed' })
    expect((await airbyte.jobs.detail(jobId)).attempts).toHaveLength(1)
  })
})

describe('a cancellation', () => {
  it('ends a running sync within seconds', async () => {
    const { airbyte, connect, sync, ended } = await startWorld({
      rows: 1_000_000,
      batch: 10,
      beforeBatch: () => pause(20),
    })
    const connectionId = await connect()
    const jobId = await sync(connectionId)
    await until(async () => (await airbyte.jobs.get(jobId)).status === 'running')
    const before = Date.now()
    expect(await airbyte.jobs.cancel(jobId)).toMatchObject({ status: 'cancelled' })
    expect(Date.now() - before).toBeLessThan(3_000)
    const [attempt] = (await airbyte.jobs.detail(jobId)).attempts
    expect(attempt?.attempt.failureSummary?.failures[0]).toMatchObject({ failureType: 'manual_cancellation' })
    expect(await failureOf(airbyte.jobs.cancel(jobId))).toMatchObject({ code: 'conflict' })
    await airbyte.jobs.cancel(await sync(connectionId)).then((job) => ended(job.jobId))
  })

  it('does not wait for a source that will not stop', async () => {
    const [reading, never] = [createGate(), createGate()]
    const { airbyte, connect, sync } = await startWorld(
      {
        beforeRead: () => {
          reading.open()
          return never.opened
        },
      },
      { stopGraceMs: 200 },
    )
    const jobId = await sync(await connect())
    await reading.opened
    expect(await airbyte.jobs.cancel(jobId)).toMatchObject({ status: 'cancelled' })
  })

  it('ends a waiting one at once', async () => {
    const { airbyte, connect, sync } = await startWorld(
      { beforeRead: () => Promise.reject(new ConnectorError('transient_error', 'down')) },
      { retry: { firstDelayMs: 60_000 } },
    )
    const jobId = await sync(await connect())
    await until(async () => (await airbyte.jobs.get(jobId)).status === 'incomplete')
    expect(await airbyte.jobs.cancel(jobId)).toMatchObject({ status: 'cancelled' })
  })

  it('comes with deleting the connection', async () => {
    const [reading, stopped] = [createGate(), createGate()]
    const { airbyte, connect, sync } = await startWorld({
      beforeRead: (_, { signal }) =>
        new Promise((_, reject) => {
          reading.open()
          signal.addEventListener('abort', () => {
            stopped.open()
            reject(new Error('aborted'))
          })
        }),
    })
    const connectionId = await connect()
    const jobId = await sync(connectionId)
    await reading.opened
    await airbyte.connections.delete(connectionId)
    await stopped.opened
    expect(await failureOf(airbyte.jobs.get(jobId))).toMatchObject({ code: 'forbidden' })
  })
})
