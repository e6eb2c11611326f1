// What the proxy says of a flow, parsed by hand: the contract's schemas would be most of what a sign-in loads.
import type { FlowStatus } from '@opsai/contract'
import { callProxy, type ProxyCall } from '../client/call-proxy.js'
import type { ProxyAccess } from '../client/proxy-access.js'
import { toUrl } from '../client/to-url.js'
import { withQuery } from '../client/with-query.js'
import type { FlowNews, SignInFailure } from './oauth-popup.types.js'

/** An answer: the flow, or why there is none. */
export type FlowAnswer = { flow: FlowNews; problem?: undefined } | { problem: SignInFailure; flow?: undefined }

/**
 * One question about a flow. `tail` is what stands behind its id in the URL. Rejects only where no answer came at all,
 * or no session.
 */
export async function askFlow(
  proxy: ProxyAccess,
  flowId: string,
  call: ProxyCall & { tail?: string; query?: Readonly<Record<string, string | undefined>> } = {},
): Promise<FlowAnswer> {
  const url = toUrl(proxy.baseUrl, `/flows/${encodeURIComponent(flowId)}${call.tail ?? ''}`)
  const response = await callProxy(proxy, withQuery(url, call.query), call)
  const body: unknown = await response.json().catch(() => null)
  const flow = response.ok ? parseFlowNews(body, flowId) : undefined
  return flow ? { flow } : { problem: parseProblem(response.status, body) }
}

const openStatuses = ['launched', 'authorizing', 'returned', 'confirmed', 'creating']
const finalStatuses = [
  'completed',
  'denied',
  'provider_error',
  'cancelled',
  'expired',
  'browser_mismatch',
  'user_mismatch',
  'context_mismatch',
  'failed',
]

/** Whether a flow in this status never changes again. */
export const isFinalStatus = (status: FlowStatus): boolean => finalStatuses.includes(status)

/** Undefined for anything but this flow in a status that is known: nothing is concluded from what can't be read. */
export function parseFlowNews(body: unknown, flowId: string): FlowNews | undefined {
  const flow = toRecord(body)
  const status = flow.status as FlowStatus
  if (flow.flowId !== flowId || !(openStatuses.includes(status) || isFinalStatus(status))) return undefined
  return {
    flowId,
    status,
    ...(typeof flow.sourceId === 'string' && { sourceId: flow.sourceId }),
    ...(typeof flow.error === 'object' && flow.error && { error: parseFlowError(flow.error) }),
  }
}

function parseFlowError(error: object): NonNullable<FlowNews['error']> {
  const { code, displayMessage = '', remedy, fieldErrors } = parseProblem(500, error)
  return { code, displayMessage, remedy, fieldErrors }
}

/** The words of a problem; an answer without a code is none about this flow, whatever its status. */
export function parseProblem(status: number, body: unknown): SignInFailure {
  const { code, displayMessage, remedy, fieldErrors } = toRecord(body)
  const unnamed = status === 401 ? 'session_expired' : status >= 500 ? 'upstream_unavailable' : 'upstream_invalid'
  return {
    code: typeof code === 'string' ? (code as SignInFailure['code']) : unnamed,
    ...(typeof displayMessage === 'string' && { displayMessage }),
    ...(typeof remedy === 'string' && { remedy }),
    ...(Array.isArray(fieldErrors) && { fieldErrors }),
  }
}

/** Why no answer came: the session holder marks what is about the session, everything else is the network. */
export const toSilence = (thrown: unknown): SignInFailure => ({
  code: toRecord(thrown).code === 'session_expired' ? 'session_expired' : 'network_error',
})

const toRecord = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
