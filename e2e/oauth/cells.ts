// The ways a host may embed a sign-in, times what host and provider may say about openers. Each is a cell.
import type { BrowserName } from './browsers.js'
import type { OpenerPolicy } from './sites.js'

/** Where the callback lands, seen from the page with the button; in the third the page itself is framed by another site. */
export const topologies = ['callback same-origin', 'callback cross-site', 'hub in a cross-site frame'] as const
export type Topology = (typeof topologies)[number]

export interface Cell {
  browser: BrowserName
  topology: Topology
  host: OpenerPolicy
  provider: 'none' | 'same-origin'
}

/** All 18 of one browser. */
export function cellsOf(browser: BrowserName): Cell[] {
  const hosts = ['none', 'same-origin', 'same-origin-allow-popups'] as const
  const providers = ['none', 'same-origin'] as const
  return topologies.flatMap((topology) =>
    hosts.flatMap((host) => providers.map((provider) => ({ browser, topology, host, provider }))),
  )
}

export const describeCell = ({ browser, topology, host, provider }: Cell): string =>
  `${browser}, ${topology}, host COOP ${host}, provider COOP ${provider}`
