import { join, resolve } from 'node:path'
import {
  describeKey,
  type Environment,
  EnvironmentError,
  environmentKeys,
  parseEnvironment,
  readKey,
} from '@opsai/server/environment'
import { UsageError } from '../usage-error.js'

/** Where things listen: the app, and everything behind it, counted from PORT. */
export interface DevPorts {
  app: number
  engine: number
  sandbox: number
  customerDatabase: number
  database: number
}

export interface DevSettings {
  ports: DevPorts
  dataDir: string
  hostKey: string | undefined
  encryptionKey: string | undefined
  databaseUrl: string | undefined
  /** Default: `databaseUrl`, or a database of its own beside it. */
  warehouseUrl: string | undefined
  airbyte: { url: string; clientId?: string; clientSecret?: string; apiKey?: string } | undefined
  /** Settings the app reads itself, as they were given. */
  passedOn: Record<string, string>
  /** The folder of tenants' files, unless a store has them. */
  storageDir: string | undefined
  /** The folder of tenants' apps. */
  appsDir: string
  openBrowser: boolean
}

/**
 * Reads and checks the environment: the same settings as a server's own, none of them needed.
 *
 * @throws UsageError naming each wrong key, what is wrong with it and nothing of its value.
 */
export function parseDevSettings(environment: Readonly<Record<string, string | undefined>>): DevSettings {
  const env = parse(environment)
  return {
    ports: toPorts(env.PORT),
    dataDir: resolve(env.OPSAI_DATA_DIR),
    hostKey: env.OPSAI_HOST_KEY,
    encryptionKey: env.OPSAI_ENCRYPTION_KEY,
    databaseUrl: env.DATABASE_URL,
    warehouseUrl: env.WAREHOUSE_URL,
    airbyte: env.AIRBYTE_API_URL
      ? {
          url: env.AIRBYTE_API_URL,
          clientId: env.AIRBYTE_CLIENT_ID,
          clientSecret: env.AIRBYTE_CLIENT_SECRET,
          apiKey: env.AIRBYTE_API_KEY,
        }
      : undefined,
    passedOn: Object.fromEntries(
      environmentKeys.flatMap((key) => {
        const value = isPassedOn(key) ? readKey(environment, key) : undefined
        return value ? [[key, toValue(key, value)]] : []
      }),
    ),
    storageDir:
      env.S3_BUCKET || env.SUPABASE_URL
        ? undefined
        : (env.OPSAI_STORAGE_DIR ?? join(resolve(env.OPSAI_DATA_DIR), 'files')),
    appsDir: resolve(readKey(environment, 'OPSAI_APPS_DIR') ?? join(env.OPSAI_DATA_DIR, 'apps')),
    openBrowser: env.OPSAI_OPEN === '1' && !environment.CI,
  }
}

function parse(environment: Readonly<Record<string, string | undefined>>): Environment {
  try {
    return parseEnvironment(environment, { need: [] })
  } catch (error) {
    throw error instanceof EnvironmentError ? new UsageError(error.message) : error
  }
}

/** What `opsai dev` decides itself is not: addresses, ports, databases, keys, and where Airbyte is. */
function isPassedOn(key: keyof Environment): boolean {
  const { group } = describeKey(key)
  if (key === 'OPSAI_ENCRYPTION_KEYS_OLD' || key === 'OPSAI_RETURN_URLS' || key === 'WAREHOUSE_PUBLIC_URL') return true
  if (key === 'PORT') return false
  return !['Airbyte', 'Databases', 'Keys', 'Addresses', 'opsai dev', 'opsai command'].includes(group)
}

/** The app runs in a folder of its own. */
const toValue = (key: keyof Environment, value: string) => (key === 'OPSAI_OAUTH_APPS_FILE' ? resolve(value) : value)

const toPorts = (first: number): DevPorts => ({
  app: first,
  engine: first + 1,
  sandbox: first + 2,
  customerDatabase: first + 3,
  database: first + 4,
})
