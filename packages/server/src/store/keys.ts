import type { Db } from './database.js'

/** A key that outlives the encryption key it is sealed under. */
export async function findKey(db: Db, name: string): Promise<Buffer | undefined> {
  const [row] = await db.rows<{ sealed: Buffer }>('SELECT sealed FROM opsai.keys WHERE name = $1', [name])
  return row?.sealed
}

/** Keeps a key unless there is one by that name; what counts is what is there then. */
export async function addKey(db: Db, name: string, sealed: Buffer): Promise<void> {
  await db.rows('INSERT INTO opsai.keys (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, sealed])
}
