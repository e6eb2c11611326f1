// The names fields, streams and keys get in the tenant's schema, as destination-postgres makes them. The warehouse is
// the truth where it has the table; these are for what has not landed yet, and for finding a stream's table.
import { shortHash } from '../code/hash.js'

/** Postgres' longest name. */
const LONGEST = 63
const HASH = 8

export const ownColumns: readonly string[] = [
  '_airbyte_raw_id',
  '_airbyte_extracted_at',
  '_airbyte_meta',
  '_airbyte_generation_id',
]

const shorten = (name: string, hashed: string) => `${name.slice(0, LONGEST - HASH - 1)}_${shortHash(hashed, HASH)}`

/** A field's or stream's name as a name in the schema. */
export function toLandingName(name: string): string {
  const plain = name.normalize('NFC').replace(/[^A-Za-z0-9_]/gu, '_')
  const started = plain === '' || /^[0-9]/.test(plain) ? `_${plain}` : plain
  return started.length > LONGEST ? shorten(started, name) : started
}

/** Field → column. Airbyte's own columns keep their names; of fields that would share one, all but the first get a hash. */
export function toLandingColumns(fields: readonly string[]): Map<string, string> {
  const used = new Set(ownColumns)
  const names = new Map<string, string>()
  for (const field of fields) {
    const plain = toLandingName(field)
    const own = used.has(plain) ? shorten(plain, field) : plain
    used.add(own)
    names.set(field, own)
  }
  return names
}

/** Whether a table may be a stream's that had to share its name or was too long: the hash is the loader's own affair. */
export function isShortenedName(table: string, wanted: string): boolean {
  const plain = wanted.normalize('NFC').replace(/[^A-Za-z0-9_]/gu, '_')
  const start = plain.slice(0, LONGEST - HASH - 1)
  return table.startsWith(`${start}_`) && /^_[0-9a-f]{8}$/.test(table.slice(start.length))
}
