// Which network addresses belong to the open internet: for engines that must not be led into their own network.
import { BlockList, isIP } from 'node:net'

const closed = new BlockList()
const closedRanges =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
  '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4'
for (const range of closedRanges.split(' ')) addRange(closed, range, 'ipv4')
// Teredo, ORCHID, documentation and 6to4: the parts of 2000::/3 that lead, or can lead, elsewhere.
for (const range of '2001::/32 2001:10::/28 2001:20::/28 2001:db8::/32 2002::/16'.split(' '))
  addRange(closed, range, 'ipv6')

/** All of IPv6 that is routed; what lies outside is loopback, link-local, unique local, mapped or translated. */
const global6 = new BlockList()
addRange(global6, '2000::/3', 'ipv6')

function addRange(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = range.split('/')
  list.addSubnet(address, Number(bits), family)
}

/**
 * Whether an IP address is one anybody may connect to (IANA special-purpose registries).
 * @example
 * isPublicAddress('93.184.216.34') // true
 * isPublicAddress('169.254.169.254') // false: cloud metadata
 * isPublicAddress('::ffff:127.0.0.1') // false
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  return family === 6 && global6.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}
