// The client alone against every fault: a typed error or the right answer, in time, and nothing repeated that creates.
import { createAirbyteClient, isAirbyteError } from '@opsai/airbyte-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from 'node:util'
import { allFaults } from './all-faults.js'
import { type Fault, innards } from './fault.js'
import { type FaultServer, startFaultServer } from './fault-server.js'
import { startStubAirbyte, stubToken } from './stub-airbyte.js'

const clientSecret = 'canary client secret +/='
const password = 'canary-password-"&\\-91c2'
const deadlineMs = 12_000
const auth = { kind: 'client', clientId: 'opsai', clientSecret } as const

let airbyte: Awaited<ReturnType<typeof startStubAirbyte>>
beforeAll(async () => {
  airbyte = await startStubAirbyte()
})
afterAll(() => airbyte?.close())

type Client = ReturnType<typeof createAirbyteClient>
const newSource = { workspaceId: 'w-1', name: 'mine', definitionId: 'd-1', configuration: { password } }

const calls: Record<string, { path: RegExp; method: string; ask(client: Client): Promise<unknown>; right: unknown }> = {
  token: {
    method: 'POST',
    path: /applications\/token/,
    ask: (client) => client.jobs.get(7),
    right: { jobId: 7, status: 'running' },
  },
  list: {
    method: 'GET',
    path: /\/sources\b/,
    ask: (client) => client.sources.list({ workspaceId: 'w-1' }),
    right: [{ sourceId: 's-1' }],
  },
  create: {
    method: 'POST',
    path: /\/sources$/,
    ask: (client) => client.sources.create(newSource),
    right: { sourceId: 's-1' },
  },
  check: {
    method: 'POST',
    path: /check_connection$|commands\/.*(check|status)/,
    ask: (client) => client.sources.checkConfiguration(newSource),
    right: { status: 'succeeded' },
  },
}

async function withFaults<T>(run: (faults: FaultServer, client: Client) => Promise<T>): Promise<T> {
  const faults = await startFaultServer(airbyte.url)
  const limits = { timeoutMs: 2500, slowTimeoutMs: 3000, workTimeoutMs: 6000 }
  try {
    return await run(faults, createAirbyteClient({ baseUrl: faults.url, auth, fetch: faults.fetch, ...limits }))
  } finally {
    await faults.close()
  }
}

describe.concurrent('the client alone', () => {
  test.each(allFaults)('$name', { timeout: deadlineMs * 2 }, async (fault) => {
    const names = Object.keys(calls)
    const outcomes = await Promise.allSettled(names.map((name) => tryCall(name, fault)))
    const failed = outcomes.flatMap((outcome, at) =>
      outcome.status === 'rejected' ? [`${names[at]}: ${String(outcome.reason)}`] : [],
    )
    expect(failed).toEqual([])
  })
})

const tryCall = (name: string, fault: Fault) =>
  withFaults(async (faults, client) => {
    const call = calls[name]!
    // With a token at hand, unless the token is what it is about.
    if (name !== 'token') await call.ask(client)
    faults.arm({ fault, match: ({ method, path }) => method === call.method && call.path.test(path) })
    const began = Date.now()
    const outcome = await call.ask(client).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    expect(Date.now() - began).toBeLessThan(deadlineMs)
    if (fault.isTooMuch) expect(outcome).not.toHaveProperty('value')
    if ('value' in outcome) expect(outcome.value).toMatchObject(call.right as object)
    else expectTyped(outcome.error, fault)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    const befallen = faults.seen.filter((seen) => seen.fault === fault.name)
    expect(befallen.length).toBeGreaterThan(0)
    expect(befallen.length).toBeLessThanOrEqual(5)
    if (name === 'create') expect(committedCalls(faults) - 1).toBeLessThanOrEqual(1)

    faults.lift()
    expect(await call.ask(client)).toMatchObject(call.right as object)
  })

/** How many of the client's requests reached Airbyte, however often the wire delivered each. */
const committedCalls = ({ seen }: FaultServer) =>
  seen.filter(({ path, committed }) => path.endsWith('/sources') && committed > 0).length

function expectTyped(error: unknown, { mayBeLasting }: Fault): void {
  if (!isAirbyteError(error)) throw new Error(`not an AirbyteError: ${inspect(error)}`)
  expect(error.code).toMatch(/^(unauthorized|conflict|rate_limited|unavailable|timeout|invalid_answer|network)$/)
  if (!mayBeLasting && !['unauthorized', 'conflict'].includes(error.code))
    expect([error.code, error.retryable]).toEqual([error.code, true])
  const shown = [error.message, JSON.stringify(error), inspect(error, { depth: 8, showHidden: true })]
  for (const text of shown) {
    for (const secret of [clientSecret, encodeURIComponent(clientSecret), password, stubToken])
      expect(text).not.toContain(secret)
  }
  expect(error.message).not.toMatch(/<\w|<!/)
  expect(error.message).not.toContain(innards)
}
