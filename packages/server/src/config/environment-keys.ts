// Every setting there is, once: what is checked at start, what `.env.example` says and what `opsai doctor` names.
import * as z from 'zod'
import { syncPeriods } from '../connections/spread-schedule.js'
import { keyFacts } from './key-facts.js'
import * as type from './key-types.js'

const random = 'Make one with: openssl rand -base64 32'
const application = "In Airbyte's settings, Applications, make one and copy its id and secret."

/** All settings. Only those with a default have a value for sure; {@link parseEnvironment} narrows what a program needs. */
export const EnvironmentKeys = z.object({
  AIRBYTE_API_URL: type.HttpUrl.optional()
    .describe('Where Airbyte is: https://api.airbyte.com, your own, or the embedded engine (opsai dev starts one).')
    .register(keyFacts, { group: 'Airbyte', example: 'https://airbyte.example.com', needed: 'always' }),
  AIRBYTE_CLIENT_ID: type.Text.optional()
    .describe("The id of an application in Airbyte's settings. None for the embedded engine.")
    .register(keyFacts, {
      group: 'Airbyte',
      example: '00000000-0000-0000-0000-000000000000',
      needed: 'on Airbyte Cloud, and wherever authentication is on, unless there is a static token',
      remedy: application,
      with: ['AIRBYTE_CLIENT_SECRET'],
      without: ['AIRBYTE_API_KEY'],
    }),
  AIRBYTE_CLIENT_SECRET: type.Text.optional()
    .describe("That application's secret.")
    .register(keyFacts, { group: 'Airbyte', secret: true, remedy: application, with: ['AIRBYTE_CLIENT_ID'] }),
  AIRBYTE_API_KEY: type.Text.optional()
    .describe('A static token in place of client id and secret, where a gateway in front of Airbyte takes one.')
    .register(keyFacts, { group: 'Airbyte', secret: true }),
  AIRBYTE_ORGANIZATION_ID: z
    .guid('must be a UUID')
    .optional()
    .describe("The organisation tenants' workspaces are made in. Airbyte Cloud only; the credentials' own by default.")
    .register(keyFacts, { group: 'Airbyte', example: '00000000-0000-0000-0000-000000000000' }),
  AIRBYTE_CREDITS_PER_MILLION_ROWS: type.Amount.default(6)
    .describe('What Airbyte Cloud asks for a million rows of an API, in credits: estimates are made of it.')
    .register(keyFacts, { group: 'Airbyte' }),
  AIRBYTE_CREDITS_PER_GIGABYTE: type.Amount.default(4)
    .describe('What it asks for a gigabyte of a database or of files, in credits.')
    .register(keyFacts, { group: 'Airbyte' }),

  DATABASE_URL: type.PostgresUrl.optional()
    .describe("The kit's own PostgreSQL, 14 or newer. It keeps to the schema opsai.")
    .register(keyFacts, {
      group: 'Databases',
      secret: true,
      example: 'postgresql://user:password@localhost:5432/opsai',
      needed: 'always',
    }),
  WAREHOUSE_URL: type.PostgresUrl.optional()
    .describe(
      "The PostgreSQL tenants' rows land in, of a role that may create schemas and roles. Default: DATABASE_URL.",
    )
    .register(keyFacts, {
      group: 'Databases',
      secret: true,
      example: 'postgresql://user:password@localhost:5432/warehouse',
    }),
  WAREHOUSE_PUBLIC_URL: type.DatabaseAddress.optional()
    .describe("The warehouse as Airbyte and tenants' apps reach it. Default: as WAREHOUSE_URL says.")
    .register(keyFacts, { group: 'Databases', example: 'db.example.com:5432/warehouse' }),

  OPSAI_HOST_KEY: type.HostKey.optional()
    .describe('What your backend proves itself with; at least 32 characters. Never give it to a browser.')
    .register(keyFacts, { group: 'Keys', secret: true, needed: 'always', remedy: random }),
  OPSAI_ENCRYPTION_KEY: type.Key32.optional()
    .describe('32 random bytes, base64. What it has sealed only it can open: keep it as long as the database.')
    .register(keyFacts, { group: 'Keys', secret: true, needed: 'always', remedy: random }),
  OPSAI_ENCRYPTION_KEYS_OLD: type.Keys32.optional()
    .describe('Earlier encryption keys, separated by commas: still opened with, until everything is sealed anew.')
    .register(keyFacts, { group: 'Keys', secret: true, needed: 'while a key is being rotated' }),

  OPSAI_PUBLIC_URL: type.Origin.optional().describe('The origin browsers reach the API at.').register(keyFacts, {
    group: 'Addresses',
    example: 'https://app.example.com',
    needed: 'behind a proxy that rewrites the host, and for webhooks from Airbyte',
  }),
  OPSAI_RETURN_URLS: type.Pages.optional()
    .describe('Pages of your own where a sign-in returns and is confirmed; exact, https, separated by commas.')
    .register(keyFacts, { group: 'Addresses', example: 'https://app.example.com/airbyte-return' }),
  OPSAI_ASSURANCE: z
    .enum(['strict', 'relaxed'], 'must be strict or relaxed')
    .default('relaxed')
    .describe(
      'strict: no sign-in begins on an origin without a page in OPSAI_RETURN_URLS. relaxed: there it rests on a cookie.',
    )
    .register(keyFacts, { group: 'Addresses' }),
  OPSAI_BASE_PATH: type.BasePath.default('/api/airbyte')
    .describe('Where the API is mounted.')
    .register(keyFacts, { group: 'Addresses' }),

  OPSAI_OAUTH_APPS: type.OAuthAppsText.optional()
    .describe('OAuth apps of your own that users sign in with, by connector, as JSON in single quotes.')
    .register(keyFacts, {
      group: 'Signing in',
      secret: true,
      needed: 'where Airbyte has no app for a connector, and with the embedded engine',
      remedy: 'Such as {"slack": {"clientId": "…", "clientSecret": "…"}}. More keys: README of @opsai/server.',
      without: ['OPSAI_OAUTH_APPS_FILE'],
    }),
  OPSAI_OAUTH_APPS_FILE: type.OAuthAppsFile.optional()
    .describe('The same from a file.')
    .register(keyFacts, { group: 'Signing in', example: '/run/secrets/oauth-apps.json' }),

  OPSAI_WEBHOOK_URL: type.HttpUrl.optional()
    .describe('Where your backend is told what happened: sources connected, syncs ended. Signed by Standard Webhooks.')
    .register(keyFacts, {
      group: 'Webhooks',
      example: 'https://app.example.com/hooks/opsai',
      with: ['OPSAI_WEBHOOK_SECRET'],
    }),
  OPSAI_WEBHOOK_SECRET: type.WebhookSecret.optional()
    .describe('What those messages are signed with: whsec_ and 24 to 64 random bytes in base64.')
    .register(keyFacts, {
      group: 'Webhooks',
      secret: true,
      remedy: 'Make one with: echo whsec_$(openssl rand -base64 32)',
      with: ['OPSAI_WEBHOOK_URL'],
    }),

  OPSAI_PREVIEW_SYNC: z
    .enum(['off', 'on'], 'must be off or on')
    .default('off')
    .describe('on: real sample rows from an Airbyte that has no call for them, by a sync into a schema dropped after.')
    .register(keyFacts, { group: 'Behaviour' }),
  OPSAI_SYNC_EVERY: z
    .enum(syncPeriods, `must be one of ${syncPeriods.join(', ')}`)
    .default('24h')
    .describe(
      'How often connections sync that name no schedule: 1h to 24h, 7d or manual; each tenant at its own minute.',
    )
    .register(keyFacts, { group: 'Behaviour' }),
  OPSAI_UNUSED_AFTER_DAYS: type.Days.default(30)
    .describe('For how many days a stream has to bring nothing before it is said to be unused.')
    .register(keyFacts, { group: 'Behaviour' }),
  LOG_LEVEL: type.LogLevel.default('info')
    .describe('How much is logged, from fatal to trace.')
    .register(keyFacts, { group: 'Behaviour' }),

  OPSAI_STORAGE_DIR: type.Text.optional()
    .describe("A folder of this machine for tenants' files, each in one of its own. With opsai dev: in OPSAI_DATA_DIR.")
    .register(keyFacts, {
      group: "Tenants' apps",
      example: '/var/lib/opsai/files',
      without: ['S3_BUCKET', 'SUPABASE_URL'],
    }),
  SUPABASE_URL: type.HttpUrl.optional()
    .describe("A Supabase project whose Storage keeps tenants' files. Its S3 protocol has to be switched on there.")
    .register(keyFacts, {
      group: "Tenants' apps",
      example: 'https://project.supabase.co',
      with: ['SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY'],
      without: ['S3_BUCKET'],
    }),
  SUPABASE_ANON_KEY: type.Text.optional()
    .describe("That project's anon key: what requests to its Storage are signed with.")
    .register(keyFacts, { group: "Tenants' apps", secret: true, with: ['SUPABASE_URL', 'SUPABASE_SERVICE_ROLE_KEY'] }),
  SUPABASE_SERVICE_ROLE_KEY: type.Text.optional()
    .describe("That project's service role key: what lets the platform at every tenant's files. No app ever gets it.")
    .register(keyFacts, { group: "Tenants' apps", secret: true, with: ['SUPABASE_URL', 'SUPABASE_ANON_KEY'] }),
  SUPABASE_BUCKET: type.Text.default('tenants')
    .describe("The bucket there, each tenant's files under a prefix of its own. Made where it is missing.")
    .register(keyFacts, { group: "Tenants' apps" }),
  S3_ENDPOINT: type.HttpUrl.optional()
    .describe("An S3 store that is not Amazon's own.")
    .register(keyFacts, { group: "Tenants' apps", example: 'https://s3.example.com', with: ['S3_BUCKET'] }),
  S3_REGION: type.Text.optional()
    .describe("The bucket's region; with Supabase the project's.")
    .register(keyFacts, { group: "Tenants' apps", example: 'eu-central-1' }),
  S3_BUCKET: type.Text.optional()
    .describe("The bucket tenants' files are kept in, each under a prefix of its own. Made where it is missing.")
    .register(keyFacts, {
      group: "Tenants' apps",
      example: 'tenants',
      with: ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    }),
  S3_ACCESS_KEY_ID: type.Text.optional()
    .describe('The id of an access key for that bucket, and for IAM where tenants get keys of their own.')
    .register(keyFacts, { group: "Tenants' apps", secret: true, with: ['S3_BUCKET', 'S3_SECRET_ACCESS_KEY'] }),
  S3_SECRET_ACCESS_KEY: type.Text.optional()
    .describe("That access key's secret.")
    .register(keyFacts, { group: "Tenants' apps", secret: true, with: ['S3_BUCKET', 'S3_ACCESS_KEY_ID'] }),
  S3_PER_TENANT: z
    .enum(['prefix', 'bucket'], 'must be prefix or bucket')
    .default('prefix')
    .describe('bucket: one for each tenant, whose name begins with S3_BUCKET, instead of a prefix in one.')
    .register(keyFacts, { group: "Tenants' apps" }),
  S3_TENANT_KEYS: z
    .enum(['iam', 'none'], 'must be iam or none')
    .optional()
    .describe(
      'iam: each app gets a key for its own files only. none: it gets no key. Default: iam at Amazon, else none.',
    )
    .register(keyFacts, { group: "Tenants' apps", example: 'iam', with: ['S3_BUCKET'] }),
  S3_IAM_ENDPOINT: type.HttpUrl.optional()
    .describe("Where the store's IAM is. Default: Amazon's, or S3_ENDPOINT.")
    .register(keyFacts, { group: "Tenants' apps", example: 'https://iam.example.com', with: ['S3_BUCKET'] }),
  REDIS_URL: type.RedisUrl.optional()
    .describe("A Redis 7 for tenants' caches, each in a namespace of its own; of a user that may make users.")
    .register(keyFacts, { group: "Tenants' apps", secret: true, example: 'redis://localhost:6379' }),
  REDIS_PUBLIC_URL: type.HostAndPort.optional()
    .describe("That Redis as tenants' apps reach it. Default: as REDIS_URL says.")
    .register(keyFacts, { group: "Tenants' apps", example: 'redis.example.com:6379', with: ['REDIS_URL'] }),

  OPSAI_APPS_TARGET: z
    .enum(['none', 'local', 'docker', 'vercel'], 'must be none, local, docker or vercel')
    .default('none')
    .describe(
      "Where each tenant's own app is deployed: local runs it as a process of this machine. With opsai dev: local.",
    )
    .register(keyFacts, { group: 'Deploying' }),
  OPSAI_APPS_DIR: type.Text.default('.opsai/apps')
    .describe("The apps' own folders, to be kept; for their owner's eyes only. With opsai dev: in OPSAI_DATA_DIR.")
    .register(keyFacts, { group: 'Deploying' }),
  OPSAI_APPS_PORT: type.Port.optional()
    .describe('The first port of apps on this machine; each keeps its own. Default: the tenth after PORT.')
    .register(keyFacts, { group: 'Deploying', example: '4410' }),
  VERCEL_API_TOKEN: type.Text.optional().describe("A Vercel token to deploy tenants' apps with.").register(keyFacts, {
    group: 'Deploying',
    secret: true,
    needed: 'for OPSAI_APPS_TARGET=vercel',
    remedy: "Make one in Vercel's account settings, Tokens.",
    formerly: 'VERCEL_TOKEN',
  }),
  VERCEL_TEAM_ID: type.Text.optional()
    .describe("The Vercel team they are deployed to. Default: the token's own account.")
    .register(keyFacts, { group: 'Deploying', example: 'team_…', with: ['VERCEL_API_TOKEN'] }),

  OPENAI_API_KEY: type.Text.optional()
    .describe("OpenAI's key, for the adviser on recommendations and dashboards. Without one, built-in rules advise.")
    .register(keyFacts, { group: 'Language models', secret: true }),
  OPENAI_BASE_URL: type.HttpUrl.optional()
    .describe("Another server that speaks OpenAI's chat completions. Default: OpenAI's own.")
    .register(keyFacts, { group: 'Language models', example: 'http://localhost:11434/v1', with: ['OPENAI_API_KEY'] }),
  OPENAI_MODEL: type.Text.optional()
    .describe('The model to ask there; a small one is enough.')
    .register(keyFacts, { group: 'Language models', example: 'gpt-4.1-mini', with: ['OPENAI_API_KEY'] }),
  CLAUDE_API_KEY: type.Text.optional()
    .describe("Anthropic's key, for the same adviser. One of the two is enough: with both, OpenAI's is asked.")
    .register(keyFacts, { group: 'Language models', secret: true, formerly: 'ANTHROPIC_API_KEY' }),
  CLAUDE_BASE_URL: type.HttpUrl.optional()
    .describe("Another server that speaks Anthropic's messages API. Default: Anthropic's own.")
    .register(keyFacts, { group: 'Language models', example: 'https://llm.example.com', with: ['CLAUDE_API_KEY'] }),
  CLAUDE_MODEL: type.Text.optional()
    .describe('The model to ask there; a small one is enough.')
    .register(keyFacts, { group: 'Language models', example: 'claude-haiku-4-5', with: ['CLAUDE_API_KEY'] }),

  PORT: type.Port.default(4400)
    .describe('Where the app listens; with opsai dev the engine, sandbox and databases take the four ports after it.')
    .register(keyFacts, { group: 'Behaviour' }),
  OPSAI_DATA_DIR: type.Text.default('.opsai')
    .describe('Where everything is kept between runs.')
    .register(keyFacts, { group: 'opsai dev' }),
  OPSAI_OPEN: z
    .enum(['0', '1'], 'must be 0 or 1')
    .default('1')
    .describe('0: do not open a browser.')
    .register(keyFacts, { group: 'opsai dev' }),
  OPSAI_PROXY_URL: type.HttpUrl.default('http://localhost:4400/api/airbyte')
    .describe('The running API that opsai provision, env and doctor talk to.')
    .register(keyFacts, { group: 'opsai command' }),
})

/** What is set, by name. */
export type Environment = z.infer<typeof EnvironmentKeys>
export type EnvironmentKey = keyof Environment

/** The settings' names, in the order they are shown. */
export const environmentKeys = Object.keys(EnvironmentKeys.shape) as EnvironmentKey[]
