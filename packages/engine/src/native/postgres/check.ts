import type { CheckAnswer, ConnectorContext } from '../../connector/connector.js'
import { explainPostgresFailure } from '../../load/postgres-failure.js'
import { parsePostgresConfig } from './config.js'
import type { OpenSource } from './session.js'
import { findUnusableSchemas, readTables } from './tables.js'

const failed = (message: string, field: string): CheckAnswer => ({ status: 'failed', message, fields: [[field]] })
const quoted = (names: string[]) => names.map((name) => `"${name}"`).join(', ')

/** Connects for real, and looks whether there is something to read. */
export async function checkPostgres(
  config: unknown,
  context: ConnectorContext,
  open: OpenSource,
): Promise<CheckAnswer> {
  let place = { host: '', port: 0, database: '', username: '' }
  try {
    const { address, schemas } = parsePostgresConfig(config)
    place = address
    const { client, close } = await open(address, context)
    try {
      const { missing, denied } = await findUnusableSchemas(client, schemas)
      if (missing.length > 0)
        return failed(
          `There is no schema ${quoted(missing)} in this database. Check its name; capitals matter.`,
          'schemas',
        )
      if (denied.length > 0)
        return failed(
          `User "${address.username}" may not use schema ${quoted(denied)}. Grant USAGE on it, or leave it out.`,
          'schemas',
        )
      if ((await readTables(client, schemas)).length > 0) return { status: 'succeeded' }
      return failed(
        `User "${address.username}" may read no table in ${quoted(schemas)}. Grant SELECT, or add the schema that has your tables.`,
        'schemas',
      )
    } finally {
      await close()
    }
  } catch (error) {
    if (context.signal.aborted) throw error
    const { message, fields } = explainPostgresFailure(error, place)
    return { status: 'failed', message, ...(fields.length > 0 && { fields }) }
  }
}
