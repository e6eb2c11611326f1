// The login a customer would hand out: it reads, and can do nothing else.
import { escapeIdentifier, escapeLiteral, type Client } from 'pg'
import { setTimeout as delay } from 'node:timers/promises'

/** Makes or updates the role, and lets it read everything in `public`, now and later. */
export async function grantReader(client: Client, role: string, password: string): Promise<void> {
  const name = escapeIdentifier(role)
  await withRetry(() => makeRole(client, role, password))
  await withRetry(async () => {
    const database = escapeIdentifier(await currentDatabase(client))
    await client.query(`
      GRANT CONNECT ON DATABASE ${database} TO ${name};
      GRANT USAGE ON SCHEMA public TO ${name};
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${name};
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${name};`)
  })
}

async function makeRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role])
  const statement = rowCount ? 'ALTER' : 'CREATE'
  await client.query(`${statement} ROLE ${escapeIdentifier(role)} LOGIN PASSWORD ${escapeLiteral(password)}`)
}

async function currentDatabase(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
  return rows[0]?.name ?? ''
}

// Roles belong to the whole server: another database being filled at the same moment may touch the same one.
const passing = ['23505', '42710', 'XX000']

async function withRetry(act: () => Promise<void>, attempts = 10): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (attempts === 1 || !passing.includes((error as { code?: string }).code ?? '')) throw error
    await delay(50)
    await withRetry(act, attempts - 1)
  }
}
