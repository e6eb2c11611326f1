// Digests name tenants' schemas and make operations repeatable, so that their key has to stay when the encryption key
// changes. It is kept in the database, sealed; whether it opens is also how a wrong encryption key is noticed at start.
import type { Db } from '../store/database.js'
import { addKey, findKey } from '../store/keys.js'
import { toSlug } from '../tenants/names.js'
import { createSealer, type Sealer, toDigestKey } from './seal.js'

export const digestKeyPlace = 'keys|digest|sealed'

/**
 * @param keys the key to seal with, and those that are only opened with
 * @throws TypeError where what the database holds was sealed under none of them
 */
export async function openSealer(
  db: Db,
  keys: { encryptionKey: string; oldEncryptionKeys?: readonly string[] | undefined },
): Promise<Sealer> {
  const { encryptionKey, oldEncryptionKeys: oldKeys = [] } = keys
  const sealer = createSealer(encryptionKey, { oldKeys })
  const known = await findKey(db, 'digest')
  if (!known) {
    const first = await findFirstKey(db, [encryptionKey, ...oldKeys])
    await addKey(db, 'digest', sealer.seal(toDigestKey(first).toString('base64'), digestKeyPlace))
  }
  const kept = known ?? (await findKey(db, 'digest'))
  if (!kept) throw new Error('The key of digests was gone as soon as it was written.')
  return createSealer(encryptionKey, { oldKeys, digestKey: openDigestKey(sealer, kept) })
}

function openDigestKey(sealer: Sealer, kept: Buffer): Buffer {
  try {
    return Buffer.from(sealer.open(kept, digestKeyPlace), 'base64')
  } catch {
    throw wrongKey()
  }
}

/** Of a database from before keys could change: the one its tenants are named by. */
async function findFirstKey(db: Db, keys: readonly [string, ...string[]]): Promise<string> {
  const [tenant] = await db.rows<{ tenant_id: string; slug: string }>(
    'SELECT tenant_id, slug FROM opsai.tenants LIMIT 1',
  )
  if (!tenant) return keys[0]
  const first = keys.find((key) => toSlug(createSealer(key), tenant.tenant_id) === tenant.slug)
  if (!first) throw wrongKey()
  return first
}

const wrongKey = () =>
  new TypeError(
    '[opsai/server] encryptionKey is not the one this database was sealed with. Set the one it was, or add that one to oldEncryptionKeys.',
  )
