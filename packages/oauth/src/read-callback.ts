import type { OAuthSpec } from './oauth-spec.js'

export type Callback =
  | { kind: 'code'; code: string; state: string }
  /** The user or the provider said no (RFC 6749 §4.1.2.1). */
  | { kind: 'refused'; error: string; description?: string; state?: string }
  /** Neither: a parameter is missing or comes twice. */
  | { kind: 'malformed'; parameter: string }

/**
 * What the browser brought back to the redirect URL. Nothing in it is trusted before its `state` is found.
 *
 * @example
 * const callback = readCallback(spec, new URL(request.url).searchParams)
 */
export function readCallback({ keys }: Pick<OAuthSpec, 'keys'>, query: URLSearchParams): Callback {
  const twice = [keys.authCode, keys.state, 'error'].find((name) => query.getAll(name).length > 1)
  if (twice) return { kind: 'malformed', parameter: twice }
  const state = query.get(keys.state)
  const code = query.get(keys.authCode)
  // Some say `error_code` and `error_message`; beside a code that would mean nothing.
  const error = query.get('error') ?? (code ? null : query.get('error_code'))
  if (error) {
    const description = (query.get('error_description') ?? query.get('error_message'))?.slice(0, 500)
    return { kind: 'refused', error: error.slice(0, 100), ...(description && { description }), ...(state && { state }) }
  }
  if (!code) return { kind: 'malformed', parameter: keys.authCode }
  return state ? { kind: 'code', code, state } : { kind: 'malformed', parameter: keys.state }
}
