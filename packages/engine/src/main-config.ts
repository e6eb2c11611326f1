import * as z from 'zod'
import type { ListenOptions } from './listen.js'

/** A `.env` writes "not set" as an empty value. */
const unset = (value: unknown) => (value === '' ? undefined : value)

const App = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  scope: z.string().min(1).optional(),
})

const OAuthApps = z.string().transform((text, context) => {
  try {
    return z.record(z.string(), App).parse(JSON.parse(text))
  } catch {
    context.addIssue('must be JSON like {"acme-crm": {"clientId": "…", "clientSecret": "…"}}')
    return z.NEVER
  }
})

/** Every variable `main` reads. */
const Environment = z.object({
  OPSAI_ENGINE_DATABASE_URL: z.preprocess(unset, z.string({ error: 'is missing: the URL of a Postgres database' })),
  OPSAI_ENGINE_ENCRYPTION_KEY: z.preprocess(
    unset,
    z.string({ error: 'is missing: 32 bytes in base64, made with: openssl rand -base64 32' }),
  ),
  OPSAI_ENGINE_PORT: z.preprocess(unset, z.coerce.number().int().min(0).max(65_535).default(4401)),
  OPSAI_ENGINE_HOST: z.preprocess(unset, z.string().default('127.0.0.1')),
  OPSAI_ENGINE_CLIENT_ID: z.preprocess(unset, z.string().optional()),
  OPSAI_ENGINE_CLIENT_SECRET: z.preprocess(unset, z.string().optional()),
  OPSAI_ENGINE_OAUTH_APPS: z.preprocess(unset, OAuthApps.optional()),
  OPSAI_ENGINE_MAX_CONCURRENT_SYNCS: z.preprocess(unset, z.coerce.number().int().min(1).max(64).default(4)),
  OPSAI_ENGINE_ACME_CRM_URL: z.preprocess(unset, z.url().optional()),
})

export type MainConfig = Omit<ListenOptions, 'connectors' | 'logger'> & { acmeCrmBaseUrl?: string }

/** The environment of the engine's own process; throws with one line for each variable that is missing or wrong. */
export function parseEnvironment(env: Record<string, string | undefined>): MainConfig {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
    throw new Error(`The engine can't start:\n${lines.join('\n')}`)
  }
  const it = parsed.data
  const { OPSAI_ENGINE_CLIENT_ID: clientId, OPSAI_ENGINE_CLIENT_SECRET: clientSecret } = it
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    throw new Error(
      "The engine can't start:\n  OPSAI_ENGINE_CLIENT_ID and OPSAI_ENGINE_CLIENT_SECRET go together: set both or neither",
    )
  }
  return {
    databaseUrl: it.OPSAI_ENGINE_DATABASE_URL,
    encryptionKey: it.OPSAI_ENGINE_ENCRYPTION_KEY,
    port: it.OPSAI_ENGINE_PORT,
    host: it.OPSAI_ENGINE_HOST,
    maxConcurrentSyncs: it.OPSAI_ENGINE_MAX_CONCURRENT_SYNCS,
    ...(clientId && clientSecret && { auth: { clientId, clientSecret } }),
    ...(it.OPSAI_ENGINE_OAUTH_APPS && { oauthApps: it.OPSAI_ENGINE_OAUTH_APPS }),
    ...(it.OPSAI_ENGINE_ACME_CRM_URL && { acmeCrmBaseUrl: it.OPSAI_ENGINE_ACME_CRM_URL }),
  }
}
