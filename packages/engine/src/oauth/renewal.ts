// One renewal: the request, and what its answer means for the sign-in.
import {
  OAuthError,
  readRefreshed,
  sendTokenRequest,
  toRefreshRequest,
  type OAuthSpec,
  type RefreshAnswer,
  type Sent,
} from '@opsai/oauth'
import type { Grant } from './grant.js'
import { toSignInAgain, type AccessToken, type Trouble } from './token-decision.js'

/** How long a provider may take. Longer than an answer is worth waiting for: a lost one may cost the sign-in. */
export const renewalMs = 20_000

export type Renewal =
  | { kind: 'renewed'; access: AccessToken; outputs: Record<string, string> }
  /** `isAsked`: the provider may have taken the refresh token all the same. */
  | { kind: 'failed'; trouble: Trouble; isAsked: boolean }

export interface RenewalFacts {
  spec: OAuthSpec
  grant: Grant
  /** The connector's, for messages. */
  name: string
  isSecondAsk: boolean
  /** Failures in a row before this one. */
  times: number
}

/** Asks once. It is never cut short by whoever wanted the token: the answer is everybody's. */
export async function renew(
  facts: RenewalFacts,
  { fetch, now }: { fetch: typeof globalThis.fetch; now(): Date },
): Promise<Renewal> {
  const { spec, grant } = facts
  const refreshToken = grant.refreshToken ?? ''
  try {
    const request = toRefreshRequest(spec, { ...grant, refreshToken })
    const sent = await sendTokenRequest(request, { fetch, timeoutMs: renewalMs })
    const at = now().getTime()
    const answer = sent.kind === 'answered' ? readRefreshed(spec, sent, refreshToken, at) : sent
    return toRenewal(facts, answer, at)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const { path } = spec.inputs.find((input) => input.name === error.variable) ?? {}
    const fields = path ? [[...path]] : []
    const trouble: Trouble = { message: error.message, failureType: 'config_error', fields, retryAt: 0, times: 1 }
    return { kind: 'failed', trouble, isAsked: facts.isSecondAsk }
  }
}

type Unreachable = Exclude<Sent, { kind: 'answered' }>

/** What an answer means, and for how long nothing is asked after one that does not help. */
export function toRenewal(facts: RenewalFacts, answer: RefreshAnswer | Unreachable, now: number): Renewal {
  const { name, times, isSecondAsk } = facts
  const pauseMs = Math.min(1_000 * 2 ** times, longestPauseMs)
  const later = (message: string, ms = pauseMs): Trouble => ({
    message,
    failureType: 'transient_error',
    fields: [],
    retryAt: now + ms,
    times: times + 1,
  })
  switch (answer.kind) {
    case 'tokens': {
      const until = answer.expiresAt === undefined ? undefined : Date.parse(answer.expiresAt)
      const access = { token: answer.accessToken ?? '', from: now, ...(until !== undefined && { until }) }
      return { kind: 'renewed', access, outputs: { ...answer.outputs, refresh_token: answer.refreshToken } }
    }
    case 'refused':
      return { kind: 'failed', trouble: toRefusal(facts, answer, now), isAsked: false }
    case 'unavailable': {
      const message = `${name} could not renew the sign-in (HTTP ${answer.status}). Try again shortly.`
      const isAsked = answer.reason !== 'too_many_requests' || isSecondAsk
      return { kind: 'failed', trouble: later(message, Math.max(answer.retryAfterMs ?? 0, pauseMs)), isAsked }
    }
    case 'incomplete':
      return {
        kind: 'failed',
        trouble: later(`${name} renewed the sign-in without a token. Try again shortly.`),
        isAsked: true,
      }
    case 'unreachable': {
      const isAsked = answer.reason !== 'no_connection' || isSecondAsk
      return { kind: 'failed', trouble: later(`${name} could not be reached. Try again shortly.`), isAsked }
    }
  }
}

const longestPauseMs = 60_000
/** A token that was refused for good is not shown again for so long. */
const spentMs = 10 * 60_000
/** Somebody may be putting the app right. */
const appMs = 5_000

function toRefusal(
  { name, grant, spec, isSecondAsk }: RenewalFacts,
  { code, needsSignIn }: Extract<RefreshAnswer, { kind: 'refused' }>,
  now: number,
): Trouble {
  if (needsSignIn) {
    const why = isSecondAsk
      ? `The answer of ${name} to the last renewal of this sign-in was lost on its way, and with it the new token.`
      : `${name} no longer accepts this sign-in: it was revoked or has expired.`
    return { ...toSignInAgain(`${why} Sign in again.`, grant), retryAt: now + spentMs }
  }
  if (/^(invalid_client|unauthorized_client|http_401)$/.test(code)) {
    const fields = spec.serverOutputs.map(({ path }) => [...path])
    const message = `${name} does not know this app. Check its client ID and client secret.`
    return { message, failureType: 'config_error', fields, retryAt: now + appMs, times: 1 }
  }
  const message = `${name} refused to renew the sign-in (${code}). Try again shortly.`
  return { message, failureType: 'system_error', fields: [], retryAt: now + appMs, times: 1 }
}
