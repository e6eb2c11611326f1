import type { AirbyteClient, AirbyteClientOptions } from '@opsai/airbyte-client'
import type { Logger } from 'pino'
import * as z from 'zod'

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
  /** Where the API is mounted. Default: `/api/airbyte`. */
  basePath?: string
  /** Where browsers reach the origin it is mounted on, such as `https://app.example.com`. Default: the request's. */
  publicUrl?: string
  /** Exact pages on hosts' own origins where a sign-in returns and is confirmed; the one of the flow's origin is used. */
  returnUrls?: string[]
  /** `sourceType`s the gallery shows first. Default: the gallery's own order. */
  featured?: string[]
  /** The only `sourceType`s on offer. Default: all. */
  connectorsAllowed?: string[]
  /** A pino logger; secrets are blanked before it. Default: JSON lines on standard output, level `info`. */
  logger?: Logger
  /** The clock. Default: the system's. */
  now?: () => Date
}

const origin = /^https?:\/\/[^/?#\s@]+$/
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a URL such as postgresql://user:password@host:5432/db',
})
const pageUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' })

const Settings = z.object({
  database: postgresUrl,
  warehouse: postgresUrl.optional(),
  warehousePublicUrl: z.string().min(1).optional(),
  hostKey: z.string({ error: 'is needed' }).min(32, 'must have at least 32 characters'),
  encryptionKey: z
    .string({ error: 'is needed: 32 random bytes in base64' })
    .refine((key) => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64'),
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
  featured: z.array(z.string()).default([]),
  connectorsAllowed: z.array(z.string()).optional(),
  edition: z.enum(['cloud', 'selfManaged']).optional(),
})
export type Settings = z.infer<typeof Settings>

/** @throws TypeError naming each option that is missing or wrong, and nothing of its value. */
export function parseSettings(options: ServerOptions): Settings {
  const parsed = Settings.safeParse(options)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'options'} ${issue.message}`)
  throw new TypeError(`[opsai/server] ${wrong.join('; ')}.`)
}
