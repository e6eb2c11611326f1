// Against the id of the stored tokens, which on Cloud travels through the browser: another tenant's must not get in.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAnswerChecker } from '../../.ci/openapi/answer-checker.js'
import { type AttackWorld, type Person, toStart } from './attack-world.js'
import { type CloudAirbyte, createCloudAirbyte } from './cloud-airbyte.js'
import { createPlainBrowser, type PlainBrowser } from './plain-browser.js'
import type { Scoreboard } from './scoreboard.js'

const own = 'https://app.example.test'

interface Cloud {
  airbyte: CloudAirbyte
  newBrowser(): PlainBrowser
}

/** A proxy that works with Cloud, under https, on the same database. */
async function startCloud(world: AttackWorld): Promise<Cloud> {
  const airbyte = createCloudAirbyte(world.engine, createAnswerChecker())
  const proxy = await world.startProxy({
    airbyte: airbyte.airbyte,
    publicUrl: own,
    returnUrls: [`${own}/airbyte-return`],
  })
  const ask = (url: string, init: RequestInit) =>
    url.startsWith(own) ? proxy.fetch(new Request(url, init)) : fetch(url, init)
  return { airbyte, newBrowser: () => createPlainBrowser({ proxy: own, fetch: ask }) }
}

/** As far as Airbyte's answer, which is not opened yet. */
async function goToAirbyte({ airbyte }: Cloud, browser: PlainBrowser, person: Person) {
  const start = toStart(person)
  return { start, callback: await airbyte.callback(await browser.goToProvider(start)) }
}

export function secretAttacks(getWorld: () => AttackWorld, board: Scoreboard): void {
  test("on Cloud another workspace's secret id, however it is written or smuggled in, ends the sign-in", async () => {
    const world = getWorld()
    const cloud = await startCloud(world)
    const [ada, mallory] = [await world.newPerson({ origin: own }), await world.newPerson({ origin: own })]

    // What is right goes through, so that what is not fails for its own reason.
    const honest = cloud.newBrowser()
    const right = await goToAirbyte(cloud, honest, ada)
    const secretId = right.callback.searchParams.get('secret_id') ?? ''
    const workspaceId = right.callback.searchParams.get('workspace_id') ?? ''
    expect(secretId).toMatch(/^airbyte_oauth_workspace_/)
    expect((await honest.open(right.callback)).headers.get('location')).toContain('#c=')

    const victims = await goToAirbyte(cloud, cloud.newBrowser(), ada)
    const stolen = victims.callback.searchParams.get('secret_id') ?? ''
    const before = await world.countSources()
    const bodies: string[] = []
    let successes = 0
    for (const [what, tamper] of Object.entries(tamperings(stolen, workspaceId))) {
      const browser = cloud.newBrowser()
      const { start, callback } = await goToAirbyte(cloud, browser, mallory)
      tamper(callback.searchParams)
      const answer = await browser.open(callback)
      bodies.push(await answer.text(), [...answer.headers].join('\n'))
      const [row] = await world.query<{ status: string; holds: boolean }>(
        'SELECT status, secret IS NOT NULL AS holds FROM opsai.flows WHERE flow_id = $1',
        [start.flowId],
      )
      expect([what, row]).toEqual([what, { status: 'context_mismatch', holds: false }])
      if (answer.headers.has('location')) successes++
    }
    const told = bodies.join('\n') + world.logLines.join('\n')
    expect(told).not.toContain('airbyte_oauth_workspace_')
    expect(told).not.toContain(stolen)
    board.add({
      attack: 'secret_id or workspace_id of another workspace (Cloud)',
      tries: Object.keys(tamperings('', '')).length,
      successes,
      control: 'isOfWorkspace; workspace_id and definition_id in the callback',
    })
    expect([successes, await world.countSources()]).toEqual([0, before])
  })

  test('with a self-managed Airbyte a secret id in the callback is nothing', async () => {
    const world = getWorld()
    const [ada, mallory] = [await world.newPerson(), await world.newPerson()]
    const before = await world.countSources()
    const foreign = `airbyte_oauth_workspace_${await workspaceOf(world, ada)}_secret_${randomUUID()}_v1`
    let successes = 0
    for (const [leaveCode, status] of [
      [false, 'provider_error'],
      [true, 'returned'],
    ] as const) {
      const browser = world.newBrowser()
      const start = toStart(mallory)
      const callback = await browser.goToProvider(start)
      callback.searchParams.set('secret_id', foreign)
      if (!leaveCode) callback.searchParams.delete('code')
      await browser.open(callback)
      const flow = await world.readFlow(mallory, start.flowId)
      if (flow.status !== status) successes++
    }
    board.add({
      attack: 'secret_id in the callback of a self-managed Airbyte',
      tries: 2,
      successes,
      control: 'only the edition Cloud reads secret_id',
    })
    expect([successes, await world.countSources()]).toEqual([0, before])
  })
}

const workspaceOf = async (world: AttackWorld, { tenantId }: Person): Promise<string> => {
  const sql = 'SELECT workspace_id FROM opsai.tenants WHERE tenant_id = $1'
  const [row] = await world.query<{ workspace_id: string }>(sql, [tenantId])
  return row?.workspace_id ?? ''
}

/** What Mallory makes of her own callback. `stolen` is Ada's, unspent. */
const tamperings = (stolen: string, workspaceId: string): Record<string, (query: URLSearchParams) => void> => ({
  'the id': (query) => query.set('secret_id', stolen),
  'the id and its workspace': (query) => {
    query.set('secret_id', stolen)
    query.set('workspace_id', workspaceId)
  },
  'the id, no workspace': (query) => {
    query.set('secret_id', stolen)
    query.delete('workspace_id')
  },
  'the id, in capitals': (query) => query.set('secret_id', stolen.toUpperCase()),
  'the id, after a space': (query) => query.set('secret_id', ` ${stolen}`),
  'the id, beside her own': (query) => query.append('secret_id', stolen),
  'the id, as a coordinate': (query) => query.set('secret_id', `secret_coordinate::${stolen}`),
  'a secret of a source': (query) =>
    query.set('secret_id', `airbyte_workspace_${workspaceId}_secret_${randomUUID()}_v1`),
  'another store’s': (query) => query.set('secret_id', `projects/1/secrets/airbyte_workspace_${workspaceId}/v1`),
  'her workspace in front of the other': (query) =>
    query.set('secret_id', `airbyte_oauth_workspace_${query.get('workspace_id')}_${stolen}`),
  'only the workspace': (query) => query.set('workspace_id', workspaceId),
  'another connector’s answer': (query) => query.set('definition_id', randomUUID()),
})
