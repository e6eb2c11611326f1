import { type DatabaseFacts, type Environment, isLoopbackHost } from '@opsai/server/environment'
import { checkHostPage } from './check-host-page.js'
import { checkPublicApi } from './check-proxy.js'
import { checkReturnPage } from './check-return-page.js'
import { failed, type Finding, ok, warning } from './finding.js'

const MOST_ORIGINS = 10
const isSecure = (url: URL) => url.protocol === 'https:' || isLoopbackHost(url.hostname)

/** Where browsers reach us, where sign-ins begin, and where they return to. */
export async function checkAddresses(
  settings: Environment,
  database: DatabaseFacts | undefined,
  fetch: typeof globalThis.fetch,
): Promise<Finding[]> {
  const pages = settings.OPSAI_RETURN_URLS ?? []
  const used = database?.origins ?? []
  const apiOf = (page: string) =>
    new URL((settings.OPSAI_PUBLIC_URL ?? new URL(page).origin) + settings.OPSAI_BASE_PATH)
  const findings = [...checkPublicUrl(settings), ...(await checkPublicApi(settings, fetch))]
  findings.push(...checkOrigins(settings, used))
  for (const page of pages) findings.push(...(await checkReturnPage(page, apiOf(page), fetch)))
  const origins = new Set([...pages.map((page) => new URL(page).origin), ...used])
  for (const origin of [...origins].slice(0, MOST_ORIGINS))
    findings.push(...(await checkHostPage(origin, apiOf(origin), fetch)))
  return findings
}

function checkPublicUrl({ OPSAI_PUBLIC_URL: publicUrl }: Environment): Finding[] {
  if (!publicUrl)
    return [
      warning(
        'addresses',
        'OPSAI_PUBLIC_URL is not set: each request says itself where it came to, and reconnect links lead there',
        'Set it to the origin browsers use: behind a proxy that rewrites the host, sign-ins fail without it.',
      ),
    ]
  if (isSecure(new URL(publicUrl))) return [ok('addresses', `browsers reach the API at ${publicUrl}`)]
  return [
    failed(
      'addresses',
      'OPSAI_PUBLIC_URL is http',
      'Serve it by https: session tokens travel there, and cookies need it.',
    ),
  ]
}

/** A flow returns to the page of the origin it began on. Without one it rests on a cookie, or does not begin. */
function checkOrigins(settings: Environment, used: readonly string[]): Finding[] {
  const { OPSAI_RETURN_URLS: pages = [], OPSAI_ASSURANCE: assurance } = settings
  const say = assurance === 'strict' ? failed : warning
  const then =
    assurance === 'strict'
      ? 'no sign-in begins there (OPSAI_ASSURANCE is strict)'
      : 'a sign-in there rests on the cookie of its window alone (OPSAI_ASSURANCE is relaxed)'
  if (pages.length === 0)
    return [
      say(
        'addresses',
        `OPSAI_RETURN_URLS is not set: ${then}, and there are no reconnect links`,
        'Serve a page that calls completeConnect() on your own origin, and name it in OPSAI_RETURN_URLS.',
      ),
    ]
  const covered = new Set(pages.map((page) => new URL(page).origin))
  return used
    .filter((origin) => !covered.has(origin))
    .map((origin) =>
      say(
        'addresses',
        `sessions are used on ${origin}, which has no page in OPSAI_RETURN_URLS: ${then}`,
        `Serve a page that calls completeConnect() on ${origin}, and add it to OPSAI_RETURN_URLS.`,
      ),
    )
}
