// Acme CRM as a process of its own, as any SaaS a customer signs in to would be.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Child, startChild } from './child.js'
import type { KeptKeys } from './kept-keys.js'
import type { DevSettings } from './settings.js'

/** The OAuth client the engine is at Acme CRM. */
export const acmeClientId = 'opsai-dev'

/** Somebody who works at Acme, as its sign-in page says. */
export const acmeUser = { user: 'ada@acme.test', password: 'analytical-engine' }

/** Starts it with the one redirect URL that is ours, and lets its records change now and then. */
export function startSandbox(options: {
  settings: DevSettings
  keys: KeptKeys
  log(line: string): void
}): Promise<Child> {
  const { settings, keys, log } = options
  const { app, sandbox } = settings.ports
  const built = dirname(createRequire(import.meta.url).resolve('@opsai/sandbox'))
  return startChild({
    name: 'acme-crm',
    script: join(built, 'acme-crm-main.js'),
    cwd: built,
    readyUrl: `http://127.0.0.1:${sandbox}/.well-known/oauth-authorization-server`,
    env: {
      PORT: String(sandbox),
      ACME_CRM_CLIENT_ID: acmeClientId,
      ACME_CRM_CLIENT_SECRET: keys.acmeClientSecret,
      ACME_CRM_REDIRECT_URIS: `http://localhost:${app}/api/airbyte/oauth/callback/app/acme-crm`,
      ACME_CRM_STATE_FILE: join(settings.dataDir, 'acme-crm.json'),
      ACME_CRM_CHANGE_EVERY_SECONDS: '30',
    },
    log,
  })
}
