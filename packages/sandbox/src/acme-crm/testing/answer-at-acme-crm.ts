import { createBrowser } from './browser.js'

/** Who signs in, as the form of the page wants her. */
export const ada = { email: 'ada@acme.test', password: 'analytical-engine' }

/**
 * Ada opens a consent URL, signs in where she is asked to, and presses a button; answers the address she is sent back
 * to, which is not fetched.
 *
 * @throws Error with the page where Acme CRM does not send her back
 *
 * @example
 * const back = await answerAtAcmeCrm(consentUrl)
 * back.searchParams.get('code')
 */
export async function answerAtAcmeCrm(
  consentUrl: string | URL,
  press: 'Allow' | 'Deny' = 'Allow',
  browser = createBrowser(consentUrl),
): Promise<URL> {
  let seen = await browser.open(consentUrl)
  if (seen.html.includes('>Sign in</button>')) seen = await browser.press(seen, 'Sign in', ada)
  if (!seen.left) seen = await browser.press(seen, press)
  if (!seen.left) throw new Error(`Acme CRM did not send her back: ${seen.html}`)
  return seen.left
}
