import { failed, type Finding, ok, warning } from './finding.js'

const SECONDS = 5

/** The page a sign-in returns to: there, itself and not a redirect, and with headers that let it do its work. */
export async function checkReturnPage(page: string, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const response = await fetch(page, {
    redirect: 'manual',
    signal: AbortSignal.timeout(SECONDS * 1000),
    headers: { accept: 'text/html' },
  }).catch(() => undefined)
  if (!response)
    return [failed('addresses', `${page} does not answer`, 'Serve it, or correct it in OPSAI_RETURN_URLS.')]
  await response.body?.cancel()
  if (response.status >= 300 && response.status < 400)
    return [
      failed(
        'addresses',
        `${page} redirects (${response.status})`,
        'Name the page itself: what a sign-in brings back in the address may be lost on the way.',
      ),
    ]
  if (!response.ok)
    return [
      failed('addresses', `${page} answers ${response.status}`, 'It must answer 200 to whoever is signed in or not.'),
    ]
  return [ok('addresses', `${page} answers`), ...checkHeaders(page, response.headers)]
}

function checkHeaders(page: string, headers: Headers): Finding[] {
  const findings: Finding[] = []
  const opener = headers.get('cross-origin-opener-policy') ?? ''
  if (/^same-origin\b(?!-)/.test(opener.trim()))
    findings.push(
      warning(
        'addresses',
        `${page} sends Cross-Origin-Opener-Policy: same-origin, which cuts it off from the window that opened it`,
        'Send same-origin-allow-popups; without it the hub learns of the sign-in a second or two later.',
      ),
    )
  const policy = headers.get('content-security-policy') ?? ''
  const blocked = ["default-src 'none'", "script-src 'none'", "connect-src 'none'"].filter((rule) =>
    policy.includes(rule),
  )
  const isLoosened =
    blocked[0] === "default-src 'none'" && /script-src (?!'none')/.test(policy) && /connect-src (?!'none')/.test(policy)
  if (blocked.length > 0 && !isLoosened)
    findings.push(
      warning(
        'addresses',
        `${page} sends a Content-Security-Policy with ${blocked.join(', ')}`,
        "Let it run its script and reach the API: script-src 'self'; connect-src 'self'.",
      ),
    )
  return findings
}

/**
 * A start page on another origin than the API's is known by its `Origin` header, which `no-referrer` takes away.
 *
 * @param origin of pages with the hub
 */
export async function checkReferrers(origin: string, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const response = await fetch(origin, { signal: AbortSignal.timeout(SECONDS * 1000) }).catch(() => undefined)
  await response?.body?.cancel()
  if (!/\bno-referrer\b(?!-)/.test(response?.headers.get('referrer-policy') ?? '')) return []
  return [
    warning(
      'addresses',
      `${origin} sends Referrer-Policy: no-referrer, which hides where a sign-in begins`,
      'Send strict-origin-when-cross-origin on pages with the hub: people are asked once more otherwise.',
    ),
  ]
}
