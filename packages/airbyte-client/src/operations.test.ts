// Every operation the client claims, over real HTTP, against a server made of Airbyte's own documents.
import { afterAll, describe, expect, it } from 'vitest'
import { createAirbyteClient } from './client.js'
import { configCalls, configLeftOut } from './test/config-calls.js'
import { coreCalls } from './test/core-calls.js'
import { startDocumentServer } from './test/document-server.js'
import { listOperations, readDocuments } from './test/documents.js'
import type { Variant } from './test/example.js'
import { publicCalls, publicLeftOut } from './test/public-calls.js'

const documents = readDocuments()
const variants: Variant[] = ['minimal', 'maximal', 'nulled']
const calls = [...publicCalls, ...configCalls, ...coreCalls]
const leftOut = { ...publicLeftOut, ...configLeftOut }

describe.skipIf(!documents)("Airbyte's documents", async () => {
  if (!documents) return
  const server = await startDocumentServer(documents)
  afterAll(server.close)
  const covered = new Set<string>()

  it.each(calls.flatMap((call) => variants.map((variant) => ({ ...call, variant }))))(
    '$operation: asked and read as documented ($variant)',
    async ({ operation, call, lacks, answers, client, variant }) => {
      server.reset({ variant, ...(lacks && { lacks }), ...(answers && { answers }) })
      const airbyte = createAirbyteClient({ baseUrl: server.baseUrl, ...client?.(server.baseUrl) })
      await call(airbyte)
      expect(server.wrong).toEqual([])
      expect([...server.asked]).toContain(operation)
      covered.add(operation)
    },
  )

  it('are covered but for what is no client to call', () => {
    expect(calls.map(({ operation }) => operation)).toEqual([...new Set(calls.map(({ operation }) => operation))])
    const rows = (['public', 'config'] as const).map((door) => {
      const operations = listOperations(documents[door])
      const open = operations.filter((operation) => !covered.has(operation))
      return { door, operations: operations.length, covered: operations.length - open.length, open }
    })
    for (const { door, operations, covered: count, open } of rows) {
      console.log(`${door} API: ${count} of ${operations} operations covered, not covered: ${open.length}`)
      for (const operation of open) console.log(`  ${operation}: ${leftOut[operation] ?? 'NO REASON'}`)
    }
    expect(rows.flatMap(({ open }) => open).sort()).toEqual(Object.keys(leftOut).sort())
  })
})
