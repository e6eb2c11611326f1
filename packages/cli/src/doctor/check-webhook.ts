import { type Environment, isLoopbackHost } from '@opsai/server/environment'
import { failed, type Finding, ok } from './finding.js'

/** Whether something answers where events go. Nothing is sent that could be taken for one: no body, no signature. */
export async function checkWebhook(settings: Environment, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const { OPSAI_WEBHOOK_URL: target } = settings
  if (!target) return []
  const url = new URL(target)
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname))
    return [failed('webhook', 'OPSAI_WEBHOOK_URL is http', "Use https: events name your customers' tenants.")]
  const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  )
  await response?.body?.cancel()
  if (!response || response.status >= 502)
    return [
      failed(
        'webhook',
        `nothing answers at ${url.origin}`,
        'Start the receiver, or correct OPSAI_WEBHOOK_URL: events are kept and sent again for a day, then put aside.',
      ),
    ]
  if (response.status >= 300 && response.status < 400)
    return [failed('webhook', `${url.origin} redirects`, 'Name the address itself: events follow no redirect.')]
  return [ok('webhook', `${url.origin} answers`)]
}
