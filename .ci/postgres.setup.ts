// Real PostgreSQL servers for a whole test run, one a worker; each test file makes its own databases in its own.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@opsai/local-postgres'
import type { TestProject } from 'vitest/node'

export default async function setup(project: TestProject) {
  if (process.env.OPSAI_TEST_DATABASE_URL) {
    project.provide('postgresUrls', [process.env.OPSAI_TEST_DATABASE_URL])
    return
  }
  const servers = await Promise.all(Array.from({ length: project.config.maxWorkers }, start))
  project.provide(
    'postgresUrls',
    servers.map(({ url }) => url),
  )
  return async () => {
    await Promise.all(servers.map(({ stop }) => stop()))
  }
}

async function start() {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-test-postgres-'))
  const postgres = await startPostgres({ dataDir, durable: false })
  const stop = async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: postgres.url, stop }
}
