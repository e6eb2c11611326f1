import type { AirbyteClient, AirbyteClientOptions } from '@opsai/airbyte-client'
import type { Files } from '@opsai/apps'
import type { Deployer } from '@opsai/apps/deploy'
import type { Logger } from 'pino'
import * as z from 'zod'
import { type AdviserOptions, AdviserSettings } from './adviser/adviser-options.js'
import type { AppsOptions } from './apps/apps-options.js'
import { OAuthApps, toAppFaults } from './config/oauth-app.js'
import { publishedPrices } from './cost/credit-rate.js'
import { type SyncPeriod, syncPeriods } from './connections/spread-schedule.js'
import type { RedisOptions } from './redis/redis.js'
import type { StorageOptions } from './storage/storage-options.js'

/** What a proxy is made of. {@link createServer} names every option that is missing or wrong. */
export interface ServerOptions {
  /** A client, or what one is made from: Airbyte's base URL and credentials, or a `fetch` into an engine in process. */
  airbyte: AirbyteClient | AirbyteClientOptions
  /**
   * How sign-in at providers runs: on `cloud` Airbyte's own callback comes first, on `selfManaged` ours is the only one.
   * Default: by the base URL; `selfManaged` where a client was given.
   */
  edition?: 'cloud' | 'selfManaged'
  /** URL of the proxy's own PostgreSQL; it keeps to the schema `opsai`. */
  database: string
  /** URL of the PostgreSQL tenants' rows land in, of a role that may create schemas and roles. Default: `database`. */
  warehouse?: string
  /** `host:port/database` as Airbyte and tenants' apps reach the warehouse. Default: as `warehouse` says. */
  warehousePublicUrl?: string
  /** What a host's backend proves itself with; at least 32 characters. Never give it to a browser. */
  hostKey: string
  /** 32 random bytes, base64. What is sealed under another key can't be opened: keep it as long as the database. */
  encryptionKey: string
  /**
   * Keys that are opened with and never sealed with, base64. To change the key with several proxies running: first add
   * the new one here everywhere, then make it `encryptionKey` and put the former one here; what is stored is sealed anew
   * in the background, and once the log says so the former one can go.
   */
  oldEncryptionKeys?: string[]
  /** Where the host's backend takes events (`WebhookEvent` of the contract). Default: none are sent. */
  webhooks?: WebhookOptions
  /** Where the API is mounted. Default: `/api/airbyte`. */
  basePath?: string
  /** Where browsers reach the origin it is mounted on, such as `https://app.example.com`. Default: the request's. */
  publicUrl?: string
  /** Exact pages on hosts' own origins where a sign-in returns and is confirmed; the one of the flow's origin is used. */
  returnUrls?: string[]
  /**
   * What a sign-in rests on where its origin has no page in `returnUrls`: `relaxed` takes the cookie of a window that was
   * seen to be opened by a page of the host's; `strict` refuses to begin. Default: `relaxed`.
   */
  assurance?: 'strict' | 'relaxed'
  /** `sourceType`s the gallery shows first. Default: the gallery's own order. */
  featured?: string[]
  /** The only `sourceType`s on offer. Default: all. */
  connectorsAllowed?: string[]
  /** The organisation tenants' workspaces are made in; Airbyte Cloud only. Default: the credentials' own. */
  organizationId?: string
  /**
   * Whether real sample rows may be had from an Airbyte that has no call for them: `on` syncs the chosen streams once
   * into a schema of their own, which is dropped after. It reads the whole stream, and takes a minute or two.
   * Default: `off`, which shows examples made from the stream's schema and says so.
   */
  previewSync?: 'off' | 'on'
  /** How long a preview sync may take, in milliseconds, before examples are shown instead. Default: 120,000. */
  previewTimeoutMs?: number
  /**
   * OAuth apps of your own, by the connector's short name (`slack`): users sign in with them, whatever Airbyte has. Each
   * provider must know the redirect URL `{publicUrl}{basePath}/oauth/callback/app/{sourceType}`. A custom connector of a
   * workspace never gets one. Default: none, and Airbyte signs in.
   */
  oauthApps?: Record<string, OAuthAppOptions>
  /**
   * How often connections sync that name no schedule of their own, each tenant's at a minute of its own: `1h`, `2h`, `3h`,
   * `4h`, `6h`, `8h`, `12h`, `24h`, `7d`, or `manual`. Default: `24h`.
   */
  syncEvery?: SyncPeriod
  /**
   * What Airbyte Cloud asks for a million rows of APIs and for a gigabyte of databases and files, in credits: estimates are
   * made of it. Default: as Airbyte publishes it, 6 and 4.
   */
  credits?: { perMillionRows?: number; perGigabyte?: number }
  /** For how many days a stream has to bring nothing before it is said to be unused. Default: 30. */
  unusedAfterDays?: number
  /** How much one tenant may ask, over all proxies on the database. Default: 50 requests per second, 200 at once. */
  limits?: { requestsPerSecond?: number; burst?: number }
  /**
   * How much Airbyte is asked, by this process: calls per second (default: 20 on Cloud, no limit elsewhere), calls at
   * once (16), calls at once for one tenant (4), how long it may take to be connected (3,000 ms), to begin an answer
   * (15,000 ms, and no longer than the client's own `timeoutMs`) and how long it is left alone after it failed
   * (5,000 ms). Holds where `airbyte` is options, not where it is a client.
   */
  upstream?: {
    requestsPerSecond?: number
    concurrency?: number
    perTenant?: number
    connectMs?: number
    answerMs?: number
    openMs?: number
  }
  /** Where tenants' files are kept, each tenant's apart. Default: nowhere, and tenants have none. */
  storage?: StorageOptions
  /** A Redis for tenants' caches, each in a namespace of its own. Default: none. */
  redis?: RedisOptions
  /**
   * A language model that may put recommendations in order and propose an app's charts. It sees names and types, never
   * rows or secrets. Default: none, and rules do.
   */
  adviser?: AdviserOptions
  /**
   * Makes each tenant's own app from what is connected, and deploys it anew when that changes (`POST /apps`). Default:
   * none are made.
   */
  apps?: AppsOptions
  /** A pino logger; secrets are blanked before it. Default: JSON lines on standard output, level `info`. */
  logger?: Logger
  /** The clock. Default: the system's. */
  now?: () => Date
}

