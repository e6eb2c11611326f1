import { resolve } from 'node:path'
import * as z from 'zod'
import { UsageError } from '../usage-error.js'

const Port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(1024, 'must be 1024 or more')
  .max(65_530, 'must be 65530 or less, for the five ports behind it are used too')

const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be a URL such as ${example}` })

/** What `opsai dev` reads from the environment. */
const Environment = z.object({
  PORT: Port.default(4400).describe('The first of the ports used: the app; the engine, sandbox and databases follow.'),
  OPSAI_DATA_DIR: z.string().min(1).default('.opsai').describe('Where everything is kept between runs.'),
  OPSAI_HOST_KEY: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('The key a host uses towards the proxy. Made and kept when absent.'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/db')
    .optional()
    .describe('A PostgreSQL to use in place of the one the kit brings.'),
  AIRBYTE_API_URL: url(/^https?$/, 'https://airbyte.example.com')
    .optional()
    .describe('An Airbyte to use in place of the embedded engine.'),
  AIRBYTE_CLIENT_ID: z.string().min(1).optional().describe("Of an application in that Airbyte's settings."),
  AIRBYTE_CLIENT_SECRET: z.string().min(1).optional(),
  AIRBYTE_API_KEY: z.string().min(1).optional().describe('A static token in place of client id and secret.'),
  OPSAI_OPEN: z.enum(['0', '1'], 'must be 0 or 1').default('1').describe('0: do not open a browser.'),
  CI: z.string().optional(),
})

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
  databaseUrl: string | undefined
  airbyte: { url: string; clientId?: string; clientSecret?: string; apiKey?: string } | undefined
  openBrowser: boolean
}

/**
 * Reads and checks the environment. Empty values count as absent.
 *
 * @throws UsageError naming each wrong key, what is wrong with it and nothing of its value.
 */
export function parseDevSettings(environment: Readonly<Record<string, string | undefined>>): DevSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new UsageError(`${wrong.join('; ')}.`)
  }
  const env = parsed.data
  return {
    ports: toPorts(env.PORT),
    dataDir: resolve(env.OPSAI_DATA_DIR),
    hostKey: env.OPSAI_HOST_KEY,
    databaseUrl: env.DATABASE_URL,
    airbyte: env.AIRBYTE_API_URL
      ? {
          url: env.AIRBYTE_API_URL,
          clientId: env.AIRBYTE_CLIENT_ID,
          clientSecret: env.AIRBYTE_CLIENT_SECRET,
          apiKey: env.AIRBYTE_API_KEY,
        }
      : undefined,
    openBrowser: env.OPSAI_OPEN === '1' && !env.CI,
  }
}

const toPorts = (first: number): DevPorts => ({
  app: first,
  engine: first + 1,
  sandbox: first + 2,
  customerDatabase: first + 3,
  database: first + 4,
})
