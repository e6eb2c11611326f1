// Our own addresses in a sign-in, and the provider's, which is checked before a browser is sent there.
import { ProblemError } from '../http/problem.js'
import type { Services } from '../services.js'

/** The origin browsers know us by. */
export const ownOrigin = ({ settings }: Pick<Services, 'settings'>, request: Request): string =>
  settings.publicUrl ?? new URL(request.url).origin

export const ownUrl = (services: Pick<Services, 'settings'>, request: Request, path: string): string =>
  ownOrigin(services, request) + services.settings.basePath + path

/** Where Airbyte Cloud sends the browser back: it adds a `state` of its own, so that ours stands in the path. */
export const toStatePath = (state: string) => `/oauth/callback/${state}`

/** Where a provider sends the browser back: it must know the URL exactly, so that there is one a connector. */
export const toConnectorPath = (sourceType: string) => `/oauth/callback/app/${encodeURIComponent(sourceType)}`

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** A name in punycode (RFC 3492) may show as letters that look like another's. */
const isDisguised = (hostname: string) => /(^|\.)xn--/.test(hostname)

/** A page a browser may be sent to: https (http only on this machine), and nothing that hides the host. */
export function parseConsentUrl(text: string): URL | undefined {
  if (/[\s\\]|[^\x21-\x7e]/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return safe && !isDisguised(url.hostname) && !url.username && !url.password ? url : undefined
}

/** @throws ProblemError `upstream_invalid`, which names nothing of the URL */
export function requireConsentUrl(text: string): URL {
  const url = parseConsentUrl(text)
  if (url) return url
  throw new ProblemError('upstream_invalid', { detail: 'The consent URL is one that no browser should be sent to.' })
}

/** Puts our state in the place of Airbyte's, which is short and never checked, and hands that one back. */
export function replaceState(consentUrl: URL, state: string): { url: URL; airbyteState: string | undefined } {
  const url = new URL(consentUrl)
  const airbyteState = url.searchParams.get('state') ?? undefined
  url.searchParams.set('state', state)
  return { url, airbyteState }
}
