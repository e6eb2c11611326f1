import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../test/test-database.js'
import { createGate, pause, startEngine } from '../../test/sync-world.js'
import { createScriptedConnector, scriptedDefinitionId, type Script } from '../../test/scripted-connector.js'
import { startTestEngine, testKey, until, type TestEngine } from '../../test/test-engine.js'

/** The scripted connector's own words for a check that was stopped. */
const waitForEver: Script['check'] = (_config, { signal }) =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }),
  )

async function post(engine: TestEngine, path: string, body: object, status = 200) {
  const response = await engine.send('POST', `/api/v1/${path}`, body)
  expect(response.status).toBe(status)
  return (await response.json()) as Record<string, unknown>
}

const reached = (engine: TestEngine, id: string, status: string) =>
  until(async () => (await post(engine, 'commands/status', { id })).status === status)

async function makeSource(engine: TestEngine, configuration: object = {}) {
  const { workspaceId } = await engine.airbyte.workspaces.create({ name: 'acme' })
  const { sourceId } = await engine.airbyte.sources.create({
    workspaceId,
    name: 'S',
    definitionId: scriptedDefinitionId,
    configuration: { account: 'a', password: 'stored-secret', ...configuration },
  })
  return { workspaceId, sourceId }
}

describe('a command', () => {
  let engine: TestEngine
  let workspaceId: string
  let sourceId: string
  const asked: unknown[] = []

  beforeAll(async () => {
    const check: Script['check'] = (configuration) => {
      asked.push(configuration)
      const { password } = configuration as { password?: string }
      if (password !== 'wrong') return Promise.resolve({ status: 'succeeded' })
      return Promise.resolve({ status: 'failed', message: 'wrong is no password.', fields: [['password']] })
    }
    engine = await startTestEngine({ connectors: [createScriptedConnector({ check })] })
    ;({ workspaceId, sourceId } = await makeSource(engine))
  })
  afterAll(() => engine.close())

  it('trap 19: the same id again is the same command, not a second run', async () => {
    asked.length = 0
    const id = randomUUID()
    for (let time = 0; time < 3; time += 1) {
      expect(await post(engine, 'commands/run/check', { id, actor_id: sourceId })).toEqual({ id })
    }
    await reached(engine, id, 'completed')
    expect(await post(engine, 'commands/run/check', { id, actor_id: sourceId })).toEqual({ id })
    await pause(300)
    expect(await post(engine, 'commands/status', { id })).toEqual({ id, status: 'completed' })
    expect(await post(engine, 'commands/output/check', { id })).toMatchObject({ id, status: 'succeeded' })
    expect(asked).toHaveLength(1)
  })

  it('checks what the user typed, blames its fields and repeats no secret', async () => {
    const id = randomUUID()
    const config = { account: 'a', password: 'wrong' }
    const body = { id, workspace_id: workspaceId, actor_definition_id: scriptedDefinitionId, config }
    await post(engine, 'commands/run/check', body)
    await reached(engine, id, 'completed')
    const output = await post(engine, 'commands/output/check', { id, with_logs: true })
    expect(output).toMatchObject({
      status: 'failed',
      message: '********** is no password.',
      opsaiFields: [['password']],
      failureReason: { failureType: 'config_error' },
      connectorConfigurationUpdated: false,
      logs: { logType: 'formatted' },
    })
    const command = await post(engine, 'commands/get', { id })
    expect(command).toMatchObject({ id, command_type: 'check', workspace_id: workspaceId })
    expect(JSON.parse(String(command.command_input))).toMatchObject({ config: { password: '**********' } })
    const rows = await connectTo(engine.databaseUrl)('SELECT t::text, sealed_input FROM airbyte_engine.command t')
    expect(JSON.stringify(rows)).not.toContain('"wrong"')
    expect(rows.every((row) => row.sealed_input === null)).toBe(true)
  })

  it('checks an edit with the secrets its masks stand for', async () => {
    asked.length = 0
    const id = randomUUID()
    const config = { account: 'b', password: '**********' }
    await post(engine, 'commands/run/check', { id, actor_id: sourceId, config })
    await reached(engine, id, 'completed')
    expect(asked).toEqual([{ account: 'b', password: 'stored-secret' }])
    expect((await engine.airbyte.sources.get(sourceId)).configuration).toMatchObject({ account: 'a' })
  })

  it('says of a configuration that does not fit that the check failed', async () => {
    const id = randomUUID()
    const body = { id, workspace_id: workspaceId, actor_definition_id: scriptedDefinitionId, config: {} }
    await post(engine, 'commands/run/check', body)
    await reached(engine, id, 'completed')
    const output = await post(engine, 'commands/output/check', { id })
    expect(output).toMatchObject({ status: 'failed', message: expect.stringContaining('account') })
  })

  it('discovers a source’s streams, under a catalog id that stays while they stay', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    for (const id of [one, two]) {
      await post(engine, 'commands/run/discover', { id, actor_id: sourceId })
      await reached(engine, id, 'completed')
    }
    const output = await post(engine, 'commands/output/discover', { id: one })
    expect(output).toMatchObject({ status: 'succeeded', catalog: { streams: [{ stream: { name: 'numbers' } }] } })
    expect((await post(engine, 'commands/output/discover', { id: two })).catalogId).toBe(output.catalogId)
  })

  it('tells a spec in the protocol’s own words', async () => {
    const id = randomUUID()
    const body = { id, workspace_id: workspaceId, docker_image: 'airbyte/source-scripted', docker_image_tag: '1.0.0' }
    await post(engine, 'commands/run/spec', body)
    await reached(engine, id, 'completed')
    expect(await post(engine, 'commands/output/spec', { id })).toMatchObject({
      status: 'succeeded',
      spec: { connectionSpecification: { required: ['account'] }, advanced_auth: { auth_flow_type: 'oauth2.0' } },
    })
  })

  it('trap 19: an id that is nobody’s is 403, with a problem', async () => {
    const [id, nobody] = [randomUUID(), randomUUID()]
    const definition = { actor_definition_id: scriptedDefinitionId, config: { account: 'a' } }
    const requests: [string, object][] = [
      ['status', { id }],
      ['get', { id }],
      ['cancel', { id }],
      ['output/check', { id }],
      ['output/discover', { id }],
      ['run/check', { id, actor_id: nobody }],
      ['run/check', { id, workspace_id: nobody, ...definition }],
      ['run/discover', { id, actor_id: nobody }],
      ['run/spec', { id, workspace_id: nobody, docker_image_tag: '1' }],
      ['run/replicate', { id, connection_id: nobody, job_id: '1', attempt_number: 0 }],
    ]
    for (const [path, body] of requests) {
      expect(await post(engine, `commands/${path}`, body, 403)).toMatchObject({ title: 'forbidden' })
    }
  })

  it('is forgotten after a day', async () => {
    const id = randomUUID()
    await post(engine, 'commands/run/check', { id, actor_id: sourceId })
    await reached(engine, id, 'completed')
    const query = connectTo(engine.databaseUrl)
    await query(`UPDATE airbyte_engine.command SET created_at = now() - interval '25 hours' WHERE command_id = $1`, [
      id,
    ])
    const another = await startTestEngine({ databaseUrl: engine.databaseUrl })
    await until(async () => (await engine.send('POST', '/api/v1/commands/status', { id })).status === 403)
    await another.close()
  })
})

