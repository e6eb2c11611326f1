// The trail: everything that changes something is in it, and what is done to it is found.
import { type AnyRoute, type RouteName, routes } from '@opsai/contract'
import type { AuditVerification } from '@opsai/contract'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createServer } from '../index.js'
import { askConsent, comeBack, openPopup, signInAtAcme } from '../test/acme-browser.js'
import { type AppWorld, createAppWorld } from '../test/app-world.js'
import { hostOrigin, query } from '../test/world.js'

let world: AppWorld
beforeAll(async () => {
  world = await createAppWorld()
})
afterAll(() => world.close())

const verify = async () => (await (await world.call('verifyAudit')).json()) as AuditVerification
const tamper = (sql: string) =>
  query(
    world.database,
    `ALTER TABLE opsai.audit DISABLE TRIGGER USER; ${sql}; ALTER TABLE opsai.audit ENABLE TRIGGER USER`,
  )

describe('every route that changes something writes down who did it', () => {
  /** What each route is to leave behind; a route that only reads says so. A new route has to say, too. */
  const leaves: Record<RouteName, string | 'reads'> = {
    getHealth: 'reads',
    getOpenApi: 'reads',
    createSession: 'session_created',
    putTenant: 'tenant_provisioned',
    listTenants: 'reads',
    getTenant: 'reads',
    rotateTenant: 'tenant_rotated',
    deleteTenant: 'tenant_deleted',
    getTenantEnv: 'env_read',
    revokeSessions: 'sessions_revoked',
    createReconnectLink: 'reconnect_link_created',
    createApp: 'app_requested',
    getApp: 'reads',
    deleteApp: 'app_removed',
    verifyAudit: 'reads',
    listDeadWebhooks: 'reads',
    resendWebhook: 'webhook_resent',
    receiveNotification: 'reads',
    listConnectors: 'reads',
    getConnectorSpec: 'reads',
    getConnectorDocumentation: 'reads',
    getRecommendations: 'reads',
    createSource: 'source_created',
    testSource: 'reads',
    sampleSource: 'reads',
    getSource: 'reads',
    updateSource: 'source_updated',
    deleteSource: 'source_deleted',
    signInAgain: 'sign_in_started',
    listConnectedSources: 'reads',
    listConnections: 'reads',
    createConnection: 'connection_created',
    estimateConnection: 'reads',
    getConnection: 'reads',
    getConnectionUsage: 'reads',
    updateConnection: 'connection_updated',
    deleteConnection: 'connection_deleted',
    syncConnection: 'sync_started',
    getJob: 'reads',
    streamJob: 'reads',
    cancelJob: 'sync_cancelled',
    startFlow: 'sign_in_started',
    openFlow: 'reads',
    openReconnectLink: 'reads',
    useReconnectLink: 'sign_in_started',
    listFlows: 'reads',
    getFlow: 'reads',
    streamFlow: 'reads',
    confirmFlow: 'sign_in_confirmed',
    cancelFlow: 'sign_in_cancelled',
    finishFlow: 'sign_in_ended',
    finishAppFlow: 'sign_in_returned',
  }

  test('and no route that writes is said to read', () => {
    const writing = (Object.keys(routes) as RouteName[]).filter((name) => (routes[name] as AnyRoute).method !== 'GET')
    const asking: RouteName[] = [
      'getRecommendations',
      'testSource',
      'sampleSource',
      'estimateConnection',
      'receiveNotification',
    ]
    expect(writing.filter((name) => leaves[name] === 'reads').sort()).toEqual(asking.sort())
  })

  test('a whole life of a tenant leaves all of it, with its user and page', async () => {
    const token = await world.newSession('acme')
    const headers = { origin: hostOrigin }
    const ask = async <T>(name: RouteName, parts: object = {}) => {
      const answer = await world.call(name, { token, headers, ...parts })
      expect(answer.status, `${name}: ${await answer.clone().text()}`).toBeLessThan(400)
      return (await answer.json()) as T
    }
    await world.call('putTenant', { params: { tenantId: 'acme' } })
    await world.call('rotateTenant', { params: { tenantId: 'acme' }, body: {} })
    await world.call('getTenantEnv', { params: { tenantId: 'acme' } })
    const { sourceId } = await ask<{ sourceId: string }>('createSource', {
      body: { tenantId: 'acme', sourceType: 'sample-data', name: 'A', configuration: { count: 20_000_000 } },
    })
    await ask('updateSource', { params: { sourceId }, body: { name: 'B' } })
    const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
    const { connectionId } = await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } })
    await ask('updateConnection', { params: { connectionId }, body: { name: 'C' } })
    const { jobId } = await ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })
    await ask('cancelJob', { params: { jobId }, body: {} })
    await ask('deleteConnection', { params: { connectionId } })
    await ask('deleteSource', { params: { sourceId } })
    const signedIn = await signIn(token)
    await world.call('createReconnectLink', {
      params: { tenantId: 'acme' },
      body: { sourceId: signedIn, userId: 'ada' },
    })
    await cancelSignIn(token)
    await leaveSignIn(token)
    await query(
      world.database,
      `INSERT INTO opsai.webhook_events (event_id, tenant_id, type, data, status)
       VALUES ('evt_${'0'.repeat(32)}', 'acme', 'source.connected', '{}', 'dead')`,
    )
    await world.call('resendWebhook', { params: { eventId: `evt_${'0'.repeat(32)}` }, body: {} })
    await world.call('revokeSessions', { params: { tenantId: 'acme' } })
    await world.ask('acme')
    await world.call('deleteApp', { params: { tenantId: 'acme' } })
    await world.call('deleteTenant', { params: { tenantId: 'acme' } })

    const rows = await query<{ action: string; user_id: string | null; origin: string | null; flow_id: string | null }>(
      world.database,
      'SELECT action, user_id, origin, flow_id FROM opsai.audit',
    )
    const found = new Set(rows.map(({ action }) => action))
    const wanted = [...new Set(Object.values(leaves))].filter((action) => action !== 'reads')
    expect(wanted.filter((action) => !found.has(action))).toEqual([])
    for (const action of ['source_updated', 'connection_deleted', 'sync_started'])
      expect(rows.find((row) => row.action === action)).toMatchObject({ user_id: 'ada', origin: hostOrigin })
    const bySignIn = rows.filter((row) => row.action === 'source_created' && row.flow_id)
    expect(bySignIn).toMatchObject([{ user_id: 'ada' }])
  })

  async function signIn(token: string) {
    const flowId = randomBytes(16).toString('base64url')
    const { nonce } = await signInAtAcme(world, { sessionToken: token, flowId, sourceType: 'acme-crm' })
    await world.call('confirmFlow', { token, params: { flowId }, body: { nonce } })
    const read = async () =>
      (await (await world.call('getFlow', { token, params: { flowId } })).json()) as {
        status: string
        sourceId: string
      }
    await expect.poll(async () => (await read()).status, { timeout: 15_000 }).toBe('completed')
    return (await read()).sourceId
  }
  async function cancelSignIn(token: string) {
    const flowId = randomBytes(16).toString('base64url')
    await openPopup(world, { sessionToken: token, flowId, sourceType: 'acme-crm' })
    await world.call('cancelFlow', { token, params: { flowId }, body: {} })
  }
  /** Comes back from the provider with a refusal. */
  async function leaveSignIn(token: string) {
    const flowId = randomBytes(16).toString('base64url')
    const { cookie } = await openPopup(world, { sessionToken: token, flowId, sourceType: 'acme-crm' })
    const { consentUrl } = (await (await askConsent(world, flowId, cookie)).json()) as { consentUrl: string }
    await comeBack(world, await answerAtAcmeCrm(consentUrl, 'Deny'), cookie)
  }
})

