// Access tokens of a signed-in source, against an Acme CRM that ends a sign-in whose refresh token comes twice.
import { afterEach, describe, expect, it } from 'vitest'
import { startAcmeWorld, type AcmeWorld } from '../test/acme-world.js'
import { connectTo } from '../test/test-database.js'
import { until } from '../test/test-engine.js'

let world: AcmeWorld
afterEach(() => world?.close())

const signInAgain = { status: 'failed', message: expect.stringContaining('Sign in again') }
const check = (sourceId: string, engine = world.engine) => engine.airbyte.sources.check(sourceId)
const several = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work))
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Tests run in one process, so a request is held up by whoever is told of it. */
const onRequest = (before: (url: string, init: RequestInit) => Promise<RequestInit | void>): typeof fetch => {
  return async (input, init = {}) => await fetch(input, (await before(String(input), init)) ?? init)
}

describe('an access token', () => {
  it('is got once, and used by every operation in every engine until it ends', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    const other = await world.startEngine()
    const answers = await Promise.all([
      ...(await several(5, async () => check(sourceId))),
      ...(await several(5, async () => check(sourceId, other))),
    ])
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill('succeeded'))
    expect(world.seen()).toEqual([1])
  })

  it('is renewed when it is about to end, also in the middle of a sync', async () => {
    world = await startAcmeWorld({ crm: { accessTokenSeconds: 1 } })
    const sourceId = await world.createSource()
    for (let round = 0; round < 3; round += 1) {
      expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
      await pause(1_000)
    }
    expect(world.seen()).toEqual([1, 1, 1])
  })

  it('is stored before anything uses it', async () => {
    let askOther: () => Promise<unknown> = async () => undefined
    const hook = onRequest(async (url) => {
      if (url.includes('/api/v1/')) await askOther()
    })
    world = await startAcmeWorld({ engine: { fetch: hook } })
    const sourceId = await world.createSource()
    const other = await world.startEngine({ fetch })
    askOther = async () => expect(await check(sourceId, other)).toMatchObject({ status: 'succeeded' })
    expect(await check(sourceId)).toMatchObject({
      status: 'succeeded',
      jobInfo: { connectorConfigurationUpdated: true },
    })
    expect(world.seen()).toEqual([1])
  })

  it('that the API refuses is renewed once, and then the sign-in is to blame', async () => {
    let spoilt = 1
    const hook = onRequest(async (url, init) => {
      if (!url.includes('/api/v1/') || spoilt-- <= 0) return
      return { ...init, headers: { ...init.headers, authorization: 'Bearer spoilt' } }
    })
    world = await startAcmeWorld({ engine: { fetch: hook } })
    const sourceId = await world.createSource()
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
    expect(world.seen()).toEqual([1, 1])
    spoilt = 99
    expect(await check(sourceId)).toMatchObject({ ...signInAgain, opsaiFields: [['credentials', 'refresh_token']] })
    expect(world.seen()).toEqual([1, 1, 1])
  })

  it('lies sealed, and none of its source’s is left when that is gone', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    await check(sourceId)
    const query = connectTo(world.engine.databaseUrl)
    const rows = () => query<{ row: string }>('SELECT t::text AS row FROM airbyte_engine.source_token t')
    expect(JSON.stringify(await rows())).not.toContain(Buffer.from('acme_at_').toString('hex'))
    expect(await rows()).toHaveLength(1)
    await world.airbyte.sources.delete(sourceId)
    expect(await rows()).toEqual([])
  })
})

