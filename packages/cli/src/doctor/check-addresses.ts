import { type DatabaseFacts, type Environment, isLoopbackHost } from '@opsai/server/environment'
import { checkReferrers, checkReturnPage } from './check-return-page.js'
import { failed, type Finding, ok, warning } from './finding.js'

const isSecure = (url: URL) => url.protocol === 'https:' || isLoopbackHost(url.hostname)

/** Where browsers reach us, and where sign-ins return to. */
export async function checkAddresses(
  settings: Environment,
  database: DatabaseFacts | undefined,
  fetch: typeof globalThis.fetch,
): Promise<Finding[]> {
  const pages = settings.OPSAI_RETURN_URLS ?? []
  const findings = [...checkPublicUrl(settings), ...checkOrigins(pages, database?.origins ?? [])]
  for (const page of pages) findings.push(...(await checkReturnPage(page, fetch)))
  const others = new Set(pages.map((page) => new URL(page).origin).filter((each) => each !== settings.OPSAI_PUBLIC_URL))
  for (const origin of others) findings.push(...(await checkReferrers(origin, fetch)))
  return findings
}

function checkPublicUrl({ OPSAI_PUBLIC_URL: publicUrl }: Environment): Finding[] {
  if (!publicUrl)
    return [
      warning(
        'addresses',
        'OPSAI_PUBLIC_URL is not set: each request says itself where it came to',
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

/** A flow returns to the page of the origin it began on. */
function checkOrigins(pages: readonly string[], origins: readonly string[]): Finding[] {
  if (pages.length === 0)
    return [
      warning(
        'addresses',
        'OPSAI_RETURN_URLS is not set: a sign-in rests on the cookie of its window alone',
        'Serve a page that calls completeConnect() on your own origin, and name it in OPSAI_RETURN_URLS.',
      ),
    ]
  const covered = new Set(pages.map((page) => new URL(page).origin))
  return origins
    .filter((origin) => !covered.has(origin))
    .map((origin) =>
      warning(
        'addresses',
        `sessions are used on ${origin}, which has no page in OPSAI_RETURN_URLS`,
        'Add the page of that origin, or sign-ins begun there are not confirmed.',
      ),
    )
}
