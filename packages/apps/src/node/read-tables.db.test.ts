// A schema as the engine makes it is read as what it is, by a role that may only read.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { createIndexesSql, createTableSql } from '../../../engine/src/load/layout.js'
import type { Column } from '../../../engine/src/load/column-type.js'
import { readTables } from './read-tables.js'

const schema = `t_${randomUUID().replaceAll('-', '').slice(0, 16)}`
const client = new pg.Client({ connectionString: postgresUrl() })
const url = new URL(postgresUrl())
url.username = `${schema}_app`
url.password = 'app'

const column = (name: string, type: Column['type']): Column => ({ field: name, name, type })
const columns = [
  column('id', 'bigint'),
  column('line', 'bigint'),
  column('it\'s "odd"', 'varchar'),
  column('__proto__', 'jsonb'),
  column('updatedAt', 'timestamp with time zone'),
]

beforeAll(async () => {
  await client.connect()
  await client.query(`CREATE SCHEMA ${schema}; CREATE ROLE ${schema}_app LOGIN PASSWORD 'app'`)
  const table = { schema, table: 'crm_odd "table"' }
  await client.query(createTableSql(table, columns))
  for (const sql of createIndexesSql(table, { primaryKey: ['line', 'id'], cursor: 'updatedAt' }))
    await client.query(sql)
  await client.query(createTableSql({ schema, table: 'crm_plain' }, columns.slice(0, 1)))
  await client.query(createTableSql({ schema, table: 'crm_hidden' }, columns))
  await client.query(`CREATE TABLE ${schema}.not_synced (id bigint)`)
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${schema}_app;
    GRANT SELECT ON ${schema}."crm_odd ""table""", ${schema}.crm_plain, ${schema}.not_synced TO ${schema}_app`)
})
afterAll(async () => {
  await client.query(`DROP SCHEMA ${schema} CASCADE; DROP OWNED BY ${schema}_app; DROP ROLE ${schema}_app`)
  await client.end()
})

test('tables a sync has made, with their columns and keys; no others', async () => {
  expect(await readTables(url.href, schema)).toEqual([
    {
      table: 'crm_odd "table"',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'line', type: 'integer' },
        { name: 'it\'s "odd"', type: 'text' },
        { name: '__proto__', type: 'json' },
        { name: 'updatedAt', type: 'timestamptz' },
      ],
      primaryKey: ['line', 'id'],
      cursor: 'updatedAt',
    },
    { table: 'crm_plain', columns: [{ name: 'id', type: 'integer' }], primaryKey: [] },
  ])
})
