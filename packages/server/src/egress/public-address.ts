// Which addresses a call that leaves us may go to. A name may be pointed anywhere by whoever owns it, so that what it
// resolves to is looked at, all of it, and the call goes to exactly the address that was looked at.
import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

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

/** A host that is an address is not looked up by anybody: it is looked at here. @throws Error */
export function requirePublicHost(url: string): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host) && !isPublicAddress(host)) throw new Error(`${host} is an address of a private network`)
}
