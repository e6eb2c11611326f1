// Postgres' COPY text format (postgresql.org/docs/current/sql-copy.html, "Text Format").

const special = /[\\\b\t\n\v\f\r]/g
const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
}
const unescapes: Record<string, string> = { b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' }

/** A value as one field of a line; null is `\N`. NUL, which Postgres has no text for, is left out. */
export function toCopyField(value: string | null): string {
  if (value === null) return '\\N'
  const clean = value.includes('\u0000') ? value.replaceAll('\u0000', '') : value
  return clean.replace(special, (char) => escapes[char] ?? char)
}

/** A whole line. */
export function toCopyLine(values: (string | null)[]): string {
  return `${values.map(toCopyField).join('\t')}\n`
}

/** The values of one line, without its line feed. */
export function parseCopyLine(line: string): (string | null)[] {
  return line.split('\t').map(parseCopyField)
}

/** Only what `COPY … TO` writes: it never uses octal or hex escapes. */
export function parseCopyField(field: string): string | null {
  if (field === '\\N') return null
  return field.includes('\\') ? field.replace(/\\(.)/gs, (_, char: string) => unescapes[char] ?? char) : field
}
