import type { Client } from 'pg'
import { createIndexesSql, indexesOf, quoteTable } from './layout.js'
import { quoteName } from './naming.js'
import { replaceTable } from './replace-table.js'
import type { StreamPlan } from './stream-plan.js'

/** The last statements of a stream that was read to its end, in the transaction of its last rows. */
export async function finishTables(
  client: Client,
  { building, table, staging, columns, keys }: StreamPlan,
): Promise<void> {
  if (building !== undefined) {
    await replaceTable(client, building, table, columns)
    const built = indexesOf(building.table, keys)
    for (const [index, { name }] of indexesOf(table.table, keys).entries()) {
      const from = `${quoteName(table.schema)}.${quoteName(built[index]!.name)}`
      await client.query(`ALTER INDEX IF EXISTS ${from} RENAME TO ${quoteName(name)}`)
    }
    for (const sql of createIndexesSql(table, keys)) await client.query(sql)
  }
  if (staging !== undefined) await client.query(`DROP TABLE IF EXISTS ${quoteTable(staging)}`)
}