it('trap 19: before its end a command has no status in its output', async () => {
  const gate = createGate()
  const check = () => gate.opened.then(() => ({ status: 'succeeded' as const }))
  const engine = await startEngine({ check })
  const { sourceId } = await makeSource(engine)
  const id = randomUUID()
  await post(engine, 'commands/run/check', { id, actor_id: sourceId })
  await reached(engine, id, 'running')
  expect(await post(engine, 'commands/output/check', { id })).toEqual({ id })
  gate.open()
  await reached(engine, id, 'completed')
  expect(await post(engine, 'commands/output/check', { id })).toMatchObject({ status: 'succeeded' })
})

it('cancelled, it stops its connector at once', async () => {
  let stopped = 0
  const check: Script['check'] = (config, context) => {
    context.signal.addEventListener('abort', () => (stopped += 1), { once: true })
    return waitForEver(config, context)
  }
  const engine = await startEngine({ check }, { pollMs: 60_000 })
  const { sourceId } = await makeSource(engine)
  const id = randomUUID()
  await post(engine, 'commands/run/check', { id, actor_id: sourceId })
  await reached(engine, id, 'running')
  await post(engine, 'commands/cancel', { id })
  expect(await post(engine, 'commands/status', { id })).toEqual({ id, status: 'cancelled' })
  await until(() => Promise.resolve(stopped === 1))
  expect(await post(engine, 'commands/output/check', { id })).toMatchObject({
    status: 'failed',
    failureReason: { failureType: 'manual_cancellation' },
  })
})

it('cancelled over another engine, it stops there too', async () => {
  let stopped = 0
  const check: Script['check'] = (config, context) => {
    context.signal.addEventListener('abort', () => (stopped += 1), { once: true })
    return waitForEver(config, context)
  }
  const worker = await startEngine({ check })
  const { sourceId } = await makeSource(worker)
  const id = randomUUID()
  await post(worker, 'commands/run/check', { id, actor_id: sourceId })
  await reached(worker, id, 'running')
  const other = await startEngine({ check }, { databaseUrl: worker.databaseUrl })
  await post(other, 'commands/cancel', { id })
  await until(() => Promise.resolve(stopped === 1))
})

it('is begun again by the next engine when its own stops or dies, and given up when it takes engines with it', async () => {
  const first = await startTestEngine({ connectors: [createScriptedConnector({ check: waitForEver })] })
  const { sourceId } = await makeSource(first)
  const [id, deadly] = [randomUUID(), randomUUID()]
  for (const it of [id, deadly]) await post(first, 'commands/run/check', { id: it, actor_id: sourceId })
  await reached(first, id, 'running')
  await reached(first, deadly, 'running')
  await first.close()
  const { databaseUrl } = first
  await connectTo(databaseUrl)('UPDATE airbyte_engine.command SET starts = 3 WHERE command_id = $1', [deadly])

  const second = await startEngine({}, { databaseUrl, encryptionKey: testKey })
  await reached(second, id, 'completed')
  expect(await post(second, 'commands/output/check', { id })).toMatchObject({ status: 'succeeded' })
  await reached(second, deadly, 'completed')
  expect(await post(second, 'commands/output/check', { id: deadly })).toMatchObject({
    status: 'failed',
    failureReason: { failureType: 'system_error' },
  })
})
