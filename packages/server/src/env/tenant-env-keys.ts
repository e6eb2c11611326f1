// The `.env` of a tenant's app, described once: what is written there, what each key says, and which of them are secret.
import * as z from 'zod'
import { providerNames } from './connected-providers.js'

const text = z.string().min(1)
const provider = 'The connector that does this for the tenant, of several the one that was connected first.'

/** Every key with a fixed name. What is connected adds a `<CONNECTOR>_ENABLED=true` each. */
export const TenantEnvKeys = z.object({
  TENANT_ID: text.describe("The tenant's id, as the host calls it."),
  DATABASE_URL: z
    .url({ protocol: /^postgresql$/ })
    .describe("The tenant's rows: a login that may read them and nothing else; its search path is the schema."),
  DATABASE_SCHEMA: text.describe('The schema the rows are in.'),
  STORAGE_PROVIDER: z
    .enum(['s3', 'supabase', 'local'])
    .optional()
    .describe("Where the tenant's files are: an S3 store, Supabase's, or a folder of this machine."),
  STORAGE_ENDPOINT: z.url().optional().describe('The S3 endpoint; none is Amazon.'),
  STORAGE_REGION: text.optional().describe("The bucket's region."),
  STORAGE_BUCKET: text.optional().describe('The bucket.'),
  STORAGE_PREFIX: text
    .optional()
    .describe('What every key of the tenant begins with; none where the bucket is its own.'),
  STORAGE_PATH: text.optional().describe('The folder, where files are kept on this machine.'),
  STORAGE_ACCESS_KEY_ID: text
    .optional()
    .describe("A key for the tenant's own files. None where the store has no keys that reach no further."),
  STORAGE_SECRET_ACCESS_KEY: text.optional().describe("That key's secret."),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe("A login to Redis for the tenant's own keys."),
  REDIS_NAMESPACE: text.optional().describe('What every key and channel must begin with; no other can be reached.'),
  APP_PASSWORD: text
    .optional()
    .describe('What a browser is asked for before the app shows anything, where it is deployed for others to reach.'),
  AIRBYTE_WORKSPACE_ID: text.describe("The tenant's workspace in Airbyte. Its credentials are the platform's own."),
  ...(Object.fromEntries(providerNames.map((name) => [name, text.optional().describe(provider)])) as Record<
    (typeof providerNames)[number],
    z.ZodOptional<typeof text>
  >),
})
export type TenantEnv = z.infer<typeof TenantEnvKeys>

/** Never to be logged, put into a bundle or shown. */
export const secretTenantKeys = [
  'DATABASE_URL',
  'STORAGE_SECRET_ACCESS_KEY',
  'REDIS_URL',
  'APP_PASSWORD',
] as const satisfies (keyof TenantEnv)[]

/** What a key says, for the line above it. */
export const tenantEnvComments: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TenantEnvKeys.shape).map(([name, schema]) => [name, schema.description ?? '']),
)