describe('a sign-in that is over', () => {
  it('says so to all, names its field, and asks the provider once', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    await world.airbyte.sources.patch(sourceId, { configuration: { credentials: { refresh_token: 'gone-canary' } } })
    const answers = await several(8, () => check(sourceId))
    for (const answer of answers) {
      expect(answer).toMatchObject({ ...signInAgain, opsaiFields: [['credentials', 'refresh_token']] })
    }
    expect(JSON.stringify(answers)).not.toContain('gone-canary')
    expect(world.seen()).toEqual([1])
    await world.airbyte.sources.patch(sourceId, { secretId: await world.signIn() })
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
  })

  it('is not to blame where the provider does not know the app', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    await world.airbyte.sources.patch(sourceId, { configuration: { credentials: { client_secret: 'wrong' } } })
    expect(await check(sourceId)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('does not know this app'),
      opsaiFields: expect.arrayContaining([['credentials', 'client_secret']]),
    })
  })
})

describe('a renewal', () => {
  it('whose answer is lost is tried again once, and then it is said what happened', async () => {
    const warnings: unknown[] = []
    const logger = { info() {}, error() {}, warn: (facts: object, text: string) => warnings.push({ ...facts, text }) }
    world = await startAcmeWorld({ engine: { logger } })
    const sourceId = await world.createSource()
    world.crm.control.behave({ tokenFault: 'answer_lost', tokenFaultFor: 'refresh_token', tokenFaultTimes: 1 })
    const answers = await several(5, () => check(sourceId))
    for (const { message } of answers) {
      expect(message).toMatch(/answer of Acme CRM to the last renewal of this sign-in was lost.*Sign in again/)
    }
    expect(world.seen()).toEqual([2])
    expect(warnings).toMatchObject([
      { sourceId, text: 'sign-in not renewed', answerLost: true },
      { sourceId, text: 'sign-in not renewed', answerLost: false },
    ])
    await world.airbyte.sources.patch(sourceId, { secretId: await world.signIn() })
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
  })

  it('that never reached the provider costs nothing', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    world.crm.control.behave({ tokenFault: 'connection_cut', tokenFaultFor: 'refresh_token', tokenFaultTimes: 2 })
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
  })

  it('ends where the provider stays ill, and does not blame the user', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    world.crm.control.behave({ tokenFault: 'html_500', tokenFaultFor: 'refresh_token' })
    const answers = await several(4, () => check(sourceId))
    for (const { message } of answers) expect(message).toMatch(/could not renew the sign-in \(HTTP 500\)/)
    expect(world.seen()[0]).toBeLessThanOrEqual(4)
    world.crm.control.reset()
    expect(await until(async () => (await check(sourceId)).status === 'succeeded')).toBe(true)
  })

  it('goes on when nobody waits for it any more', async () => {
    world = await startAcmeWorld({ crm: { behaviour: { refreshDelayMs: 500 } } })
    const sourceId = await world.createSource()
    const nobody = new AbortController()
    const asked = world.engine.fetch(
      new Request('http://engine/api/v1/sources/check_connection', {
        method: 'POST',
        body: JSON.stringify({ sourceId }),
        headers: { 'content-type': 'application/json' },
        signal: nobody.signal,
      }),
    )
    void asked.catch(() => undefined)
    await until(async () => world.seen().length > 0)
    nobody.abort()
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
    expect(world.seen()).toEqual([1])
  })

  it('is waited for by an engine that stops', async () => {
    world = await startAcmeWorld({ crm: { behaviour: { refreshDelayMs: 500 } } })
    const sourceId = await world.createSource()
    const stopping = await world.startEngine()
    void check(sourceId, stopping).catch(() => undefined)
    await until(async () => world.seen().length > 0)
    await stopping.close()
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
    expect(world.seen()).toEqual([1])
  })

  it('of the sign-in before does not undo that somebody signed in again', async () => {
    world = await startAcmeWorld({ crm: { behaviour: { refreshDelayMs: 1_500 } } })
    const sourceId = await world.createSource()
    const secretId = await world.signIn()
    const early = check(sourceId)
    await until(async () => world.seen().length > 0)
    await world.airbyte.sources.patch(sourceId, { secretId })
    expect(await early).toMatchObject({ status: 'succeeded' })
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
    expect(world.seen()).toEqual([1, 1])
  })

  it('that a dead engine began is waited for, and then done', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    await check(sourceId)
    const secretId = await world.signIn()
    const held = Date.now()
    await connectTo(world.engine.databaseUrl)(
      `UPDATE airbyte_engine.source_token SET held_by = gen_random_uuid(), held_until = now() + interval '3 s'`,
    )
    await world.airbyte.sources.patch(sourceId, { secretId })
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
    expect(Date.now() - held).toBeGreaterThan(2_900)
  })

  it('is stored although the database fails for a moment: an answer comes once', async () => {
    world = await startAcmeWorld()
    const sourceId = await world.createSource()
    await connectTo(world.engine.databaseUrl)(`
      CREATE SEQUENCE airbyte_engine.failures;
      CREATE FUNCTION airbyte_engine.fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF nextval('airbyte_engine.failures') <= 2 THEN RAISE 'no space left'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER fail_twice BEFORE UPDATE ON airbyte_engine.source_token FOR EACH ROW
        WHEN (OLD.held_by IS NOT NULL AND NEW.held_by IS NULL) EXECUTE FUNCTION airbyte_engine.fail_twice()`)
    expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
    expect(world.seen()).toEqual([1])
  })

  it('that somebody else has taken over meanwhile stores nothing', async () => {
    world = await startAcmeWorld({ crm: { behaviour: { refreshDelayMs: 1_000 } }, engine: { busyWaitMs: 200 } })
    const sourceId = await world.createSource()
    const early = check(sourceId)
    await until(async () => world.seen().length > 0)
    const query = connectTo(world.engine.databaseUrl)
    const held = `SELECT held_by FROM airbyte_engine.source_token`
    await query(
      `UPDATE airbyte_engine.source_token SET held_by = gen_random_uuid(), held_until = now() + interval '1 h'`,
    )
    const before = await query(held)
    expect((await early).message).toContain('Try again in a moment')
    await pause(1_500)
    expect(await query(held)).toEqual(before)
  })

  it('that takes too long is told as what it is, by every way to ask', async () => {
    world = await startAcmeWorld({ engine: { busyWaitMs: 200 } })
    const sourceId = await world.createSource()
    await check(sourceId)
    await connectTo(world.engine.databaseUrl)(
      `UPDATE airbyte_engine.source_token SET held_by = gen_random_uuid(), held_until = now() + interval '1 h'`,
    )
    await world.airbyte.sources.patch(sourceId, { secretId: await world.signIn() })
    for (const path of ['/api/v1/sources/check_connection', '/api/v1/opsai/sources/sample']) {
      const busy = await world.engine.send('POST', path, { sourceId })
      expect(busy.status).toBe(409)
      expect(await busy.json()).toMatchObject({ data: { message: expect.stringContaining('Try again in a moment') } })
    }
    expect((await check(sourceId)).message).toContain('Try again in a moment')
  })
})

it('a configuration that is not stored is tested with its own tokens', async () => {
  world = await startAcmeWorld()
  const sourceId = await world.createSource()
  await check(sourceId)
  const { workspaceId, definitionId } = world
  const credentials = { auth_type: 'oauth2.0', client_id: 'engine-test', client_secret: 'canary-app-secret' }
  const gone = { credentials: { ...credentials, refresh_token: 'gone' } }
  const unsaved = { workspaceId, definitionId, configuration: gone }
  expect(await world.airbyte.sources.checkConfiguration(unsaved)).toMatchObject(signInAgain)
  const edit = { sourceId, name: 'CRM', connectionConfiguration: gone }
  const edited = await world.engine.send('POST', '/api/v1/sources/check_connection_for_update', edit)
  expect(await edited.json()).toMatchObject({ ...signInAgain, jobInfo: { connectorConfigurationUpdated: false } })
  expect(await check(sourceId)).toMatchObject({ status: 'succeeded' })
})
