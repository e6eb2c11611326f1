// Whether the access token there is will do, must be renewed, or is being renewed. Pure: moments are milliseconds.
import type { FailureType } from '../protocol/messages.js'
import type { Grant } from './grant.js'

export interface AccessToken {
  token: string
  /** When it came. */
  from: number
  /** When it ends; nothing where the provider does not say: then it is good until the API refuses it. */
  until?: number
}

/** Why the last renewal failed, in words for the user. */
export interface Trouble {
  message: string
  failureType: FailureType
  fields: string[][]
  /** Nothing is asked before: neither does it help, nor is a spent token to be seen twice. */
  retryAt: number
  /** How often in a row. */
  times: number
}

/** What is known of a sign-in's access token. */
export interface TokenState {
  /** The sign-in that all of this is about. */
  signIn?: string
  access?: AccessToken
  /** A renewal was begun and its answer is not known: the refresh token may be spent. */
  isAsked?: boolean
  trouble?: Trouble
}

export type TokenDecision =
  | { kind: 'use'; access: AccessToken }
  /** `isSecondAsk`: the same refresh token was sent before, and what became of it is not known. */
  | { kind: 'renew'; isSecondAsk: boolean; times: number }
  /** Somebody else is renewing. */
  | { kind: 'wait' }
  | { kind: 'failed'; trouble: Trouble }

/** A minute, and not more than a tenth of the token's life. */
const mostEarlyMs = 60_000

/** Whether a token is good for a while yet. */
export function isFresh({ from, until }: AccessToken, now: number): boolean {
  return until === undefined || now < until - Math.min(mostEarlyMs, (until - from) / 10)
}

/**
 * While the old token lives, nothing is risked for a new one: others use it during a renewal, and after one that failed
 * or whose answer was lost.
 */
export function decideOnToken(
  stored: TokenState,
  { grant, isHeld, now }: { grant: Grant; isHeld: boolean; now: number },
): TokenDecision {
  const { access, trouble, isAsked = false } = stored.signIn === grant.signIn ? stored : {}
  if (access && isFresh(access, now)) return { kind: 'use', access }
  const isAlive = access !== undefined && now < (access.until ?? Infinity)
  const isPaused = trouble !== undefined && now < trouble.retryAt
  if (isAlive && (isPaused || isHeld || isAsked)) return { kind: 'use', access }
  if (isPaused) return { kind: 'failed', trouble }
  if (isHeld) return { kind: 'wait' }
  if (grant.refreshToken !== undefined) return { kind: 'renew', isSecondAsk: isAsked, times: trouble?.times ?? 0 }
  if (grant.accessToken !== undefined) return { kind: 'use', access: { token: grant.accessToken, from: now } }
  return {
    kind: 'failed',
    trouble: { ...toSignInAgain('This source has no sign-in yet. Sign in.', grant), retryAt: now },
  }
}

/** What only another sign-in mends. */
export function toSignInAgain(message: string, { field }: Grant): Omit<Trouble, 'retryAt'> {
  return { message, failureType: 'config_error', fields: field.length > 0 ? [field] : [], times: 1 }
}

/** The state after an API refused a token: that one is gone, and one that was given for good takes the sign-in along. */
export function withoutToken(
  state: TokenState,
  { grant, token, name }: { grant: Grant; token: string; name: string },
): TokenState {
  if (grant.accessToken === token) {
    const trouble = toSignInAgain(`${name} no longer accepts this sign-in. Sign in again.`, grant)
    return { signIn: grant.signIn, trouble: { ...trouble, retryAt: never } }
  }
  if (state.access?.token !== token) return state
  const { access: _, ...rest } = state
  return rest
}

/** Only another sign-in, which has a state of its own, ends a trouble like that. */
export const never = Number.MAX_SAFE_INTEGER
