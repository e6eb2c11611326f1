// Where the proxy is and whose session speaks to it: all that a sign-in's button needs before it is clicked.
import { createSessionHolder, type FetchSession, type SessionHolder } from './session-holder.js'

/** What {@link createProxyAccess} takes. */
export interface ProxyAccessOptions {
  /** Where the proxy is mounted: `/api/airbyte`, or absolute when it lives on another origin. */
  baseUrl: string
  /** Asks your backend for a session; called when one is missing, about to end, or refused. */
  fetchSession: FetchSession
  /** Handed to `fetchSession`, for pages that show more than one tenant. */
  tenantId?: string | undefined
  /** @default globalThis.fetch */
  fetch?: typeof fetch
  /** Milliseconds since 1970. @default Date.now */
  now?: () => number
}

/** A way to the proxy, with one session that everything which holds it shares. */
export interface ProxyAccess {
  readonly baseUrl: string
  readonly tenantId: string | undefined
  readonly session: SessionHolder
  readonly fetch: typeof fetch
}

/**
 * Makes a way to the proxy. Fetches nothing yet: a session is asked for when it is first needed.
 *
 * @example
 * const proxy = createProxyAccess({ baseUrl: '/api/airbyte', fetchSession })
 * const popup = createOAuthPopup({ proxy, sourceType: 'hubspot', onAuthorized, onFailed })
 */
export const createProxyAccess = (options: ProxyAccessOptions): ProxyAccess => ({
  baseUrl: options.baseUrl,
  tenantId: options.tenantId,
  session: createSessionHolder(options),
  // Looked up at each call: a host may replace it later.
  fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
})