describe('what is done to the trail is found and named', () => {
  beforeEach(async () => {
    await query(world.database, 'TRUNCATE opsai.audit_seals')
  })
  const entry = async (tenantId: string, position: number) => {
    const [row] = await query<{ entry: string }>(
      world.database,
      `SELECT entry FROM opsai.audit WHERE chain = '${tenantId}' AND position = ${position}`,
    )
    return row?.entry ?? ''
  }
  const fill = async (tenantId: string) => {
    await query(
      world.database,
      `INSERT INTO opsai.audit (tenant_id, action, subject) SELECT '${tenantId}', 'source_updated', n::text FROM generate_series(1, 6) n`,
    )
  }

  test('nothing, where nothing was done', async () => {
    await fill('calm')
    const { entries, faults } = await verify()
    expect(faults).toEqual([])
    expect(entries).toBeGreaterThan(6)
  })

  test('an altered entry', async () => {
    await fill('altered')
    await tamper(`UPDATE opsai.audit SET user_id = 'somebody else' WHERE chain = 'altered' AND position = 3`)
    expect((await verify()).faults.filter(({ tenantId }) => tenantId === 'altered')).toEqual([
      { tenantId: 'altered', position: 3, entry: await entry('altered', 3), fault: 'altered' },
    ])
  })

  test('an altered entry that was given a hash to match', async () => {
    await fill('rehashed')
    await tamper(`UPDATE opsai.audit SET action = 'x' WHERE chain = 'rehashed' AND position = 4;
      UPDATE opsai.audit a SET hash = opsai.hash_audit(a) WHERE chain = 'rehashed' AND position = 4`)
    expect((await verify()).faults.filter(({ tenantId }) => tenantId === 'rehashed')).toEqual([
      { tenantId: 'rehashed', position: 4, entry: await entry('rehashed', 4), fault: 'altered' },
    ])
  })

  test('a deleted entry, at the beginning, in the middle and at the end', async () => {
    await fill('deleted')
    await tamper(`DELETE FROM opsai.audit WHERE chain = 'deleted' AND position IN (1, 4, 6)`)
    const faults = (await verify()).faults.filter(({ tenantId }) => tenantId === 'deleted')
    expect(faults).toEqual([1, 4, 6].map((position) => ({ tenantId: 'deleted', position, fault: 'deleted' })))
  })

  test("a tenant's whole trail", async () => {
    await fill('vanished')
    await tamper(
      `DELETE FROM opsai.audit WHERE chain = 'vanished'; DELETE FROM opsai.audit_heads WHERE chain = 'vanished'`,
    )
    expect((await verify()).faults.filter(({ tenantId }) => tenantId === 'vanished')).toEqual([
      { tenantId: 'vanished', position: 1, fault: 'deleted' },
    ])
  })

  test('a trail written anew as a whole, once it was sealed; and it is never sealed again', async () => {
    await fill('forged')
    await world.restart()
    const sealed = () =>
      query<{ position: string }>(world.database, `SELECT position FROM opsai.audit_seals WHERE chain = 'forged'`)
    await expect.poll(sealed, { timeout: 10_000 }).toEqual([{ position: '6' }])
    await tamper(`UPDATE opsai.audit SET action = 'nothing_happened' WHERE chain = 'forged' AND position = 2;
      DO $$ DECLARE last bytea := ''; one opsai.audit; BEGIN
        FOR one IN SELECT * FROM opsai.audit WHERE chain = 'forged' ORDER BY position LOOP
          UPDATE opsai.audit SET before = last WHERE entry = one.entry;
          UPDATE opsai.audit a SET hash = opsai.hash_audit(a) WHERE entry = one.entry RETURNING hash INTO last;
        END LOOP;
        UPDATE opsai.audit_heads SET hash = last WHERE chain = 'forged';
      END $$`)
    await fill('forged')
    const mine = async () => (await verify()).faults.filter(({ tenantId }) => tenantId === 'forged')
    const expected = [{ tenantId: 'forged', position: 6, entry: await entry('forged', 6), fault: 'replaced' }]
    expect(await mine()).toEqual(expected)
    await world.restart()
    await expect.poll(() => world.logLines.join(''), { timeout: 10_000 }).toContain('the audit trail was changed')
    expect(await sealed()).toEqual([{ position: '6' }])
    expect(await mine()).toEqual(expected)
  })

  test('it refuses to be changed by whoever does not switch that off', async () => {
    await expect(query(world.database, 'DELETE FROM opsai.audit')).rejects.toThrow('append-only')
    await expect(query(world.database, `UPDATE opsai.audit SET action = 'x'`)).rejects.toThrow('append-only')
    await expect(query(world.database, 'TRUNCATE opsai.audit')).rejects.toThrow('append-only')
  })
})

test('two proxies that write at once write one trail, without gaps', async () => {
  const other = await createServer(world.options)
  const mint = (index: number) => {
    const body = { tenantId: `busy-${index % 3}`, userId: 'a', origins: [hostOrigin] }
    if (index % 2 === 0) return world.call('createSession', { body })
    return other.fetch(
      new Request('http://app.test/api/airbyte/sessions', {
        method: 'POST',
        headers: { authorization: `Bearer ${world.hostKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  }
  const answers = await Promise.all(Array.from({ length: 120 }, (_, index) => mint(index)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  await other.close()
  expect((await verify()).faults.filter(({ tenantId }) => tenantId.startsWith('busy'))).toEqual([])
})
