// One real PostgreSQL for a whole test run; each test file makes its own databases in it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@opsai/local-postgres'
import type { TestProject } from 'vitest/node'

export default async function setup(project: TestProject) {
  if (process.env.OPSAI_TEST_DATABASE_URL) {
    project.provide('postgresUrl', process.env.OPSAI_TEST_DATABASE_URL)
    return
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-test-postgres-'))
  const postgres = await startPostgres({ dataDir, durable: false })
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
