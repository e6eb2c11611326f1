// Acme CRM as a process of its own, as any SaaS a customer signs in to would be.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Child, startChild } from './child.js'
import type { KeptKeys } from './kept-keys.js'
import type { DevSettings } from './settings.js'

/** The OAuth client the engine is at Acme CRM. */
export const acmeClientId = 'opsai-dev'