/** An app that you have registered with a provider. */
export interface OAuthAppOptions {
  clientId: string
  clientSecret: string
  /** Scopes to ask for, written as the provider wants them. Default: as is declared. */
  scope?: string
  /** Whether the provider understands PKCE (RFC 7636). Default: as is declared, and `none` where nothing is. */
  pkce?: 'S256' | 'none'
  /** Whether the provider may be `http` on this machine, and resolve to an address of a private network. Default: false. */
  allowPrivate?: boolean
  /**
   * How signing in goes, as Airbyte's connectors declare it: `oauth_config_specification` with
   * `oauth_connector_input_specification` and, where they differ from the connector's own, the places of its results.
   * Default: what the connector's specification declares, where Airbyte hands that out, else the table `providers` of
   * `@opsai/oauth`.
   */
  declaration?: Record<string, unknown>
}

/** Events to the host, signed as Standard Webhooks says and sent again for a day where nobody takes them. */
export interface WebhookOptions {
  /** Takes a POST and answers 2xx within 10 seconds. `https`, unless `allowPrivate`. */
  url: string
  /** `whsec_` and at least 24 random bytes in base64. */
  secret: string
  /** The secret before it, while the receiver is being changed: events are signed with both. */
  previousSecret?: string
  /** Whether `url` may be `http` and resolve to an address of a private network. Default: false. */
  allowPrivate?: boolean
}

const origin = /^https?:\/\/[^/?#\s@]+$/
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a URL such as postgresql://user:password@host:5432/db',
})
const pageUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' })

const key = (value: string) => Buffer.from(value, 'base64').length === 32
const webhookSecret = z
  .string()
  .refine(
    (secret) => /^whsec_[A-Za-z0-9+/=]+$/.test(secret) && Buffer.from(secret.slice(6), 'base64').length >= 24,
    'must be whsec_ and at least 24 random bytes in base64',
  )
