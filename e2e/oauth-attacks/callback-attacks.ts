// Against the address a provider sends the browser back to: without the cookie, many times, late, or for somebody else.
import { expect, test } from 'vitest'
import { type AttackWorld, newFlowId, type Person, toStart } from './attack-world.js'
import type { Scoreboard } from './scoreboard.js'

const complete = '/api/v1/source_oauths/complete_oauth'

export function callbackAttacks(getWorld: () => AttackWorld, board: Scoreboard): void {
  test('a callback without the cookie, with one of another flow or of another browser, gets nothing', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const before = await world.countSources()
    const thefts: ((own: Map<string, string>, other: Map<string, string>) => [string, string][])[] = [
      () => [],
      (_own, other) => [...other],
      (own, other) => [...own.keys()].map((name) => [name, [...other.values()][0] ?? '']),
      (own) => [...own.keys()].map((name) => [name, '']),
      (own) => [...own].map(([name, value]) => [`__Host-${name}`, value]),
      (own) => [...own].map(([name, value]) => [name.toUpperCase(), value]),
    ]
    let successes = 0
    for (const steal of thefts) {
      const [victim, other, thief] = [world.newBrowser(), world.newBrowser(), world.newBrowser()]
      await other.goToProvider(toStart(ada))
      const start = toStart(ada)
      const callback = await victim.goToProvider(start)
      for (const [name, value] of steal(victim.cookies, other.cookies)) thief.cookies.set(name, value)
      world.airbyte.asked.length = 0
      const answer = await thief.open(callback)
      expect(await answer.text()).toContain(
        'This sign-in was started somewhere else. For your safety nothing was connected.',
      )
      const late = await victim.open(callback)
      const flow = await world.readFlow(ada, start.flowId)
      if (answer.headers.has('location') || late.headers.has('location')) successes++
      if (flow.status !== 'browser_mismatch' || world.airbyte.asked.includes(complete)) successes++
      expect(await world.auditOf(start.flowId)).toEqual(['sign_in_started', 'sign_in_ended browser_mismatch'])
    }
    board.add({
      attack: 'callback without the cookie, with another flow’s, with another browser’s',
      tries: thefts.length,
      successes,
      control: 'holdsCookie in the callback',
    })
    expect([successes, await world.countSources()]).toEqual([0, before])
  })

  test('of 50 callbacks at once one counts, 49 hear that the link was used, and there is one source', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const before = await world.countSources()
    const browser = world.newBrowser()
    const start = toStart(ada)
    const callback = await browser.goToProvider(start)
    world.airbyte.asked.length = 0
    const answers = await Promise.all(Array.from({ length: 50 }, () => browser.open(callback)))
    const winners = answers.filter(({ status }) => status === 303)
    const texts = await Promise.all(
      answers.filter((answer) => !winners.includes(answer)).map((answer) => answer.text()),
    )
    expect(winners).toHaveLength(1)
    expect(texts.filter((text) => text.includes('This sign-in link was already used.'))).toHaveLength(49)
    expect(world.airbyte.asked.filter((path) => path === complete)).toHaveLength(1)

    const nonce = new URL(winners[0]?.headers.get('location') ?? '').hash.replace('#c=', '')
    const confirms = await Promise.allSettled(
      Array.from({ length: 50 }, () => ada.api('confirmFlow', { params: { flowId: start.flowId }, body: { nonce } })),
    )
    expect(confirms.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    expect(await world.waitForEnd(ada, start.flowId)).toMatchObject({ status: 'completed' })
    const audit = await world.auditOf(start.flowId)
    expect(audit.filter((action) => action === 'sign_in_confirmed')).toHaveLength(1)
    const after = await world.countSources()
    board.add({
      attack: '50 callbacks at once: more than one',
      tries: 50,
      successes: winners.length - 1,
      control: 'consumeFlow: one UPDATE where status is authorizing',
    })
    board.add({
      attack: '50 confirmations at once: a second source',
      tries: 50,
      successes: after.atAirbyte - before.atAirbyte - 1 + (after.atProxy - before.atProxy - 1),
      control: 'confirmFlow: one UPDATE that spends the nonce',
    })
    expect(after).toEqual({ atProxy: before.atProxy + 1, atAirbyte: before.atAirbyte + 1 })
  })

  test('a state that is used again after the flow has ended, however it ended, brings it back never', async () => {
    const world = getWorld()
    let tries = 0
    let successes = 0
    for (const [status, reach] of Object.entries(ends)) {
      const ada = await world.newPerson()
      const browser = world.newBrowser()
      const start = toStart(ada)
      const callback = await reach({ world, person: ada, browser, start })
      expect(await world.waitForEnd(ada, start.flowId)).toMatchObject({ status })
      const before = await world.countSources()
      world.airbyte.asked.length = 0
      const fresh = new URL(callback)
      fresh.searchParams.set('code', 'another_code')
      const denied = new URL(callback)
      denied.searchParams.set('error', 'access_denied')
      for (const again of [callback, fresh, denied]) {
        tries++
        const answer = await browser.open(again)
        expect(await answer.text()).toContain('Nothing was connected')
        if (answer.headers.has('location')) successes++
      }
      const flow = await world.readFlow(ada, start.flowId)
      if (flow.status !== status || world.airbyte.asked.includes(complete)) successes++
      expect(await world.countSources()).toEqual(before)
    }
    board.add({
      attack: `state used again after each of ${Object.keys(ends).length} ends`,
      tries,
      successes,
      control: 'status in the callback and in consumeFlow; check_flow trigger',
    })
    expect(successes).toBe(0)
  })

  test("Airbyte's own state, a guess or none opens nothing", async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const browser = world.newBrowser()
    const callback = await browser.goToProvider(toStart(ada))
    const ours = callback.searchParams.get('state') ?? ''
    // Airbyte's is 7 letters; the engine's, like ours, is 43.
    const states = [
      'abcdefg',
      '',
      ours.slice(0, -1),
      `${ours}A`,
      ours.toLowerCase(),
      newFlowId().padEnd(43, 'A'),
      '%00',
    ]
    let successes = 0
    world.airbyte.asked.length = 0
    for (const state of states) {
      const guess = new URL(callback)
      guess.searchParams.set('state', state)
      const answer = await browser.open(guess)
      if (answer.headers.has('location') || !(await answer.text()).includes('Nothing was connected')) successes++
    }
    const without = new URL(callback)
    without.searchParams.delete('state')
    if ((await browser.open(without)).headers.has('location')) successes++
    if (world.airbyte.asked.includes(complete)) successes++
    board.add({
      attack: 'Airbyte’s short state, a guess, a part of ours, none',
      tries: states.length + 1,
      successes,
      control: 'a state of 256 bits, found by its hash',
    })
    expect(successes).toBe(0)
  })

  test('the state and the nonce of another tenant are worth nothing to Mallory', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const mallory = await world.newPerson({ userId: 'mallory' })
    const before = await world.countSources()
    const evil = world.newBrowser()
    await evil.goToProvider(toStart(mallory))

    const first = toStart(ada)
    const victim = world.newBrowser()
    const stolen = await evil.open(await victim.goToProvider(first))
    const second = toStart(ada)
    const { nonce } = await world.newBrowser().comeBack(second)
    const third = await mallory
      .api('confirmFlow', { params: { flowId: second.flowId }, body: { nonce } })
      .catch(({ problem }: { problem: { status: number } }) => problem)
    const reads = await Promise.all([first, second].map(({ flowId }) => statusOf(mallory, flowId)))
    const flows = await Promise.all([first, second].map(({ flowId }) => world.readFlow(ada, flowId)))
    expect(third).toMatchObject({ status: 404, code: 'not_found' })
    expect(reads).toEqual([404, 404])
    expect(flows.map(({ status }) => status)).toEqual(['browser_mismatch', 'user_mismatch'])
    expect(await world.auditOf(second.flowId)).toContain('sign_in_refused user_mismatch')
    const after = await world.countSources()
    board.add({
      attack: 'state, nonce or id of a flow of another tenant',
      tries: 4,
      successes: Number(stolen.headers.has('location')) + after.atAirbyte - before.atAirbyte,
      control: 'holdsCookie; tenant and user in confirm; findOwnFlow',
    })
    expect(after).toEqual(before)
  })
}

