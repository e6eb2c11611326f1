import { OAuthError } from '../oauth-error.js'
import type { Template } from './template.js'

export interface UrlRules {
  /** Plain http to this machine is allowed, for development and tests. */
  allowHttpLoopback: boolean
}

/** The characters of RFC 3986 and no others: what a parser would drop, turn or encode is not there to be turned. */
const characters = /^[A-Za-z0-9\-._~:/?@!$&()*+,;=%[\]]+$/

/** A URL that a browser may be sent to, or a secret. */
export function checkUrl(text: string, { allowHttpLoopback }: UrlRules): void {
  const url = characters.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw new OAuthError('insecure_url', 'A template makes something that is no URL.')
  const [, host, path] = /^[a-z]+:\/\/([^/?]*)([^?]*)/i.exec(text) ?? []
  if (url.username || url.password || url.host !== host?.toLowerCase() || url.pathname !== (path || '/')) {
    throw new OAuthError('insecure_url', 'A template makes a URL whose host or path is not what it looks like.')
  }
  if (url.protocol === 'https:') return
  if (url.protocol === 'http:' && allowHttpLoopback && isLoopback(url.hostname)) return
  throw new OAuthError('insecure_url', `A template makes a ${url.protocol} URL; https is needed.`)
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

/** What can be seen of a URL before there are values: how it begins. */
export function checkScheme(template: Template | undefined, { allowHttpLoopback }: UrlRules): void {
  const first = template?.[0]
  if (!template || (first?.kind === 'text' && first.text.startsWith('https://'))) return
  const isLocal = first?.kind === 'text' && /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])[:/?]/.test(first.text)
  if (isLocal && allowHttpLoopback) return
  throw new OAuthError('insecure_url', 'A URL of the specification does not begin with https://.')
}
