// Names in the destination, as destination-postgres 3.x makes them: quoted, case kept, at most 63 bytes.
import { createHash } from 'node:crypto'
import type { StreamDescriptor } from '../protocol/messages.js'
import { streamKey } from '../protocol/messages.js'

/** Postgres' NAMEDATALEN less one. */
const longest = 63
const hashLength = 8

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength)
}

function shorten(name: string, hashed: string): string {
  return `${name.slice(0, longest - hashLength - 1)}_${hashOf(hashed)}`
}

/**
 * A name Postgres takes and people can type: letters, digits and `_`, no leading digit, at most 63 characters.
 * @example
 * toIdentifier('Invoice Lines') // 'Invoice_Lines'
 * toIdentifier('2fa') // '_2fa'
 */
export function toIdentifier(name: string): string {
  const plain = name.normalize('NFC').replace(/[^A-Za-z0-9_]/gu, '_')
  const started = plain === '' || /^[0-9]/.test(plain) ? `_${plain}` : plain
  return started.length > longest ? shorten(started, name) : started
}

/** The same for a name that must not meet another one like it: a hash of whose it is ends it. */
export function toIdentifierOf(name: string, owner: readonly string[]): string {
  return shorten(toIdentifier(name), JSON.stringify([name, ...owner]))
}

/** Gives each of several things its own identifier; where two would share one, all but the first get a hash. */
function nameApart(wanted: { key: string; name: string }[], taken: Iterable<string>): Map<string, string> {
  const used = new Set(taken)
  const names = new Map<string, string>()
  for (const { key, name } of wanted) {
    const plain = toIdentifier(name)
    const own = used.has(plain) ? shorten(plain, key) : plain
    used.add(own)
    names.set(key, own)
  }
  return names
}

/** Field → column. Airbyte's own columns keep their names; a field that wants one gets a hash. */
export function nameColumns(fields: string[], ownColumns: readonly string[]): Map<string, string> {
  return nameApart(
    fields.map((name) => ({ key: name, name })),
    ownColumns,
  )
}

/** Stream key → table. Streams of one name that share a schema are told apart: all but the first get a hash. */
export function nameTables(
  streams: readonly (StreamDescriptor & { schema?: string })[],
  prefix: string,
): Map<string, string> {
  const sorted = [...streams].sort((a, b) => (streamKey(a) < streamKey(b) ? -1 : 1))
  const schemas = new Set(sorted.map(({ schema }) => schema))
  const names = [...schemas].flatMap((schema) => {
    const together = sorted.filter((stream) => stream.schema === schema)
    return [
      ...nameApart(
        together.map((stream) => ({ key: streamKey(stream), name: prefix + stream.name })),
        [],
      ),
    ]
  })
  return new Map(names)
}

/** `"like ""this"""`: an identifier in SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** `'like ''this'''`: a text in SQL, whatever `standard_conforming_strings` says. */
export function quoteText(text: string): string {
  const doubled = text.replaceAll("'", "''")
  return text.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}
