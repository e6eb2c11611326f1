// What a sign-in that failed, or that nothing is heard of, says to the user, and what they can do about it. Pure.
import type { ProblemCode } from '@opsai/contract'
import type { Messages } from '../messages/messages.js'
import type { SignInDetails } from '../messages/sign-in-problems-en.js'
import type { SignInFailure } from './oauth-popup.types.js'

/**
 * What stands beside the words: a button that begins anew, one that shows the source that is there, or none, because
 * only somebody else can help.
 */
export type WayOn = 'retry' | 'show' | 'ask'

/** A failure in words. */
export interface SignInDescription {
  message: string
  remedy: string
  /** By this, support finds the sign-in in the log and the audit trail. */
  reference: string | undefined
  wayOn: WayOn
}

/** Whose words are about this very case, where the server gives some: what a provider said, what a test found. */
const quoting: readonly ProblemCode[] = [
  'provider_error',
  'check_failed',
  'invalid_request',
  'not_found',
  'oauth_unsupported',
]
const onlyOthersHelp: readonly ProblemCode[] = [
  'origin_not_allowed',
  'forbidden',
  'config_error',
  'connector_unavailable',
  'oauth_unsupported',
  'sandboxed_frame',
  'unsupported_media_type',
]
/** Where somebody will have to look into it. */
const withReference: readonly ProblemCode[] = [
  'provider_error',
  'config_error',
  'upstream_rate_limited',
  'upstream_unavailable',
  'upstream_timeout',
  'upstream_invalid',
  'internal',
]

/**
 * A failure in the host's words; a code that is newer than this page is told as `internal`, with what the server says.
 *
 * @example
 * const { message, remedy } = describeSignIn({ code: 'denied' }, { name: 'HubSpot', isAgain: false }, messages, flowId)
 */
export function describeSignIn(
  failure: SignInFailure,
  details: SignInDetails,
  { problems }: Pick<Messages['oauth'], 'problems'>,
  flowId?: string,
): SignInDescription {
  const { code, displayMessage, remedy } = failure
  const isKnown = Object.hasOwn(problems, code)
  const text = problems[isKnown ? code : 'internal']
  const isQuoting = !isKnown || quoting.includes(code)
  return {
    message: (isQuoting && displayMessage) || text.message(details),
    remedy: (isQuoting && remedy) || text.remedy,
    reference: !isKnown || withReference.includes(code) ? flowId : undefined,
    wayOn: code === 'source_exists' ? 'show' : onlyOthersHelp.includes(code) ? 'ask' : 'retry',
  }
}
