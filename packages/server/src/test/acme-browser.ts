// Somebody at a browser who signs in at Acme CRM, and the proxy's pages in between, without scripts.
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import type { World } from './world.js'
import { hostOrigin, publicUrl } from './world.js'

export interface Start {
  sessionToken: string
  flowId: string
  sourceType: string
  name?: string
  configuration?: string
  sourceId?: string
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
export async function askConsent(world: Pick<World, 'send'>, flowId: string, cookie: string): Promise<Response> {
  return await world.send(
    new Request(`${publicUrl}/api/airbyte/oauth/start/${flowId}/consent`, {
      method: 'POST',
      headers: { cookie, origin: publicUrl, 'sec-fetch-site': 'same-origin' },
    }),
  )
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
  const callback = await answerAtAcmeCrm(consentUrl)
  const answer = await comeBack(world, callback, cookie)
  const location = answer.headers.get('location')
  if (answer.status !== 303 || !location)
    throw new Error(`The callback answered ${answer.status}: ${await answer.text()}`)
  const returned = new URL(location)
  return { returned, nonce: returned.hash.replace('#c=', ''), cookie, callback }
}
