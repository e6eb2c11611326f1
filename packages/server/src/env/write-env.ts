// Writes a `.env` that reads back exactly as it was, whoever reads it, or says what can't be written. The formats have no
// escapes in common, so the quotes are chosen to fit; nothing a shell would run is ever left outside of them.

/**
 * Who reads the file.
 * `dotenv`: dotenv and `source .env` in bash, to both of which the text means the same.
 * `docker`: `docker run --env-file`, which takes a line as it stands and knows no quotes.
 */
export type EnvFormat = 'dotenv' | 'docker'

export interface WriteEnvOptions {
  /** Default: `dotenv`. */
  format?: EnvFormat
  /** A line above a key, by its name. */
  comments?: Readonly<Record<string, string>>
}

/** A name or a value the file can't hold. Nothing of the value is in here. */
export class EnvValueError extends TypeError {
  override name = 'EnvValueError' as const
}

/**
 * Text of an env file, keys in the order given.
 *
 * @throws EnvValueError naming the key whose name or value the format can't hold, and why
 * @example
 * writeEnv({ TENANT_ID: 'acme', NOTE: 'two\nlines' }) // TENANT_ID=acme … NOTE='two\nlines'
 */
export function writeEnv(values: Readonly<Record<string, string>>, options: WriteEnvOptions = {}): string {
  const { format = 'dotenv', comments = {} } = options
  return Object.entries(values)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
        throw new EnvValueError(`[opsai/server] ${JSON.stringify(name)} is no name for a .env.`)
      const comment = comments[name]
      return `${comment ? `# ${comment.replace(/\s+/g, ' ')}\n` : ''}${name}=${write(name, value, format)}\n`
    })
    .join('')
}

function write(name: string, value: string, format: EnvFormat): string {
  const why = whyNot(value) ?? (format === 'docker' ? whyNotDocker(name, value) : whyNotDotenv(value))
  if (why) throw new EnvValueError(`[opsai/server] ${name} has a value no ${nameOf[format]} can hold: ${why}.`)
  if (format === 'docker' || isPlain(value)) return value
  return value.includes("'") ? `"${value}"` : `'${value}'`
}

const nameOf: Readonly<Record<EnvFormat, string>> = { dotenv: '.env', docker: 'docker env-file' }

/** What means nothing to any reader, so that the line is the same to all. A `~` or `&` would mean something to bash. */
const isPlain = (value: string) => /^[\w./:@%+,=?-]+$/.test(value)

/** No environment holds these, however written. */
function whyNot(value: string): string | undefined {
  if (value.includes('\0')) return 'a NUL'
  // dotenv would read U+FFFD instead.
  return /\p{Surrogate}/u.test(value) ? 'half of a surrogate pair' : undefined
}

/** Single quotes keep all but themselves, in dotenv and bash alike; double quotes keep what neither treats apart. */
function whyNotDotenv(value: string): string | undefined {
  // dotenv makes every line break a \n first; its own escape for \r means something else to bash.
  if (value.includes('\r')) return 'a carriage return'
  if (value.includes("'")) return /["$`\\]/.test(value) ? 'a single quote beside one of " $ ` \\' : undefined
  // A quote after a backslash is no end to dotenv: it would read on into the next lines.
  return value.endsWith('\\') ? 'a backslash at its end' : undefined
}

/** https://docs.docker.com/reference/cli/docker/container/run/#env: one line a variable, read 64 KiB at most. */
function whyNotDocker(name: string, value: string): string | undefined {
  if (/[\r\n]/.test(value)) return 'a line break'
  return Buffer.byteLength(`${name}=${value}`) > 65_000 ? 'more than 65,000 bytes' : undefined
}
