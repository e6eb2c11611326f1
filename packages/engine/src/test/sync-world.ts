// An engine with a scripted source connected to a Postgres of its own: the world of the tests about jobs.
import { afterEach } from 'vitest'
import type { EngineOptions } from '../engine.js'
import { createScriptedConnector, scriptedDefinitionId, type Script } from './scripted-connector.js'
import { makeTestDatabase } from './test-database.js'
import { startTestEngine, until, type TestEngine } from './test-engine.js'

const engines: TestEngine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
})

/** An engine that is closed when its test has ended. */
export async function startEngine(script: Script, options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const engine = await startTestEngine({ connectors: [createScriptedConnector(script)], ...options })
  engines.push(engine)
  return engine
}

export interface WorldOptions extends Partial<EngineOptions> {
  /** Of the source, beside what it needs anyway. */
  configuration?: object
  /** Default: incremental_append. */
  syncMode?: 'full_refresh_overwrite' | 'incremental_append'
}

export async function startWorld(script: Script = {}, options: WorldOptions = {}) {
  const { configuration = {}, syncMode = 'incremental_append', ...engineOptions } = options
  const engine = await startEngine(script, engineOptions)
  const { airbyte } = engine
  const warehouse = await makeTestDatabase('warehouse')
  const { workspaceId } = await airbyte.workspaces.create({ name: 'acme' })
  const { sourceId } = await airbyte.sources.create({
    workspaceId,
    name: 'S',
    definitionId: scriptedDefinitionId,
    configuration: { account: 'a', password: 'canary-77', ...configuration },
  })
  const { destinationId } = await airbyte.destinations.create({
    workspaceId,
    name: 'D',
    definitionId: '25c5221d-dce2-4163-ade9-739ef790f503',
    configuration: { ...warehouse.configuration, schema: 'public' },
  })
  return {
    engine,
    airbyte,
    warehouse,
    sourceId,
    /** A connection; those of one world need a prefix each. */
    connect: async (prefix = ''): Promise<string> => {
      const streams = [{ name: 'numbers', syncMode }]
      return (await airbyte.connections.create({ name: 'C', sourceId, destinationId, streams, prefix })).connectionId
    },
    sync: async (connectionId: string): Promise<number> =>
      (await airbyte.jobs.create({ connectionId, jobType: 'sync' })).jobId,
    ended: (jobId: number) =>
      until(async () => {
        const job = await airbyte.jobs.get(jobId)
        return ['succeeded', 'failed', 'cancelled'].includes(job.status) && job
      }),
    /** The ids that were loaded. */
    ids: async (): Promise<number[]> => {
      const rows = await warehouse.query<{ id: string }>('SELECT id FROM numbers ORDER BY id')
      return rows.map((row) => Number(row.id))
    },
  }
}

export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A promise to wait for, and the way to let it through. */
export function createGate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}
