// A connection of a tenant's own role, for one read.
import pg from 'pg'

const LATER_SECONDS = 5

export interface TenantRead {
  url: string
  database: string
  user: string
  password: string
  sql: string
  values: readonly unknown[]
  /** How long the role itself may take, in seconds: its own limit ends it where it is, ours where it is never heard of again. */
  seconds: number
}

export async function readAs({
  url,
  database,
  user,
  password,
  sql,
  values,
  seconds,
}: TenantRead): Promise<Record<string, unknown>[]> {
  const target = new URL(url)
  target.username = user
  target.password = password
  target.pathname = `/${encodeURIComponent(database)}`
  const client = new pg.Client({
    connectionString: target.href,
    connectionTimeoutMillis: 10_000,
    query_timeout: (seconds + LATER_SECONDS) * 1000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}
