// Handing out access tokens to one operation, from wherever they are kept.
import type { AccessTokens } from '../connector/connector.js'
import { ConnectorError } from '../connector/connector-error.js'
import { SourceBusyError } from '../connector/source-errors.js'
import type { Grant } from './grant.js'
import { decideOnToken, isFresh, type AccessToken, type TokenState, type Trouble } from './token-decision.js'

/** Where the tokens of one sign-in are kept. */
export interface TokenPlace {
  look(): Promise<{ grant: Grant; state: TokenState; isHeld: boolean }>
  /** Renews the token if it is still to be renewed, or waits a little for whoever does. */
  settle(): Promise<void>
  /** The API did not accept this one. */
  forget(token: string): Promise<void>
}

export interface TokenLimits {
  signal: AbortSignal
  /** How long to wait for somebody else's renewal, or for a provider that asks to be left alone. */
  waitMs: number
  now(): Date
}

/** How often an operation waits for a provider to get well. */
const mostWaits = 2

export interface HandedTokens extends AccessTokens {
  /** Whether the configuration got another refresh token under way. */
  changed(): boolean
  /** What was handed out: not to be repeated in any message. */
  secrets(): string[]
}

export function createAccessTokens(place: TokenPlace, { signal, waitMs, now }: TokenLimits): HandedTokens {
  const signIns = new Set<string>()
  const tokens = new Set<string>()
  let held: AccessToken | undefined

  async function handOut(): Promise<AccessToken> {
    const until = now().getTime() + waitMs
    for (let waits = 0; ;) {
      signal.throwIfAborted()
      const found = await place.look()
      signIns.add(found.grant.signIn)
      const at = now().getTime()
      const decision = decideOnToken(found.state, { ...found, now: at })
      if (decision.kind === 'use') return decision.access
      if (decision.kind === 'failed') {
        const { trouble } = decision
        if (!isWorthAWait(trouble, until) || waits >= mostWaits) throw toError(trouble)
        waits += 1
        await unlessAborted(pause(trouble.retryAt - at), signal)
        continue
      }
      if (at >= until) throw new SourceBusyError('The sign-in of this source is being renewed. Try again in a moment.')
      await unlessAborted(place.settle(), signal)
    }
  }

  return {
    async get() {
      if (!held || !isFresh(held, now().getTime())) held = await handOut()
      tokens.add(held.token)
      return held.token
    },
    async refuse(token) {
      if (held?.token === token) held = undefined
      await place.forget(token)
    },
    changed: () => signIns.size > 1,
    secrets: () => [...tokens],
  }
}

const isWorthAWait = ({ failureType, retryAt }: Trouble, until: number) =>
  failureType === 'transient_error' && retryAt <= until

function toError({ failureType, message, fields }: Trouble): ConnectorError {
  return new ConnectorError(failureType, message, fields)
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Stops waiting when the signal aborts; what is waited for goes on. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
