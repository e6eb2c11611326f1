// Writes a `.env` that reads back exactly as it was. The format has no escapes, so the quotes are chosen to fit.

/**
 * Text for a `.env` file in the order given, quoted so that `dotenv.parse` gives back the same values.
 *
 * @throws TypeError naming the key whose name or value a `.env` can't hold: one with all three kinds of quotes and a
 *   line break, for instance. The value is not in the message.
 * @example
 * writeEnv({ TENANT_ID: 'acme', NOTE: 'two\nlines' }) // TENANT_ID=acme … NOTE='two\nlines'
 */
export function writeEnv(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
        throw new TypeError(`[opsai/server] ${JSON.stringify(name)} is no name for a .env.`)
      const written = quote(value)
      if (written === undefined) throw new TypeError(`[opsai/server] ${name} has a value no .env can hold.`)
      return `${name}=${written}\n`
    })
    .join('')
}

/** Unquoted where nothing in it means anything; single quotes and backticks keep all as it is; double quotes know `\n` and `\r`. */
function quote(value: string): string | undefined {
  if (/^[\w.:/@%+,=?&~^*[\]{}-]+$/.test(value)) return value
  // A quote after a backslash is no end to dotenv: it would read on into the next lines.
  const endsOpen = value.endsWith('\\')
  if (!endsOpen && !/['\r]/.test(value)) return `'${value}'`
  if (!endsOpen && !/[`\r]/.test(value)) return `\`${value}\``
  if (!endsOpen && !/"|\\[nr]/.test(value)) return `"${value.replaceAll('\r', '\\r')}"`
  return isPlain(value) ? value : undefined
}

/** What dotenv takes as it stands: no comment, no line break, no space at an end, no quote to begin with. */
const isPlain = (value: string) => /^[^'"`]/.test(value) && !/[#\r\n]/.test(value) && value.trim() === value
