// What a flow looks like to the hub, and why one ended. Pure.
import { type CheckResult, type FieldError, finalFlowStatuses, type Flow, type ProblemCode } from '@opsai/contract'
import { problemTexts } from '../http/problem-texts.js'
import { scrubText } from '../secrets/scrub.js'
import type { FlowEnd, FlowRow } from '../store/flows.js'

export const isFinalFlow = (status: Flow['status']) => (finalFlowStatuses as readonly string[]).includes(status)

const CONFIRMED_WITHIN_MS = 2 * 60_000

/** Whether its time is over: ten minutes to come back, two to be confirmed, none where who was at it has died. */
export function isOverdue({ status, expires_at, returned_at, secret, leased_until }: FlowRow, now: Date): boolean {
  if (status === 'launched' || status === 'authorizing') return expires_at <= now
  if (status !== 'returned' || returned_at === null) return false
  const isInterrupted = secret === null && leased_until !== null && leased_until <= now
  return isInterrupted || returned_at.getTime() + CONFIRMED_WITHIN_MS <= now.getTime()
}

export function toFlow(row: FlowRow): Flow {
  const sourceId = row.source_id ?? row.for_source_id
  return {
    flowId: row.flow_id,
    sourceType: row.source_type,
    status: row.status,
    ...(sourceId && { sourceId }),
    ...(row.error && { error: row.error }),
    expiresAt: row.expires_at.toISOString(),
  }
}

/** The words for an end without a source; `displayMessage` in place of the code's own. */
export function toFlowError(
  code: ProblemCode,
  words: {
    displayMessage?: string | undefined
    remedy?: string | undefined
    fieldErrors?: FieldError[] | undefined
  } = {},
): NonNullable<Flow['error']> {
  const text = problemTexts[code]
  const remedy = words.remedy ?? text.remedy
  return {
    code,
    displayMessage: words.displayMessage ?? text.displayMessage,
    ...(remedy && { remedy }),
    ...(words.fieldErrors && { fieldErrors: words.fieldErrors }),
  }
}

/** Why a flow ended whose time was over. */
export const overdueErrors = {
  expired: toFlowError('expired'),
  interrupted: toFlowError('internal', {
    displayMessage: 'The sign-in was interrupted on our side. Nothing was connected.',
    remedy: 'Sign in again.',
  }),
}

type NamedEnd = Exclude<FlowEnd['status'], 'completed' | 'failed'>

/** An end whose status is its reason. */
export const toEnd = (status: NamedEnd, displayMessage?: string): FlowEnd => ({
  status,
  error: toFlowError(status, { displayMessage }),
})

/**
 * What a provider said when it sent the browser back without a code (RFC 6749 §4.1.2.1; some say `error_code` and
 * `error_message`). Where it sends both, its no counts.
 */
export function toProviderEnd(parameters: URLSearchParams, connectorName: string): FlowEnd | undefined {
  const error = parameters.get('error') || parameters.get('error_code')
  if (!error) return undefined
  if (/^(access_denied|user_denied|user_cancelled_(login|authorize))$/.test(error)) return toEnd('denied')
  if (/scope/i.test(error)) return { status: 'provider_error', error: toFlowError('scope_insufficient') }
  return toReported(connectorName, parameters.get('error_description') ?? parameters.get('error_message') ?? error)
}

/** An end in the provider's own words: one line, of a length that fits, and nothing of ours that it may repeat. */
export function toReported(connectorName: string, words: string): FlowEnd {
  const said = scrubText(words)
    .replace(/[^\x20-\x7e\u00a0-\uffff]/g, ' ')
    .slice(0, 200)
  return toEnd('provider_error', `${connectorName} reported a problem: “${said}”.`)
}

/** The tokens are there, and the connector could do nothing with them. */
export function toCheckFailed(name: string, { message, remedy, fieldErrors }: CheckResult): FlowEnd {
  const displayMessage = `Signed in, but ${name} refused the test${message ? `: “${message}”` : ''}.`
  return { status: 'failed', error: toFlowError('check_failed', { displayMessage, remedy, fieldErrors }) }
}
