// An Airbyte that is down is left alone: callers hear it at once, and one call at a time asks whether it is back.
import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  handleWhen,
  SamplingBreaker,
} from 'cockatiel'
import type { Endpoint, EndpointClass } from './endpoint.js'

const WINDOW_MS = 10_000
const CALLS = 20
const THRESHOLD = 0.5

/** Why a call was not sent. */
export class BreakerOpen extends Error {
  override name = 'BreakerOpen' as const
  constructor(readonly retryAfterMs: number) {
    super('Airbyte has failed too often just now.')
  }
}

/** How a call ended, as far as it says something of Airbyte. */
export type Sign = 'up' | 'down'

interface Watched {
  policy: CircuitBreakerPolicy
  openedAt: number
}

export interface Breakers {
  /** Runs a call unless its class is broken. `readSign` says what an end means; what it throws goes on as it is. */
  run<T>(
    endpoint: Endpoint,
    call: () => Promise<T>,
    readSign: (end: { value: T } | { error: unknown }) => Sign,
  ): Promise<T>
}

/** One breaker a class: opens at 50 % failures of at least 20 calls within 10 s, then lets one call a time try. */
export function createBreakers(
  openMs: number,
  onChange: (name: EndpointClass, state: 'open' | 'closed') => void,
): Breakers {
  const byClass = new Map<EndpointClass, Watched>()

  const watch = (name: EndpointClass): Watched => {
    const breaker = new SamplingBreaker({
      threshold: THRESHOLD,
      duration: WINDOW_MS,
      minimumRps: CALLS / (WINDOW_MS / 1000),
    })
    const policy = circuitBreaker(
      handleWhen((error) => error instanceof Down),
      { breaker, halfOpenAfter: openMs },
    )
    const watched: Watched = { policy, openedAt: 0 }
    policy.onBreak(() => {
      watched.openedAt = Date.now()
      onChange(name, 'open')
    })
    policy.onReset(() => onChange(name, 'closed'))
    byClass.set(name, watched)
    return watched
  }

  return {
    run: async (endpoint, call, readSign) => {
      const watched = byClass.get(endpoint.class) ?? watch(endpoint.class)
      const left = () => Math.max(1_000, watched.openedAt + openMs - Date.now())
      // While one call tries, the others do not wait for it: they are many, and it may hang.
      if (watched.policy.state === CircuitState.HalfOpen) throw new BreakerOpen(1_000)
      const end = await watched.policy
        .execute(() => watchEnd(call, readSign))
        .catch(unwrap<Awaited<ReturnType<typeof call>>>(left))
      if ('error' in end) throw end.error
      return end.value
    },
  }
}

type End<T> = { value: T } | { error: unknown }

/** Carries an end that counts as a failure through the breaker. */
class Down extends Error {
  constructor(readonly end: End<unknown>) {
    super('down')
  }
}

async function watchEnd<T>(call: () => Promise<T>, readSign: (end: End<T>) => Sign): Promise<End<T>> {
  const end = await call().then(
    (value): End<T> => ({ value }),
    (error: unknown): End<T> => ({ error }),
  )
  if (readSign(end) === 'down') throw new Down(end)
  return end
}

const unwrap =
  <T>(left: () => number) =>
  (error: unknown): End<T> => {
    if (error instanceof Down) return error.end as End<T>
    if (error instanceof BrokenCircuitError) throw new BreakerOpen(left())
    throw error
  }
