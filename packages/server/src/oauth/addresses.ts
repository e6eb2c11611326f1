// Our own addresses in a sign-in, and the provider's, which is checked before a browser is sent there.
import type { Services } from '../services.js'

type Reach = Pick<Services, 'settings' | 'edition'>

/** The origin browsers know us by. */
export const ownOrigin = ({ settings }: Pick<Services, 'settings'>, request: Request): string =>
  settings.publicUrl ?? new URL(request.url).origin

export const ownUrl = (services: Pick<Services, 'settings'>, request: Request, path: string): string =>
  ownOrigin(services, request) + services.settings.basePath + path

/**
 * Where the browser comes back. With the operator's own OAuth app it must be one exact URL, registered there; on
 * Cloud, Airbyte adds a `state` of its own, so that ours stands in the path.
 */
export function toRedirectUrl(services: Reach, request: Request, sourceType: string, state: string): string {
  const path = services.edition === 'cloud' ? state : `app/${encodeURIComponent(sourceType)}`
  return ownUrl(services, request, `/oauth/callback/${path}`)
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** A page a browser may be sent to: https (http only on this machine), and nothing that hides the host. */
export function parseConsentUrl(text: string): URL | undefined {
  if (/[\s\\]|[^\x21-\x7e]/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return safe && !url.username && !url.password ? url : undefined
}

/** Puts our state in the place of Airbyte's, which is short and never checked, and hands that one back. */
export function replaceState(consentUrl: URL, state: string): { url: URL; airbyteState: string | undefined } {
  const url = new URL(consentUrl)
  const airbyteState = url.searchParams.get('state') ?? undefined
  url.searchParams.set('state', state)
  return { url, airbyteState }
}