const statusOf = (person: Person, flowId: string): Promise<number> =>
  person.api('getFlow', { params: { flowId } }).then(
    () => 200,
    ({ problem }: { problem: { status: number } }) => problem.status,
  )

interface Reach {
  world: AttackWorld
  person: Person
  browser: ReturnType<AttackWorld['newBrowser']>
  start: ReturnType<typeof toStart>
}

/** How a flow comes to each of its ends; answers the callback that was, or would have been, its own. */
const ends: Record<string, (reach: Reach) => Promise<URL>> = {
  completed: async ({ person, browser, start }) => {
    const { callback, nonce } = await browser.comeBack(start)
    await person.api('confirmFlow', { params: { flowId: start.flowId }, body: { nonce } })
    return callback
  },
  failed: async ({ world, person, browser, start }) => {
    const { callback, nonce } = await browser.comeBack(start)
    world.acme.control.behave({ decision: 'allow', tokenFault: 'rfc6749', tokenFaultFor: 'refresh_token' })
    await person.api('confirmFlow', { params: { flowId: start.flowId }, body: { nonce } })
    await world.waitForEnd(person, start.flowId)
    world.acme.control.behave({ decision: 'allow' })
    return callback
  },
  denied: ({ browser, start }) => sendBack(browser, start, { error: 'access_denied' }),
  provider_error: ({ browser, start }) => sendBack(browser, start, { error: 'server_error' }),
  context_mismatch: async ({ browser, start }) => {
    const callback = await browser.goToProvider(start)
    await browser.open(`${callback.href}&workspace_id=00000000-0000-4000-8000-000000000000`)
    return callback
  },
  browser_mismatch: async ({ world, browser, start }) => {
    const callback = await browser.goToProvider(start)
    await world.newBrowser().open(callback)
    return callback
  },
  user_mismatch: async ({ world, person, browser, start }) => {
    const { callback, nonce } = await browser.comeBack(start)
    const eve = await world.newPerson({ tenantId: person.tenantId, userId: 'eve' })
    await eve.api('confirmFlow', { params: { flowId: start.flowId }, body: { nonce } }).catch(() => undefined)
    return callback
  },
  cancelled: async ({ person, browser, start }) => {
    const callback = await browser.goToProvider(start)
    await person.api('cancelFlow', { params: { flowId: start.flowId } })
    return callback
  },
  expired: async ({ world, browser, start }) => {
    const callback = await browser.goToProvider(start)
    await world.query(`UPDATE opsai.flows SET expires_at = now() WHERE flow_id = $1`, [start.flowId])
    return callback
  },
}

async function sendBack(
  browser: Reach['browser'],
  start: Reach['start'],
  parameters: Record<string, string>,
): Promise<URL> {
  const callback = await browser.goToProvider(start)
  const refused = new URL(callback)
  for (const [name, value] of Object.entries(parameters)) refused.searchParams.set(name, value)
  await browser.open(refused)
  return callback
}
