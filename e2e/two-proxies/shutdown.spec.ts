// A deployment ends a proxy while people use it: nobody who was being served notices.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSession } from '../proxy-api.js'
import { endProcess, startTwoProxies, type TwoProxies } from './two-proxies.js'

const rounds = process.env.OPSAI_PROVE === '1' ? 20 : 3
const perSecond = 50

let two: TwoProxies
beforeAll(async () => {
  two = await startTwoProxies()
})
afterAll(() => two.close())

it('finishes what it has begun under load, and is gone within ten seconds', async () => {
  const { token, api } = await openSession(two.a.url, two.hostKey, 'busy')
  const body = { tenantId: 'busy', sourceType: 'sample-data', name: 'Demo', configuration: { count: 5 } }
  const source = await api('createSource', { body })
  if (!('sourceId' in source)) throw new Error('a sign-in was asked for')
  const totals = { served: 0, turnedAway: 0, refused: 0, failed: 0, slowestExitMs: 0 }
  for (let round = 0; round < rounds; round++) {
    const proxy = await two.startProxy()
    const url = `${proxy.url}/api/airbyte/sources/${source.sourceId}`
    let signalled = false
    const asked: Promise<Outcome>[] = []
    const timer = setInterval(() => asked.push(ask(url, token, signalled)), 1000 / perSecond)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    signalled = true
    const began = performance.now()
    await endProcess(proxy.child)
    totals.slowestExitMs = Math.max(totals.slowestExitMs, Math.round(performance.now() - began))
    clearInterval(timer)
    for (const outcome of await Promise.all(asked)) totals[outcome]++
  }
  console.log(`shutdown under ${perSecond} requests/s, ${rounds} rounds:`, totals)
  expect(totals.failed).toBe(0)
  expect(totals.served).toBeGreaterThan(rounds * 10)
  expect(totals.slowestExitMs).toBeLessThan(10_000)
})

type Outcome = 'served' | 'turnedAway' | 'refused' | 'failed'

/** What was asked before the signal is answered, if only with "ask another one"; later, the door may be shut. */
async function ask(url: string, token: string, signalled: boolean): Promise<Outcome> {
  try {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    await answer.text()
    if (answer.status === 200) return 'served'
    return answer.status === 503 && answer.headers.has('retry-after') ? 'turnedAway' : 'failed'
  } catch {
    return signalled ? 'refused' : 'failed'
  }
}
