// What the matrix stands on: nothing is changed where no fault is armed, and a fault befalls exactly what it is aimed at.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allFaults, findFault } from './all-faults.js'
import { type FaultServer, startFaultServer } from './fault-server.js'
import { startStubAirbyte } from './stub-airbyte.js'

let airbyte: Awaited<ReturnType<typeof startStubAirbyte>>
let faults: FaultServer
beforeAll(async () => {
  airbyte = await startStubAirbyte()
  faults = await startFaultServer(airbyte.url)
})
afterAll(async () => {
  await faults?.close()
  await airbyte?.close()
})

const path = '/api/public/v1/jobs/7'
const ask = () => faults.fetch(new Request(faults.url + path))
const statuses = async (count: number) => {
  const seen: number[] = []
  for (let at = 0; at < count; at += 1) seen.push((await ask()).status)
  return seen
}

test('with nothing armed an answer comes through as it is', async () => {
  const [through, direct] = await Promise.all([ask(), fetch(airbyte.url + path)])
  expect([through.status, through.headers.get('content-type'), await through.text()]).toEqual([
    direct.status,
    direct.headers.get('content-type'),
    await direct.text(),
  ])
})

test('a fault befalls the requests it is aimed at: after so many, so often, and no others', async () => {
  const fault = findFault('502 page')
  faults.arm({ fault, match: (asked) => asked.path === path, skip: 1, times: 2 })
  expect(await statuses(4)).toEqual([200, 502, 502, 200])
  faults.arm({ fault, match: ({ method }) => method === 'POST' })
  expect(await statuses(1)).toEqual([200])
  faults.arm({ fault, match: () => true })
  expect(await statuses(2)).toEqual([502, 502])
  faults.lift()
  expect(await statuses(1)).toEqual([200])
})

test('it tells whether Airbyte did what was asked', async () => {
  const committed = async (name: string) => {
    faults.arm({ fault: findFault(name), match: () => true })
    await ask().catch(() => undefined)
    faults.lift()
    return faults.seen.at(-1)
  }
  expect(await committed('500 empty')).toMatchObject({ fault: '500 empty', committed: 0 })
  expect(await committed('refused')).toMatchObject({ fault: 'refused', committed: 0 })
  expect(await committed('answer lost after commit')).toMatchObject({ committed: 1 })
  expect(await committed('delivered twice')).toMatchObject({ committed: 2 })
})

test('a listener that never accepts lets the dialling hang', async () => {
  faults.arm({ fault: findFault('never accepted'), match: () => true })
  const outcome = await Promise.race([
    ask().then(
      () => 'answered',
      () => 'refused',
    ),
    new Promise((resolve) => setTimeout(resolve, 700, 'hangs')),
  ])
  faults.lift()
  expect(outcome).toBe('hangs')
})

test('every fault has a name of its own', () => {
  expect(new Set(allFaults.map(({ name }) => name)).size).toBe(allFaults.length)
  expect(allFaults.length).toBeGreaterThanOrEqual(28)
})
