import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { postgresUrl } from '../../../../.ci/test-postgres.js'

/** A fresh database in the test run's PostgreSQL, and the parts of its URL as a connector wants them. */
export async function makeTestDatabase(name: string) {
  const database = `${name}_${randomBytes(4).toString('hex')}`
  await withClient(postgresUrl(), (client) => client.query(`CREATE DATABASE ${database}`))
  const url = new URL(postgresUrl())
  url.pathname = `/${database}`
  const configuration = {
    host: url.hostname,
    port: Number(url.port || 5432),
    database,
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ssl_mode: { mode: 'disable' },
  }
  return { url: url.href, configuration, query: connectTo(url.href) }
}

/** Runs one statement over a connection of its own. */
export function connectTo(url: string) {
  return <R extends object = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<R[]> =>
    withClient(url, async (client) => (await client.query<R>(sql, values)).rows)
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
