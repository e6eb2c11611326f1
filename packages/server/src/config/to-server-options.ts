import { pino } from 'pino'
import type { AdviserOptions } from '../adviser/adviser-options.js'
import type { ServerOptions } from '../options.js'
import type { Environment } from './environment-keys.js'
import type { OAuthApps } from './oauth-app.js'
import type { ServerEnvironment } from './parse-environment.js'
import { toApps } from './to-apps.js'
import { toStorage } from './to-storage.js'

/** How the proxy proves itself to Airbyte, as these settings say. */
export function toAirbyteAuth(settings: Environment) {
  const { AIRBYTE_CLIENT_ID: clientId, AIRBYTE_CLIENT_SECRET: clientSecret, AIRBYTE_API_KEY: apiKey } = settings
  if (clientId && clientSecret) return { kind: 'client', clientId, clientSecret } as const
  if (apiKey) return { kind: 'apiKey', apiKey } as const
  return { kind: 'none' } as const
}

/** The operator's own OAuth apps, from wherever they are given. */
export const toOAuthApps = (settings: Environment): OAuthApps =>
  settings.OPSAI_OAUTH_APPS ?? settings.OPSAI_OAUTH_APPS_FILE ?? {}

/** Language models that may advise, where there is a key of one. */
function toAdviser(settings: Environment): AdviserOptions | undefined {
  const { OPENAI_API_KEY: openai, CLAUDE_API_KEY: claude } = settings
  if (!openai && !claude) return undefined
  const toModel = (apiKey: string, baseUrl: string | undefined, model: string | undefined) => ({
    apiKey,
    ...(baseUrl && { baseUrl }),
    ...(model && { model }),
  })
  return {
    ...(openai && { openai: toModel(openai, settings.OPENAI_BASE_URL, settings.OPENAI_MODEL) }),
    ...(claude && { claude: toModel(claude, settings.CLAUDE_BASE_URL, settings.CLAUDE_MODEL) }),
  }
}

/**
 * Settings → what {@link createServer} takes. Spread it to add what is not a setting (`featured`, `connectorsAllowed`).
 *
 * @example
 * const server = await createServer({ ...toServerOptions(settings), featured: ['stripe', 'hubspot'] })
 */
export function toServerOptions(settings: ServerEnvironment): ServerOptions {
  const { OPSAI_WEBHOOK_URL: url, OPSAI_WEBHOOK_SECRET: secret } = settings
  const options = {
    airbyte: { baseUrl: settings.AIRBYTE_API_URL, auth: toAirbyteAuth(settings) },
    organizationId: settings.AIRBYTE_ORGANIZATION_ID,
    database: settings.DATABASE_URL,
    warehouse: settings.WAREHOUSE_URL,
    warehousePublicUrl: settings.WAREHOUSE_PUBLIC_URL,
    hostKey: settings.OPSAI_HOST_KEY,
    encryptionKey: settings.OPSAI_ENCRYPTION_KEY,
    oldEncryptionKeys: settings.OPSAI_ENCRYPTION_KEYS_OLD,
    publicUrl: settings.OPSAI_PUBLIC_URL,
    returnUrls: settings.OPSAI_RETURN_URLS,
    assurance: settings.OPSAI_ASSURANCE,
    basePath: settings.OPSAI_BASE_PATH,
    oauthApps: toOAuthApps(settings),
    webhooks: url && secret ? { url, secret } : undefined,
    storage: toStorage(settings),
    redis: settings.REDIS_URL ? { url: settings.REDIS_URL, publicUrl: settings.REDIS_PUBLIC_URL } : undefined,
    adviser: toAdviser(settings),
    syncEvery: settings.OPSAI_SYNC_EVERY,
    apps: toApps(settings),
    credits: {
      perMillionRows: settings.AIRBYTE_CREDITS_PER_MILLION_ROWS,
      perGigabyte: settings.AIRBYTE_CREDITS_PER_GIGABYTE,
    },
    unusedAfterDays: settings.OPSAI_UNUSED_AFTER_DAYS,
    previewSync: settings.OPSAI_PREVIEW_SYNC,
    logger: pino({ name: 'opsai', level: settings.LOG_LEVEL }),
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as typeof options
}
