// Refresh tokens rotate at Acme CRM, which takes a token that comes twice for a stolen one and ends the connection. Many
// operations on one source, over two proxies: each token is used once, and nobody is asked to sign in again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProxyApi, ProblemAnswer, type ProxyApi, waitForJob } from '../proxy-api.js'
import { type CrashWorld, startCrashWorld } from './crash-world.js'
import { goOn, newSignIn } from './sign-in.js'

const count = process.env.OPSAI_PROVE === '1' ? 50 : 12

let world: CrashWorld
beforeAll(async () => void (world = await startCrashWorld('airbyte')))
afterAll(() => world?.close())

test(`${count} operations at once on one source, over two proxies, use each refresh token once`, async () => {
  // Access tokens end all the time, and renewing one takes long enough for the next to ask as well.
  world.control.behave({ decision: 'allow', accessTokenSeconds: 1, refreshDelayMs: 300 })
  const owner = await world.newOwner()
  const { sourceId = '' } = await goOn(newSignIn(world, owner), 60_000)
  const streams = [{ name: 'contacts', syncMode: 'full_refresh_overwrite' as const }]
  const connections = await Promise.all(
    [1, 2, 3].map(() => owner.api('createConnection', { body: { sourceId, streams } })),
  )
  const apis = [owner.api, createProxyApi(await world.startSecond(), owner.token)]
  world.control.forgetRefreshTokens()

  const operations: Record<string, (api: ProxyApi, n: number) => Promise<unknown>> = {
    test: async (api) => (await api('testSource', { body: { sourceId } })).status,
    sample: async (api) =>
      (await api('sampleSource', { body: { sourceId, streams: ['contacts'], limit: 3 } })).streams.length,
    edit: async (api, n) => (await api('updateSource', { params: { sourceId }, body: { name: `CRM ${n}` } })).name,
    sync: async (api, n) => {
      const { connectionId = '' } = connections[n % connections.length] ?? {}
      const { jobId } = await api('syncConnection', { params: { connectionId } })
      return (await waitForJob(api, jobId)).status
    },
  }
  const kinds = Object.keys(operations)
  const done = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const kind = kinds[n % kinds.length] ?? ''
      const outcome = await operations[kind]?.(apis[(n >> 2) % 2] ?? owner.api, n).catch((thrown: unknown) => {
        if (thrown instanceof ProblemAnswer) return thrown.problem.code
        throw thrown
      })
      return `${kind}: ${kind === 'edit' ? String(outcome).replace(/\d+/, 'n') : outcome}`
    }),
  )
  const { refreshTokens, mostSeen } = world.control.seenRefreshTokens()
  const used = refreshTokens.filter(({ seen }) => seen > 0).length
  console.table(
    Object.fromEntries([...new Set(done)].sort().map((each) => [each, done.filter((one) => one === each).length])),
  )
  console.log(`rotation: ${count} operations, two proxies, ${used} refresh tokens used, each ${mostSeen} time at most`)

  expect(mostSeen).toBe(1)
  expect(used).toBeGreaterThanOrEqual(count / 12)
  // A sync of a connection that is syncing is that one; `conflict` where it ended as it was looked for.
  const good = ['test: succeeded', 'sample: 1', 'edit: CRM n', 'sync: succeeded', 'sync: conflict']
  expect([...new Set(done)].filter((each) => !good.includes(each))).toEqual([])
  expect((await owner.api('testSource', { body: { sourceId } })).status).toBe('succeeded')
})
