// Calls out to an address the operator gave. A name may be pointed anywhere by whoever owns it, so that what it resolves
// to is looked at, all of it, and the call goes to exactly the address that was looked at.
import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, fetch } from 'undici'

const WITHIN_MS = 10_000

/** An address of the public internet: no loopback, private, link-local, shared, mapped, translated or reserved one. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

/** As `dns.lookup`, but a name any address of which is not public does not resolve. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    const refused = addresses.find(({ address }) => !isPublicAddress(address))
    const [first] = addresses
    if (refused || !first) return callback(new Error(`${hostname} is an address of a private network`), '', 0)
    // Both forms of the callback are asked for: Node's own dialler tries several addresses.
    if (options.all) (callback as unknown as (error: null, all: typeof addresses) => void)(null, addresses)
    else callback(null, first.address, first.family)
  })
}

export interface Egress {
  /** Posts, without following redirects. @throws Error saying what was met, and nothing of the body or its answer */
  post(url: string, headers: Record<string, string>, body: string): Promise<{ status: number }>
  close(): Promise<void>
}

export function createEgress({ allowPrivate }: { allowPrivate: boolean }): Egress {
  const agent = new Agent({
    connect: { timeout: 3_000, ...(!allowPrivate && { lookup: lookupPublic }) },
    headersTimeout: WITHIN_MS,
    bodyTimeout: WITHIN_MS,
    maxResponseSize: 64 * 1024,
  })
  return {
    post: async (url, headers, body) => {
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
      if (!allowPrivate && ipaddr.isValid(host) && !isPublicAddress(host)) {
        throw new Error(`${host} is an address of a private network`)
      }
      const signal = AbortSignal.timeout(WITHIN_MS)
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers,
          body,
          redirect: 'manual',
          dispatcher: agent,
          signal,
        })
        await answer.body?.cancel()
        return { status: answer.status }
      } catch (error) {
        throw new Error(signal.aborted ? `no answer within ${WITHIN_MS / 1000} s` : toReason(error), { cause: error })
      }
    },
    close: () => agent.destroy(),
  }
}

function toReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : 'the call failed'
}
