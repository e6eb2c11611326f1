// Which sign-in a browser that has come back belongs to.
import { hashToken } from '../secrets/seal.js'
import type { Services } from '../services.js'
import type { Db } from '../store/database.js'
import { type FlowRow, listFlowsByCookie, listFlowsByState } from '../store/flows.js'
import { ownOrigin } from './addresses.js'
import { holdsCookie } from './consent.js'
import { readFlowCookies } from './cookie.js'

/** Which of our two callbacks was called: the one with our state in its path, or a connector's own. */
export type Callback = { request: Request } & ({ state: string } | { sourceType: string })

/** Ours have 43 characters; a provider may take fewer, or want more. */
export const isState = (value: string) => /^[\w-]{22,256}$/.test(value)
const MOST_PARAMETERS = 20

/**
 * By the state in the path, or by a parameter that is one: which parameter, only the connector's declaration says, and
 * which declaration, only the flow.
 */
export async function findByState(
  db: Db,
  callback: Callback,
  parameters: URLSearchParams,
): Promise<FlowRow | undefined> {
  const values = 'state' in callback ? [callback.state] : [...parameters.values()].slice(0, MOST_PARAMETERS)
  const states = [...new Set(values)].filter(isState)
  const [flow, another] = states.length > 0 ? await listFlowsByState(db, states.map(hashToken)) : []
  return another ? undefined : flow
}

/** The only sign-in of this connector that this browser has at its provider. */
export async function findByCookie(
  services: Services,
  request: Request,
  sourceType: string,
): Promise<FlowRow | undefined> {
  const cookies = readFlowCookies(request, ownOrigin(services, request).startsWith('https:'))
  const flows = cookies.length > 0 ? await listFlowsByCookie(services.db, cookies.map(hashToken), services.now()) : []
  const [flow, another] = flows.filter(
    (each) => each.source_type === sourceType && holdsCookie(services, request, each),
  )
  return another ? undefined : flow
}
