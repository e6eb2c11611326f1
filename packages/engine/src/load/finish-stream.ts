import type { LoadTarget } from './prepare-stream.js'
import { createIndexesSql, indexesOf, quoteTable } from './layout.js'
import { quoteName } from './naming.js'
import type { StreamPlan } from './stream-plan.js'
import { replaceTable } from './table.js'

/** The last statements of a stream that was read to its end, in the transaction of its last rows. */
export async function finishTables({ client, schema }: LoadTarget, plan: StreamPlan): Promise<void> {
  const table = { schema, table: plan.table }
  if (plan.building !== undefined) {
    await replaceTable(client, { schema, table: plan.building }, table, plan.columns)
    const built = indexesOf(plan.building, plan.keys)
    for (const [index, { name }] of indexesOf(plan.table, plan.keys).entries()) {
      const from = `${quoteName(schema)}.${quoteName(built[index]!.name)}`
      await client.query(`ALTER INDEX IF EXISTS ${from} RENAME TO ${quoteName(name)}`)
    }
    for (const sql of createIndexesSql(table, plan.keys)) await client.query(sql)
  }
  if (plan.staging !== undefined) {
    await client.query(`DROP TABLE IF EXISTS ${quoteTable({ schema, table: plan.staging })}`)
  }
}
