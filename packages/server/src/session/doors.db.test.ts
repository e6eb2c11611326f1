// Who gets in, from where, and what they may send.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, hostOrigin, publicUrl, query, type World } from '../test/world.js'

let world: World
let token: string
beforeAll(async () => {
  world = await createWorld()
  token = await world.newSession('acme')
})
afterAll(() => world.close())

const list = (headers: Record<string, string> = {}, as: string | undefined = token) =>
  world.call('listConnectedSources', { ...(as && { token: as }), headers })
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

describe('a session token', () => {
  test('stands in the database only as its hash', async () => {
    const rows = await query<{ text: string }>(world.database, 'SELECT t::text AS text FROM opsai.sessions t')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'))
    expect(token).toMatch(/^aips_[\w-]{43}$/)
  })

  test('is refused in a URL, whatever it is called there', async () => {
    for (const name of ['token', 'access_token', 'x']) {
      const answer = await world.call('listConnectedSources', { token, query: { [name]: token } })
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid_request'])
    }
  })

  test('ends after at most 15 minutes, and says so to the page it was for', async () => {
    await world.restart({ now: () => new Date(Date.now() + 901_000) })
    const answer = await list({ origin: hostOrigin })
    expect(answer.status).toBe(401)
    await world.restart()
    expect(answer.headers.get('access-control-allow-origin')).toBe(hostOrigin)
    expect(await codeOf(answer)).toBe('session_expired')
    expect(
      (
        await world.call('createSession', {
          body: { tenantId: 'acme', userId: 'a', origins: [hostOrigin], ttlSeconds: 901 },
        })
      ).status,
    ).toBe(400)
  })

  test('is not known once its tenant is deleted', async () => {
    const other = await world.newSession('short-lived')
    expect((await list({}, other)).status).toBe(200)
    await world.call('deleteTenant', { params: { tenantId: 'short-lived' } })
    expect([(await list({}, other)).status, (await list({}, 'aips_unknown')).status]).toEqual([401, 401])
  })
})

