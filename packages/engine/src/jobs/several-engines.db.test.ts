import { describe, expect, it } from 'vitest'
import { ConnectorError } from '../connector/connector-error.js'
import type { Script } from '../test/scripted-connector.js'
import { pause, startEngine, startWorld, upTo } from '../test/sync-world.js'
import { connectTo } from '../test/test-database.js'
import { until } from '../test/test-engine.js'

describe('several engines on one database', () => {
  it('run each job once, and cancel each other’s', async () => {
    const running = new Map<string, number>()
    const script: Script = {
      rows: 30,
      batch: 10,
      beforeBatch: async () => {
        running.set('batches', (running.get('batches') ?? 0) + 1)
        await pause(30)
      },
    }
    const world = await startWorld(script)
    const others = await Promise.all([1, 2].map(() => startEngine(script, { databaseUrl: world.engine.databaseUrl })))
    const connectionIds = await Promise.all(['a_', 'b_', 'c_'].map((prefix) => world.connect(prefix)))
    const jobs = await Promise.all(
      connectionIds.map((connectionId, index) =>
        ([world.engine, ...others][index] ?? world.engine).airbyte.jobs.create({ connectionId, jobType: 'sync' }),
      ),
    )
    for (const { jobId } of jobs)
      expect(await world.ended(jobId)).toMatchObject({ status: 'succeeded', rowsSynced: 30 })
    expect(running.get('batches')).toBe(9)
    for (const { jobId } of jobs) expect((await world.airbyte.jobs.detail(jobId)).attempts).toHaveLength(1)
  })

  it('go on with the jobs of one that stops', async () => {
    let hold = true
    const script: Script = {
      rows: 20,
      beforeBatch: async (from, { signal }) => {
        await pause(250)
        while (from === 10 && hold && !signal.aborted) await pause(20)
      },
    }
    const world = await startWorld(script)
    const jobId = await world.sync(await world.connect())
    await until(
      async () => (await world.airbyte.jobs.detail(jobId)).attempts[0]?.attempt.streamStats?.[0]?.stats.recordsEmitted,
    )
    const other = await startEngine(script, { databaseUrl: world.engine.databaseUrl })
    await world.engine.close()
    hold = false
    const job = await until(async () => {
      const found = await other.airbyte.jobs.get(jobId)
      return found.status === 'succeeded' && found
    })
    expect(job.rowsSynced).toBe(20)
    expect(await world.ids()).toEqual(upTo(20))
    const { attempts } = await other.airbyte.jobs.detail(jobId)
    expect(attempts.map(({ attempt }) => attempt.status)).toEqual(['failed', 'succeeded'])
  })
})

describe('tokens that rotate', () => {
  const configuration = { credentials: { auth_type: 'oauth2.0', refresh_token: 'token-1' } }

  /** A provider that takes each refresh token once, like Acme CRM. */
  function createRotatingScript() {
    let valid = 'token-1'
    let users = 0
    const seen: string[] = []
    const rotate = async (
      config: Record<string, unknown>,
      context: Parameters<NonNullable<Script['beforeRead']>>[1],
    ) => {
      const { credentials } = config as typeof configuration
      users += 1
      seen.push(credentials.refresh_token)
      if (users > 1 || credentials.refresh_token !== valid) throw new ConnectorError('config_error', 'token reuse')
      await pause(60)
      valid = `token-${seen.length + 1}`
      await context.onConfigChanged?.({ ...config, credentials: { ...credentials, refresh_token: valid } })
      await pause(60)
      users -= 1
    }
    return { seen, rotate }
  }

  it('are used by one operation at a time, each with the newest', async () => {
    const { seen, rotate } = createRotatingScript()
    const script: Script = {
      beforeRead: rotate,
      check: async (config, context) => {
        await rotate(config as Record<string, unknown>, context)
        return { status: 'succeeded' }
      },
    }
    const world = await startWorld(script, { configuration })
    const other = await startEngine(script, { databaseUrl: world.engine.databaseUrl })
    const jobs = await Promise.all([world.connect('a_'), world.connect('b_')].map(async (id) => world.sync(await id)))
    const checks = await Promise.all(
      [world.airbyte, other.airbyte].map((airbyte) => airbyte.sources.check(world.sourceId)),
    )
    expect(checks.map((check) => [check.status, check.jobInfo.connectorConfigurationUpdated])).toEqual([
      ['succeeded', true],
      ['succeeded', true],
    ])
    for (const jobId of jobs) expect(await world.ended(jobId)).toMatchObject({ status: 'succeeded' })
    expect(seen).toEqual(['token-1', 'token-2', 'token-3', 'token-4'])
  })
})

it('starts a scheduled sync once its time has come, in one engine', async () => {
  const world = await startWorld()
  const connectionId = await world.connect()
  await world.airbyte.connections.patch(connectionId, {
    schedule: { scheduleType: 'cron', cronExpression: '0 0 * * * ?' },
  })
  await startEngine({}, { databaseUrl: world.engine.databaseUrl })
  const query = connectTo(world.engine.databaseUrl)
  expect(await world.airbyte.jobs.list({ connectionId })).toEqual([])
  await query(`UPDATE airbyte_engine.connection SET next_sync_at = now() - interval '1 s'`)
  const [job] = await until(async () => {
    const jobs = await world.airbyte.jobs.list({ connectionId })
    return jobs.length > 0 && jobs
  })
  expect(await world.ended(job?.jobId ?? 0)).toMatchObject({ status: 'succeeded' })
  await pause(500)
  expect(await world.airbyte.jobs.list({ connectionId })).toHaveLength(1)
  const [row] = await query<{ next: Date }>('SELECT next_sync_at AS next FROM airbyte_engine.connection')
  expect(row?.next.getTime()).toBeGreaterThan(Date.now())
})