const Webhooks = z
  .object({
    url: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }),
    secret: webhookSecret,
    previousSecret: webhookSecret.optional(),
    allowPrivate: z.boolean().default(false),
  })
  .refine(({ url, allowPrivate }) => allowPrivate || url.startsWith('https:'), {
    path: ['url'],
    message: 'must be https, unless webhooks.allowPrivate is set',
  })

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
const text = z.string().min(1)
const Storage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('s3'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,45}$/, "must be a bucket's name, of at most 46 characters"),
    region: text.optional(),
    endpoint: httpUrl.optional(),
    accessKeyId: text,
    secretAccessKey: text,
    perTenant: z.enum(['prefix', 'bucket']).optional(),
    tenantKeys: z.enum(['iam', 'none']).optional(),
    iamEndpoint: httpUrl.optional(),
  }),
  z.strictObject({
    kind: z.literal('supabase'),
    url: httpUrl,
    anonKey: text,
    serviceRoleKey: text,
    bucket: text.optional(),
    region: text.optional(),
  }),
  z.strictObject({ kind: z.literal('local'), folder: text }),
])
const Redis = z.strictObject({
  url: z
    .url({ protocol: /^rediss?$/, error: 'must be a URL such as redis://host:6379' })
    .refine(
      (url) => ['', '/', '/0'].includes(new URL(url).pathname),
      "must name no database but 0: tenants' keys are there",
    ),
  publicUrl: z
    .string()
    .regex(/^[^\s/@]+$/, 'must look like host:6379')
    .optional(),
})

const Apps = z.strictObject({
  deployer: z.custom<Deployer>(
    (value) => typeof (value as Deployer | undefined)?.deploy === 'function',
    'must be a deployer, such as those of @opsai/apps/deploy',
  ),
  directory: text,
  template: z.custom<Files>((value) => typeof value === 'object', 'must be files by their paths').optional(),
  quietMs: z.number().int().min(0).max(60_000).optional(),
})

const Settings = z.object({
  database: postgresUrl,
  warehouse: postgresUrl.optional(),
  warehousePublicUrl: z.string().min(1).optional(),
  hostKey: z.string({ error: 'is needed' }).min(32, 'must have at least 32 characters'),
  encryptionKey: z.string({ error: 'is needed: 32 random bytes in base64' }).refine(key, 'must be 32 bytes in base64'),
  oldEncryptionKeys: z.array(z.string().refine(key, 'must be 32 bytes in base64')).default([]),
  webhooks: Webhooks.optional(),
  basePath: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'must look like /api/airbyte')
    .default('/api/airbyte'),
  publicUrl: z
    .string()
    .transform((url) => url.replace(/\/$/, ''))
    .pipe(z.string().regex(origin, 'must be an origin such as https://app.example.com'))
    .optional(),
  returnUrls: z.array(pageUrl.refine((url) => !url.includes('#'), 'must have no fragment')).default([]),
  assurance: z.enum(['strict', 'relaxed'], "must be 'strict' or 'relaxed'").default('relaxed'),
  featured: z.array(z.string()).default([]),
  connectorsAllowed: z.array(z.string()).optional(),
  edition: z.enum(['cloud', 'selfManaged']).optional(),
  organizationId: z.string().min(1).optional(),
  previewSync: z.enum(['off', 'on'], "must be 'off' or 'on'").default('off'),
  syncEvery: z.enum(syncPeriods, `must be one of ${syncPeriods.join(', ')}`).default('24h'),
  credits: z
    .strictObject({
      perMillionRows: z.number().min(0).default(publishedPrices.perMillionRows),
      perGigabyte: z.number().min(0).default(publishedPrices.perGigabyte),
    })
    .prefault({}),
  unusedAfterDays: z.number().int().min(1).max(180).default(30),
  storage: Storage.optional(),
  redis: Redis.optional(),
  adviser: AdviserSettings.optional(),
  apps: Apps.optional(),
  previewTimeoutMs: z.number().int().min(1_000).max(600_000).default(120_000),
  oauthApps: OAuthApps.default({}),
  limits: z
    .strictObject({ requestsPerSecond: z.number().positive().default(50), burst: z.number().min(1).default(200) })
    .prefault({}),
  upstream: z
    .strictObject({
      requestsPerSecond: z.number().positive().optional(),
      concurrency: z.number().int().min(1).default(16),
      perTenant: z.number().int().min(1).default(4),
      connectMs: z.number().int().min(1).default(3_000),
      answerMs: z.number().int().min(1).optional(),
      openMs: z.number().int().min(1).default(5_000),
    })
    .prefault({}),
})
export type Settings = z.infer<typeof Settings>

/** @throws TypeError naming each option that is missing or wrong, and nothing of its value. */
export function parseSettings(options: ServerOptions): Settings {
  const parsed = Settings.safeParse(options)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.flatMap(toFault)
  throw new TypeError(`[opsai/server] ${wrong.join('; ')}.`)
}

function toFault(issue: z.core.$ZodIssue): string[] {
  const [option, ...path] = issue.path
  if (option === 'oauthApps') return toAppFaults([{ ...issue, path }]).map((fault) => `oauthApps: ${fault}`)
  return [`${issue.path.join('.') || 'options'} ${issue.message}`]
}
