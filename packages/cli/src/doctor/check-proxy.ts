import type { Environment } from '@opsai/server/environment'
import { type Finding, ok, warning } from './finding.js'

/** The running proxy, where there is one: nothing else here needs it. */
export async function checkProxy(settings: Environment, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const base = settings.OPSAI_PROXY_URL.replace(/\/$/, '')
  const response = await fetch(`${base}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
  const health = (await response?.json().catch(() => undefined)) as Record<string, unknown> | undefined
  if (!response || health === undefined)
    return [
      warning(
        'proxy',
        `none is running at ${base}`,
        'Start it, or say in OPSAI_PROXY_URL where it is. The rest is checked without.',
      ),
    ]
  if (health.status === 'ok') return [ok('proxy', `answers at ${base} and reaches its database and Airbyte`)]
  return [
    warning(
      'proxy',
      `answers at ${base} and says: ${String(health.status)}`,
      'See what else has failed here, and its log.',
    ),
  ]
}
