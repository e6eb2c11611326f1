import { expect, it } from 'vitest'
import { createGate, startEngine } from '../test/sync-world.js'
import { until } from '../test/test-engine.js'
import { scriptedDefinitionId } from '../test/scripted-connector.js'

it('trap 14: no more than five sources are asked for their streams at a time, and nothing else waits for them', async () => {
  const gate = createGate()
  const now = { asked: 0, most: 0, done: 0 }
  const engine = await startEngine({
    discover: async () => {
      now.asked += 1
      now.most = Math.max(now.most, now.asked)
      await gate.opened
      now.asked -= 1
      now.done += 1
    },
  })
  const { workspaceId } = await engine.airbyte.workspaces.create({ name: 'acme' })
  const ask = (name: string) =>
    engine.send('POST', '/api/v1/scheduler/sources/discover_schema', {
      workspaceId,
      sourceDefinitionId: scriptedDefinitionId,
      connectionConfiguration: { account: name },
    })
  const all = Array.from({ length: 12 }, (_, index) => ask(`source ${index}`))
  await until(() => Promise.resolve(now.asked === 5))
  await new Promise((resolve) => setTimeout(resolve, 200)) // time for a sixth, if there were one
  expect(now).toEqual({ asked: 5, most: 5, done: 0 })

  const began = Date.now()
  expect((await engine.send('GET', '/api/public/v1/workspaces')).status).toBe(200)
  expect((await engine.send('GET', '/api/public/v1/health')).status).toBe(200)
  expect(Date.now() - began).toBeLessThan(1_000)

  gate.open()
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual(Array(12).fill(200))
  expect(now).toEqual({ asked: 0, most: 5, done: 12 })
})