describe('pages', () => {
  test("of the token's origins read answers, without credentials", async () => {
    const answer = await list({ origin: hostOrigin })
    expect(answer.headers.get('access-control-allow-origin')).toBe(hostOrigin)
    expect(answer.headers.get('vary')).toContain('Origin')
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
  })

  test('of other origins do not, even with a token', async () => {
    await world.newSession('evil-corp', 'e', ['http://evil.test'])
    const answer = await list({ origin: 'http://evil.test' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
    expect(await codeOf(answer)).toBe('origin_not_allowed')
  })

  test('ask first, and only those some live session is for are told yes', async () => {
    const preflight = (origin: string) =>
      world.send(
        new Request(`${publicUrl}/api/airbyte/sources`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'GET' },
        }),
      )
    const yes = await preflight(hostOrigin)
    expect([yes.status, yes.headers.get('access-control-allow-origin')]).toEqual([204, hostOrigin])
    expect(yes.headers.get('access-control-max-age')).toBe('600')
    const no = await preflight('http://stranger.test')
    expect([no.status, no.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })
})

describe('bodies', () => {
  const create = (body: unknown, headers: Record<string, string> = {}) =>
    world.call('createSource', { token, body, headers })
  const valid = { tenantId: 'acme', sourceType: 'sample-data', name: 'x', configuration: { count: 1 } }

  test('that a simple form could send are refused', async () => {
    expect((await create(valid, { 'content-type': 'text/plain' })).status).toBe(415)
  })

  test('with keys we do not know are refused, each named', async () => {
    for (const key of ['workspaceId', 'definitionId', 'secretId', 'tenant_id', 'resourceAllocation']) {
      const answer = await create({ ...valid, [key]: 'x' })
      expect(answer.status, key).toBe(400)
      expect(await answer.json()).toMatchObject({ fieldErrors: [{ path: [key], code: 'unknown' }] })
    }
  })

  test('that refer to stored secrets are refused at any depth', async () => {
    for (const inner of [
      { _secret: 'x' },
      { _secret_reference_id: 'x' },
      'secret_coordinate::x',
      ['ＳECRET_COORDINATE::x'],
    ]) {
      const answer = await create({ ...valid, configuration: { a: [{ b: inner }] } })
      expect(answer.status, JSON.stringify(inner)).toBe(400)
      expect(await answer.json()).toMatchObject({ fieldErrors: [{ code: 'forbidden' }] })
    }
  })

  test('nor does a reference pass on any other way a configuration comes in', async () => {
    const configuration = { a: { _secret: 'x' } }
    const { sourceId } = (await (await create(valid)).json()) as { sourceId: string }
    const said = 'may not refer to a stored secret'
    const tested = await world.call('testSource', { token, body: { sourceType: 'sample-data', configuration } })
    expect([tested.status, await tested.text()]).toEqual([400, expect.stringContaining(said)])
    const edited = await world.call('updateSource', { token, params: { sourceId }, body: { configuration } })
    expect([edited.status, await edited.text()]).toEqual([400, expect.stringContaining(said)])
    const signIn = (given: object) =>
      world.call('startFlow', {
        headers: { origin: hostOrigin },
        body: {
          sessionToken: token,
          flowId: randomBytes(16).toString('base64url'),
          sourceType: 'acme-crm',
          configuration: JSON.stringify(given),
        },
      })
    expect((await signIn(configuration)).status).toBe(400)
    expect((await signIn({})).status).toBe(200)
  })

  test('that would reach a prototype, are too deep or too large are refused', async () => {
    const raw = (body: string) =>
      world.send(
        new Request(`${publicUrl}/api/airbyte/sources/create`, {
          method: 'POST',
          body,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        }),
      )
    expect((await raw('{"configuration":{"__proto__":{"polluted":1}}}')).status).toBe(400)
    expect((await raw(`${'['.repeat(70)}${']'.repeat(70)}`)).status).toBe(400)
    expect((await raw(`"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413)
    expect((await raw('{')).status).toBe(400)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('a repeated request', () => {
  const create = (name: string, key: string) =>
    world.call('createSource', {
      token,
      body: { tenantId: 'acme', sourceType: 'sample-data', name, configuration: { count: 1 } },
      headers: { 'idempotency-key': key },
    })

  test('gets the same answer', async () => {
    const key = randomUUID()
    const first = await create('once', key)
    const second = await create('once', key)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(await second.json()).toEqual(await first.json())
  })

  test('with other contents is refused', async () => {
    const key = randomUUID()
    await create('one', key)
    const answer = await create('another', key)
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'idempotency_mismatch'])
  })

  test('a hundred times at once has one effect', async () => {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 100 }, () => create('hundred', key)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(1)
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([])
    const { sources } = (await (await list()).json()) as { sources: { name: string }[] }
    expect(sources.filter(({ name }) => name === 'hundred')).toHaveLength(1)
  })

  test('of another user is another request', async () => {
    const key = randomUUID()
    await create('mine', key)
    const other = await world.newSession('acme', 'somebody else')
    const body = { tenantId: 'acme', sourceType: 'sample-data', name: 'theirs', configuration: { count: 1 } }
    const answer = await world.call('createSource', { token: other, body, headers: { 'idempotency-key': key } })
    expect(await answer.json()).toMatchObject({ name: 'theirs' })
  })

  test('for a session gets the same token, which the database does not hold readable', async () => {
    const key = randomUUID()
    const mint = async () => {
      const body = { tenantId: 'acme', userId: 'ada', origins: [hostOrigin] }
      return (
        (await (await world.call('createSession', { body, headers: { 'idempotency-key': key } })).json()) as {
          token: string
        }
      ).token
    }
    const first = await mint()
    expect(await mint()).toBe(first)
    const rows = await query<{ text: string }>(
      world.database,
      `SELECT encode(answer, 'escape') AS text FROM opsai.idempotency WHERE answer IS NOT NULL`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(first)
  })
})

test('the audit trail says who did what, and can not be changed', async () => {
  const rows = await query<{ action: string }>(
    world.database,
    `SELECT DISTINCT action FROM opsai.audit WHERE tenant_id = 'acme'`,
  )
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['tenant_provisioned', 'session_created', 'source_created']),
  )
  await expect(query(world.database, 'DELETE FROM opsai.audit')).rejects.toThrow('append-only')
  await expect(query(world.database, `UPDATE opsai.audit SET action = 'x'`)).rejects.toThrow('append-only')
})

test('twenty tenants, each asked for twice at once, are made once each', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `tenant-${index}`)
  const answers = await Promise.all(
    [...ids, ...ids].map((tenantId) => world.call('putTenant', { params: { tenantId } })),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const workspaces = await Promise.all(
    answers.map(async (answer) => ((await answer.json()) as { workspaceId: string }).workspaceId),
  )
  expect(new Set(workspaces).size).toBe(ids.length)
})
