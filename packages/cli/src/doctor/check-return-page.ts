import { allows, allowsScripts } from './csp.js'
import { failed, type Finding, ok, warning } from './finding.js'
import { findReturnScript } from './find-return-script.js'
import { type PageRead, policiesOf, readPage } from './read-page.js'

/**
 * The page a sign-in returns to: there, itself and not a redirect, with the script that finishes it, and with headers
 * that let that do its work.
 *
 * @param api where the API is, as the page has to reach it
 */
export async function checkReturnPage(page: string, api: URL, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const read = await readPage(page, fetch)
  if (!read) return [failed('addresses', `${page} does not answer`, 'Serve it, or correct it in OPSAI_RETURN_URLS.')]
  const { status } = read
  if (status >= 300 && status < 400)
    return [
      failed(
        'addresses',
        `${page} redirects (${status})`,
        'Name the page itself: what a sign-in brings back in the address may be lost on the way.',
      ),
    ]
  if (status !== 200)
    return [failed('addresses', `${page} answers ${status}`, 'It must answer 200 to whoever is signed in or not.')]
  return [
    ok('addresses', `${page} answers`),
    await checkScript(page, read, fetch),
    ...checkOpener(page, read),
    ...checkPolicy(page, read, api),
  ]
}

async function checkScript(page: string, { text }: PageRead, fetch: typeof globalThis.fetch): Promise<Finding> {
  switch (await findReturnScript(page, text, fetch)) {
    case 'seen':
      return ok('addresses', `${page} finishes sign-ins by completeConnect()`)
    case 'no_script':
      return failed(
        'addresses',
        `${page} has no script: nothing on it finishes a sign-in`,
        "Call completeConnect() of '@opsai/react/oauth-return' there, and look whether another page is served instead.",
      )
    case 'unseen':
      return warning(
        'addresses',
        `${page} loads scripts, and completeConnect() was seen in none of them`,
        'Call it there. Where it only can\'t be seen from outside, say so: <meta name="opsai-return" content="here">.',
      )
  }
}

function checkOpener(page: string, { headers }: PageRead): Finding[] {
  const opener = headers.get('cross-origin-opener-policy') ?? ''
  if (!/^same-origin\b(?!-)/.test(opener.trim())) return []
  return [
    warning(
      'addresses',
      `${page} sends Cross-Origin-Opener-Policy: same-origin, which cuts it off from the window that opened it`,
      'Send same-origin-allow-popups; without it the hub learns of the sign-in a second or two later.',
    ),
  ]
}

function checkPolicy(page: string, read: PageRead, api: URL): Finding[] {
  const policies = policiesOf(read)
  const findings: Finding[] = []
  if (!policies.every(allowsScripts))
    findings.push(
      failed(
        'addresses',
        `${page} may run no script: its Content-Security-Policy says so`,
        "Let it run its own: script-src 'self'.",
      ),
    )
  const self = new URL(page)
  if (!policies.every((policy) => allows(policy, 'connect-src', new URL(`${api.href}/flows`), self)))
    findings.push(
      failed(
        'addresses',
        `${page} may not reach the API: its Content-Security-Policy says so`,
        `Allow it: connect-src ${toSource(api, self)}.`,
      ),
    )
  return findings
}

/** How a policy of a page names another address. */
export const toSource = (api: URL, self: URL) => (api.origin === self.origin ? "'self'" : `'self' ${api.origin}`)
