// kill -9 of every process in the middle of a sync, at random points: nothing lost, nothing twice.
import { randomInt } from 'node:crypto'
import { parse } from 'dotenv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareTables } from './compare-tables.js'
import { openSession, waitForJob } from './proxy-api.js'
import { chooseAll, shopConfiguration, shopUrl } from './shop.js'
import { type Stack, startStack } from './stack.js'

/** `npm run prove` kills ten times; `npm test` twice, to stay short. */
const kills = process.env.OPSAI_PROVE ? 10 : 2

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ port: 4520 })
})
afterAll(() => stack?.stop())

test(`${kills} kills in the middle of a 100,000-row sync lose no row and double none`, async () => {
  const { hostKey, customerPassword } = await stack.keys()
  const first = await openSession(stack.url, hostKey, 'northwind')
  const source = await first.api('createSource', {
    body: {
      tenantId: 'northwind',
      sourceType: 'postgres',
      name: 'Shop',
      configuration: shopConfiguration(stack, customerPassword),
    },
  })
  if (!('sourceId' in source)) throw new Error('a password needs no sign-in')
  const { streams } = await first.api('sampleSource', { body: { sourceId: source.sourceId, limit: 0 } })

  const rounds: Record<string, unknown>[] = []
  for (let round = 0; round < kills; round++) {
    const { api } = await openSession(stack.url, hostKey, 'northwind')
    // Each round a connection of its own, so that every one starts from nothing; modes take turns.
    const deduped = round % 2 === 0
    const connection = await api('createConnection', {
      body: {
        sourceId: source.sourceId,
        name: `Round ${round}`,
        streams: chooseAll(streams, deduped ? 'deduped' : 'overwrite'),
      },
    })
    const { connectionId, tablePrefix } = connection
    const { jobId } = await api('syncConnection', { params: { connectionId } })
    await new Promise((resolve) => setTimeout(resolve, randomInt(50, 2500)))
    const before = await api('getJob', { params: { jobId } })
    await stack.kill()
    const restarted = await stack.restart()

    const after = await openSession(stack.url, hostKey, 'northwind')
    const job = await waitForJob(after.api, jobId)
    const env = parse(await after.host('getTenantEnv', { params: { tenantId: 'northwind' } }))
    const customerUrl = shopUrl(stack, customerPassword)
    const tables = await compareTables(customerUrl, env as never, tablePrefix)
    const sum = (pick: (table: (typeof tables)[number]) => number) =>
      tables.reduce((total, one) => total + pick(one), 0)
    rounds.push({
      round,
      mode: deduped ? 'append_dedup' : 'overwrite',
      'killed while': before.status,
      'rows then': before.rowsSynced,
      'ready again (s)': restarted,
      job: job.status,
      rows: sum((table) => table.rows),
      lost: sum((table) => Math.max(0, table.rows - table.synced)),
      'doubled or wrong': sum((table) => table.different),
    })
  }
  console.table(rounds)
  for (const round of rounds) {
    expect(round).toMatchObject({ job: 'succeeded', lost: 0, 'doubled or wrong': 0 })
  }
})
