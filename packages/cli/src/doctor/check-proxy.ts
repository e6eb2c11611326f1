import type { Environment } from '@opsai/server/environment'
import { askHealth } from './ask-health.js'
import { checkClock } from './check-clock.js'
import { failed, type Finding, ok, warning } from './finding.js'

/** The running proxy, where there is one: nothing else here needs it. */
export async function checkProxy(settings: Environment, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const base = settings.OPSAI_PROXY_URL.replace(/\/$/, '')
  const health = await askHealth(base, fetch)
  if (health.kind !== 'health')
    return [
      warning(
        'proxy',
        `none is running at ${base}`,
        'Start it, or say in OPSAI_PROXY_URL where it is. The rest is checked without.',
      ),
    ]
  const clock = health.clock ? [checkClock("the proxy's", health.clock)] : []
  if (health.said === 'ok') return [ok('proxy', `answers at ${base} and reaches its database and Airbyte`), ...clock]
  return [
    warning('proxy', `answers at ${base} and says: ${health.said}`, 'See what else has failed here, and its log.'),
    ...clock,
  ]
}

/** Where browsers are led to: sign-ins come back there, and links for signing in again open there. */
export async function checkPublicApi(settings: Environment, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const { OPSAI_PUBLIC_URL: publicUrl, OPSAI_BASE_PATH: basePath } = settings
  if (!publicUrl) return []
  const health = await askHealth(publicUrl + basePath, fetch)
  switch (health.kind) {
    case 'health':
      return [ok('addresses', `sign-ins come back to ${publicUrl}${basePath}, and reconnect links lead there`)]
    case 'other':
      return [
        failed(
          'addresses',
          `${publicUrl}${basePath} is not this API (it answers ${health.status}): sign-ins and reconnect links lead there`,
          'Route it to the proxy, or correct OPSAI_PUBLIC_URL and OPSAI_BASE_PATH.',
        ),
      ]
    // Not running yet, or not to be reached from this machine.
    case 'silent':
      return []
  }
}
