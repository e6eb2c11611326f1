// An app for streams and columns with the worst names there are: it typechecks, and its own tests pass, in a copy outside
// of this repository with the packages of its own lockfile.
import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type AppFacts, generateApp, type StreamFacts } from '@opsai/apps'
import { readTemplate, writeApp } from '@opsai/apps/node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyStream } from '../../packages/apps/src/test/any-facts.js'
import { sampleFacts } from '../../packages/apps/src/test/sample-facts.js'
import { inApp, installOnce, makeFolder } from './installed.js'

/** As many columns as Postgres takes beside Airbyte's own. */
const widest: StreamFacts = {
  connectionId: 'one',
  table: 'widest',
  columns: Array.from({ length: 1596 }, (_, index) => ({ name: `column ${index}`, type: 'text' as const })),
  primaryKey: ['column 0'],
}

function toFacts(): Omit<AppFacts, 'template'> {
  const hostile = fc.sample(anyStream, { seed: 20_240_229, numRuns: 120 })
  const byTable = new Map([...sampleFacts.streams, widest, ...hostile].map((stream) => [stream.table, stream]))
  const connections = ['one', 'two'].map((connectionId) => ({
    connectionId,
    sourceType: 'crm',
    name: `*/ ${connectionId}`,
  }))
  return {
    tenant: { tenantId: 'hostile', name: `O'Hara & "Söhne" </script>` },
    connections: [...sampleFacts.connections, ...connections],
    streams: [...byTable.values()],
  }
}

test('it typechecks, and its own tests pass', async () => {
  const template = await readTemplate()
  const facts = toFacts()
  const files = generateApp({ ...facts, template })
  const [packages, parent] = await Promise.all([installOnce(template), makeFolder()])
  const app = join(parent, 'app')
  try {
    await writeApp(app, files, 'CRM_ENABLED=true\n')
    await symlink(join(packages, 'node_modules'), join(app, 'node_modules'))
    const began = performance.now()
    const [, tests] = await Promise.all([
      inApp(app, 'node', ['node_modules/typescript/bin/tsc']),
      inApp(app, 'node', ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json']),
    ])
    const { numPassedTests, numFailedTests } = JSON.parse(tests.slice(tests.indexOf('{'))) as Record<string, number>
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(`${facts.streams.length} streams: typechecked, ${numPassedTests} tests passed, in ${seconds} s`)
    expect(numPassedTests).toBeGreaterThan(80)
    expect(numFailedTests).toBe(0)
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
})
