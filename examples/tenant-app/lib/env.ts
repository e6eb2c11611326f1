// The settings the app reads, checked once. What is wrong is said by name; no value is ever in a message.

export interface Settings {
  databaseUrl: string
  /** The Postgres schema synced rows land in. */
  schema: string
  /** What the browser is asked for before it gets to see anything. */
  password: string | undefined
}

export class SettingsError extends Error {
  override name = 'SettingsError' as const
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws SettingsError naming the setting that is missing or no URL */
export function parseSettings(environment: Environment): Settings {
  const { DATABASE_URL: databaseUrl, DATABASE_SCHEMA: schema, APP_PASSWORD: password } = environment
  if (!databaseUrl) throw new SettingsError('DATABASE_URL is not set. It is in the .env this app came with.')
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl))
    throw new SettingsError('DATABASE_URL is not a URL such as postgresql://user:password@host:5432/database.')
  if (!schema) throw new SettingsError('DATABASE_SCHEMA is not set. It is in the .env this app came with.')
  return { databaseUrl, schema, password: password || undefined }
}

/** A feature flag: on while it is `true`. */
export const isOn = (flag: string, environment: Environment): boolean =>
  environment[flag]?.trim().toLowerCase() === 'true'
