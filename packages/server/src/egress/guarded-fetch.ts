import { Agent, fetch, type RequestInit } from 'undici'
import { lookupPublic, requirePublicHost } from './public-address.js'

export interface GuardedFetch {
  /** As `fetch`, to public addresses only, and never on to where an answer redirects. */
  fetch(url: string, init?: RequestInit): Promise<Awaited<ReturnType<typeof fetch>>>
  close(): Promise<void>
}

export interface GuardOptions {
  /** Whether addresses of a private network may be called. */
  allowPrivate: boolean
  /** How long an answer may take to begin, and between its parts, in milliseconds. */
  withinMs: number
  /** In bytes. */
  maxResponseSize: number
}

/**
 * A `fetch` for calls to an address that an operator or a connector names.
 *
 * @example
 * const out = createGuardedFetch({ allowPrivate: false, withinMs: 15_000, maxResponseSize: 65_536 })
 */
export function createGuardedFetch({ allowPrivate, withinMs, maxResponseSize }: GuardOptions): GuardedFetch {
  const dispatcher = new Agent({
    connect: { timeout: 3_000, ...(!allowPrivate && { lookup: lookupPublic }) },
    headersTimeout: withinMs,
    bodyTimeout: withinMs,
    maxResponseSize,
  })
  return {
    fetch: async (url, init) => {
      if (!allowPrivate) requirePublicHost(url)
      return await fetch(url, { ...init, redirect: 'manual', dispatcher })
    },
    close: () => dispatcher.destroy(),
  }
}
