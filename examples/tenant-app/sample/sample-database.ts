// The sample's tables in a schema of their own, and a role that may only read them: as a tenant's app has it.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'

/** A Postgres to make schemas and roles in. Here it comes with the tests; for a copy of the app, name one. */
export const testDatabaseUrl: string | undefined = process.env.TEST_DATABASE_URL

export interface SampleDatabase {
  schema: string
  /** As the owner of everything. */
  admin(sql: string): Promise<pg.QueryResult>
  close(): Promise<void>
}

/** Fills it, and sets the app's own environment to it. */
export async function openSampleDatabase(): Promise<SampleDatabase> {
  const name = `tenant_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const client = new pg.Client({ connectionString: testDatabaseUrl })
  await client.connect()
  const sql = await readFile(new URL('./sample.sql', import.meta.url), 'utf8')
  await client.query(sql.replaceAll('tenant_sample', name))
  await client.query(`CREATE ROLE ${name}_app LOGIN PASSWORD 'app' CONNECTION LIMIT 8;
    GRANT USAGE ON SCHEMA ${name} TO ${name}_app; GRANT SELECT ON ALL TABLES IN SCHEMA ${name} TO ${name}_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${name} GRANT SELECT ON TABLES TO ${name}_app`)
  const url = new URL(testDatabaseUrl ?? '')
  url.username = `${name}_app`
  url.password = 'app'
  process.env.DATABASE_URL = url.href
  process.env.DATABASE_SCHEMA = name
  process.env.ACME_CRM_ENABLED = 'true'
  process.env.POSTGRES_ENABLED = 'true'
  return {
    schema: name,
    admin: (statement) => client.query(statement),
    close: async () => {
      await client.query(`DROP SCHEMA ${name} CASCADE; DROP OWNED BY ${name}_app; DROP ROLE ${name}_app`)
      await client.end()
    },
  }
}
