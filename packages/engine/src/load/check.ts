import type { CheckAnswer } from '../connector/connector.js'
import { parseDestination } from './destination-config.js'
import { quoteName } from './naming.js'
import { connectPostgres } from './postgres-connection.js'
import { explainPostgresFailure } from './postgres-failure.js'
import { ConnectorError } from '../connector/connector-error.js'

/**
 * Tries a Postgres destination for real: connects, and makes and drops a table where rows would go.
 * @example
 * const answer = await checkDestination({ host, port, database, schema, username, password })
 * if (answer.status === 'failed') console.log(answer.message)
 */
export async function checkDestination(config: unknown, signal?: AbortSignal): Promise<CheckAnswer> {
  let place = { host: '', port: 0, database: '', username: '' }
  try {
    const { address, schema, stateSchema } = parseDestination(config)
    place = address
    const { client, close } = await connectPostgres(address, {
      applicationName: 'opsai check',
      ...(signal && { signal }),
    })
    try {
      await client.query(`SET statement_timeout = '20s'`)
      for (const name of new Set([schema, stateSchema])) await tryTable(client, name)
    } finally {
      await close()
    }
    return { status: 'succeeded' }
  } catch (error) {
    if (signal?.aborted) throw error
    const { message, fields } = explainPostgresFailure(error, place)
    return { status: 'failed', message, ...(fields.length > 0 && { fields: fields.map(toSchemaField) }) }
  }
}

/** The destination has one schema where the source has several. */
function toSchemaField(path: string[]): string[] {
  return path[0] === 'schemas' ? ['schema'] : path
}

async function tryTable(
  client: { query(sql: string, values?: unknown[]): Promise<{ rowCount: number | null }> },
  schema: string,
) {
  const table = `${quoteName(schema)}."_airbyte_connection_test"`
  await client.query('BEGIN')
  try {
    const { rowCount } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema])
    if (rowCount === 0) await client.query(`CREATE SCHEMA ${quoteName(schema)}`)
    await client.query(`CREATE TABLE ${table} (works boolean)`)
    await client.query(`INSERT INTO ${table} VALUES (true)`)
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === '42501'
    if (!denied) throw error
    throw new ConnectorError(
      'config_error',
      `This user may not make tables in schema "${schema}". Grant CREATE on it, or choose another schema.`,
      [['schema']],
    )
  } finally {
    await client.query('ROLLBACK')
  }
}
