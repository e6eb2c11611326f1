// Somebody at a browser who signs in at Acme CRM, and the proxy's pages in between, without scripts.
import type { World } from './world.js'
import { hostOrigin, publicUrl } from './world.js'

export interface Start {
  sessionToken: string
  flowId: string
  sourceType: string
  name?: string
  configuration?: string
}

/** The popup's own cookies at the proxy. */
export interface Popup {
  cookie: string
  page: Response
}

/** Posts the form as the hub's page does. */
export async function openPopup(
  world: World,
  start: Start,
  headers: Record<string, string> = { origin: hostOrigin },
): Promise<Popup> {
  const page = await world.call('startFlow', { body: start, headers })
  return { cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '', page }
}

/** What the start page's script does: asks where to go. */
export async function askConsent(world: World, flowId: string, cookie: string): Promise<Response> {
  return await world.send(
    new Request(`${publicUrl}/api/airbyte/oauth/start/${flowId}/consent`, {
      method: 'POST',
      headers: { cookie, origin: publicUrl, 'sec-fetch-site': 'same-origin' },
    }),
  )
}

/** Signs in at the provider and presses a button; answers where the provider sends the browser. */
export async function answerAtAcme(consentUrl: string, press: 'Allow' | 'Deny' = 'Allow'): Promise<URL> {
  const jar = new Map<string, string>()
  const visit = async (url: URL, form?: URLSearchParams): Promise<{ url: URL; html: string; left?: URL }> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { ...(cookie && { cookie }) },
      ...(form && { method: 'POST', body: form }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    if (!location) return { url, html: await answer.text() }
    const next = new URL(location, url)
    return next.origin === url.origin ? await visit(next) : { url, html: '', left: next }
  }
  let seen = await visit(new URL(consentUrl))
  seen = await visit(...fillIn(seen, 'Sign in', { email: 'ada@acme.test', password: 'analytical-engine' }))
  if (!seen.left) seen = await visit(...fillIn(seen, press, {}))
  if (!seen.left) throw new Error(`Acme CRM did not send the browser on: ${seen.html}`)
  return seen.left
}

/** The page's form with that button, filled in. */
function fillIn(
  { url, html }: { url: URL; html: string },
  button: string,
  values: Record<string, string>,
): [URL, URLSearchParams] {
  const forms = [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)]
  const form = forms.find(([, , inner = '']) => inner.includes(`>${button}<`))
  if (!form) throw new Error(`There is no button “${button}” on the page: ${html}`)
  const attribute = (tag: string, name: string) =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&')
  const fields = new URLSearchParams()
  for (const [tag] of (form[2] ?? '').matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (name) fields.set(name, values[name] ?? attribute(tag, 'value') ?? '')
  }
  const pressed = [...(form[2] ?? '').matchAll(/<button([^>]*)>([^<]*)<\/button>/g)].find(
    ([, , label = '']) => label.trim() === button,
  )
  const name = attribute(pressed?.[1] ?? '', 'name')
  if (name) fields.set(name, attribute(pressed?.[1] ?? '', 'value') ?? '')
  return [new URL(attribute(form[1] ?? '', 'action') ?? url.href, url), fields]
}

/** The provider's answer, opened at the proxy in the popup. */
export async function comeBack(world: World, url: URL, cookie: string): Promise<Response> {
  return await world.send(new Request(url, { headers: { cookie, accept: 'text/html' } }))
}

/** The whole way: popup, provider, back. */
export async function signInAtAcme(
  world: World,
  start: Start,
): Promise<{ returned: URL; nonce: string; cookie: string; callback: URL }> {
  const { cookie } = await openPopup(world, start)
  const consent = await askConsent(world, start.flowId, cookie)
  if (consent.status !== 200) throw new Error(`No consent URL: ${await consent.text()}`)
  const { consentUrl } = (await consent.json()) as { consentUrl: string }
  const callback = await answerAtAcme(consentUrl)
  const answer = await comeBack(world, callback, cookie)
  const location = answer.headers.get('location')
  if (answer.status !== 303 || !location)
    throw new Error(`The callback answered ${answer.status}: ${await answer.text()}`)
  const returned = new URL(location)
  return { returned, nonce: returned.hash.replace('#c=', ''), cookie, callback }
}
