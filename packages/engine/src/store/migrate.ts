import type { Sealer } from '../secrets/sealer.js'
import { inTransaction, queryOne, type Database, type Queryable } from './database.js'
import { migrations } from './migrations.js'

/**
 * Brings the schema `airbyte_engine` up to date; engines that start together take turns.
 * Throws where the database is newer than this engine, or was written with another encryption key.
 */
export async function migrate(database: Database, sealer: Sealer): Promise<void> {
  await inTransaction(database, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('airbyte_engine migrate'))`)
    await makeSchema(tx)
    const { rows } = await tx.query<{ name: string }>('SELECT name FROM airbyte_engine.migration ORDER BY name')
    const known = new Set(migrations.map(({ name }) => name))
    const unknown = rows.find(({ name }) => !known.has(name))
    if (unknown) {
      throw new Error(
        `The engine's database has step ${unknown.name}, which this engine is too old to know: update it.`,
      )
    }
    const done = new Set(rows.map(({ name }) => name))
    for (const { name, sql } of migrations.filter((step) => !done.has(step.name))) {
      await tx.query(sql)
      await tx.query('INSERT INTO airbyte_engine.migration (name) VALUES ($1)', [name])
    }
    await checkKey(tx, sealer)
  })
}

/** Only where missing: a role may own the schema without being allowed to create one. */
async function makeSchema(tx: Queryable) {
  const schema = await queryOne(tx, `SELECT 1 FROM pg_namespace WHERE nspname = 'airbyte_engine'`)
  if (!schema) await tx.query('CREATE SCHEMA airbyte_engine')
  await tx.query(
    'CREATE TABLE IF NOT EXISTS airbyte_engine.migration (name text PRIMARY KEY, applied_at timestamptz DEFAULT now())',
  )
}

async function checkKey(tx: Queryable, sealer: Sealer) {
  const row = await queryOne<{ sealed: Buffer }>(tx, 'SELECT sealed FROM airbyte_engine.key_check')
  if (!row) {
    await tx.query('INSERT INTO airbyte_engine.key_check (sealed) VALUES ($1)', [
      sealer.seal('airbyte_engine', 'key_check'),
    ])
    return
  }
  try {
    sealer.open(row.sealed, 'key_check')
  } catch {
    throw new Error(
      "The engine's encryption key is not the one its database was written with. Start it with that key, or with an empty database.",
    )
  }
}
