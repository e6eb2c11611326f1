import { toSource } from './check-return-page.js'
import { allows } from './csp.js'
import { type Finding, ok, warning } from './finding.js'
import { policiesOf, readPage, referrerPolicyOf } from './read-page.js'

/**
 * An origin with the hub on its pages, by its front page: most hosts send the same headers everywhere, and which page
 * the hub is on nobody can see from here.
 *
 * @param api where the API is, as the pages have to reach it
 */
export async function checkHostPage(origin: string, api: URL, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  const read = await readPage(`${origin}/`, fetch, 'follow')
  if (!read) return []
  const self = new URL(origin)
  const policies = policiesOf(read)
  const isBlocked = (directive: 'connect-src' | 'form-action', path: string) =>
    !policies.every((policy) => allows(policy, directive, new URL(api.href + path), self))
  const findings: Finding[] = []
  // By this header it is known that a sign-in began on a page of the host's; on the API's own origin another one does.
  if (api.origin !== self.origin && /\bno-referrer\b(?!-)/.test(referrerPolicyOf(read)))
    findings.push(
      warning(
        'addresses',
        `${origin} sends Referrer-Policy: no-referrer, which hides where a sign-in begins`,
        'Send strict-origin-when-cross-origin on pages with the hub: people are asked once more otherwise.',
      ),
    )
  if (isBlocked('form-action', '/oauth/start'))
    findings.push(
      warning(
        'addresses',
        `the Content-Security-Policy of ${origin} keeps forms from the API: no sign-in can begin`,
        `Allow it on pages with the hub: form-action ${toSource(api, self)}.`,
      ),
    )
  if (isBlocked('connect-src', '/flows'))
    findings.push(
      warning(
        'addresses',
        `the Content-Security-Policy of ${origin} keeps its pages from the API`,
        `Allow it on pages with the hub: connect-src ${toSource(api, self)}.`,
      ),
    )
  return findings.length > 0 ? findings : [ok('addresses', `pages of ${origin} may begin sign-ins and ask the API`)]
}
