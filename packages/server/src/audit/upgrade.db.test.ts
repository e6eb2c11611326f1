// A database from before there were chains: its entries become their beginning, and what comes after follows on.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { createDatabase } from '../store/database.js'
import { migrate, steps } from '../store/migrations.js'
import { toUrl } from '../test/world.js'
import { verifyAudit } from './verify-audit.js'

test('old entries are chained, and may be followed by new ones', async () => {
  const admin = new pg.Client({ connectionString: postgresUrl() })
  await admin.connect()
  const name = `server_test_old_${randomUUID().slice(0, 8)}`
  await admin.query(`CREATE DATABASE ${name}`)
  const db = createDatabase(toUrl(name), () => {})
  try {
    await db.rows(`CREATE SCHEMA opsai; CREATE TABLE opsai.migrations (step int PRIMARY KEY, at timestamptz DEFAULT now());
      ${steps[0]}; INSERT INTO opsai.migrations VALUES (0);
      INSERT INTO opsai.audit (tenant_id, action, facts)
        SELECT CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN 'a' ELSE 'b' END, 'x', '{"z": 1, "a": "q"}' FROM generate_series(1, 30) n`)
    await migrate(db)
    await db.rows(`INSERT INTO opsai.audit (tenant_id, action) VALUES ('a', 'y'), (NULL, 'y'), ('c', 'y')`)
    // 30 old ones, 3 new ones, and one for each of the three tenants' trails.
    expect(await verifyAudit(db)).toEqual({ entries: 36, faults: [] })
    await expect(db.rows('DELETE FROM opsai.audit')).rejects.toThrow('append-only')
  } finally {
    await db.close()
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  }
})
