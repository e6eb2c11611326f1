// The one way to Airbyte. Its limits are shared by all tenants of our key (it knows only one user: us), so that who goes
// next, how many at once and when to stop asking is decided here, in front of it, for everybody.
import { AirbyteError } from '@opsai/airbyte-client'
import type { Log } from '../log.js'
import { BreakerOpen, createBreakers, type Sign } from './breakers.js'
import { type Endpoint, toEndpoint } from './endpoint.js'
import { createFairQueue, type FairQueueOptions, QueueRefusal } from './fair-queue.js'
import { holdUntilRead } from './hold-until-read.js'
import { createRetryBudget } from './retry-budget.js'
import { readRetryAfter } from './retry-after.js'
import { currentOwner } from './scope.js'
import type { Send } from './send.js'

export interface GateOptions extends FairQueueOptions {
  /** How long Airbyte may take to begin an answer, where no connector works meanwhile. */
  answerMs: number
  /** How long an Airbyte that failed is left alone before one call asks again. */
  openMs: number
}

export interface Gate {
  fetch: Send
  /** Whether a call may be repeated now: one in ten. */
  mayRepeat(): boolean
}

/** Work that is no tenant's waits in one line of its own. */
const NOBODY = '\0system'

/**
 * @example
 * const gate = createGate(network.send, options, log)
 * createAirbyteClient({ baseUrl, fetch: gate.fetch, mayRepeat: gate.mayRepeat })
 */
export function createGate(send: Send, options: GateOptions, log: Log): Gate {
  const queue = createFairQueue(options)
  const budget = createRetryBudget()
  const backOff = createBackOff()
  const breakers = createBreakers(options.openMs, (name, state) =>
    log.warn(`the way to Airbyte is ${state}`, { class: name }),
  )

  const pass = async (request: Request, endpoint: Endpoint): Promise<Response> => {
    const call = () => withinDeadline(send, request, endpoint.slow ? undefined : options.answerMs)
    const response = await breakers.run(endpoint, call, (end) => toSign(end, endpoint, request))
    if (response.status === 429) queue.pause(backOff.longer(readRetryAfter(response.headers)))
    else {
      backOff.reset()
      queue.resume()
    }
    return response
  }

  return {
    mayRepeat: budget.spend,
    fetch: async (request) => {
      const endpoint = toEndpoint(request.method, request.url)
      budget.earn()
      try {
        // Everybody waits for the one token: it stands in nobody's line.
        if (endpoint.class === 'token') return await pass(request, endpoint)
        const release = await queue.enter(currentOwner().tenantId ?? NOBODY, request.signal)
        try {
          return await holdUntilRead(await pass(request, endpoint), request.signal, release)
        } catch (error) {
          release()
          throw error
        }
      } catch (error) {
        throw toRefusal(error)
      }
    },
  }
}

/** Said of the gate itself, these are never repeated and certainly nothing was sent. */
function toRefusal(error: unknown): unknown {
  if (error instanceof BreakerOpen) {
    const { retryAfterMs } = error
    return new AirbyteError('Airbyte has failed too often just now and is left alone for a moment.', {
      code: 'unavailable',
      retryable: true,
      nothingDone: true,
      retryAfterMs,
    })
  }
  if (error instanceof QueueRefusal) {
    const why = error.reason === 'full' ? 'too many calls wait already' : 'its turn did not come in time'
    return new AirbyteError(`Airbyte is busy: ${why}.`, {
      code: 'rate_limited',
      retryable: true,
      nothingDone: true,
      retryAfterMs: error.retryAfterMs,
    })
  }
  return error
}

const gateways = new Set([502, 503, 504])

/**
 * What an end says of Airbyte. A 500 says nothing: wrong credentials of one source are one, too. Where a connector
 * worked, a gateway's 502 and 504 say only that it took long.
 */
function toSign(end: { value: Response } | { error: unknown }, { slow }: Endpoint, { signal }: Request): Sign {
  if ('error' in end) return signal.aborted ? 'up' : 'down'
  const { status } = end.value
  return (slow ? status === 503 : gateways.has(status)) ? 'down' : 'up'
}

async function withinDeadline(send: Send, request: Request, ms: number | undefined): Promise<Response> {
  if (ms === undefined) return await send(request)
  const deadline = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const lateness = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = new AirbyteError('Airbyte did not begin to answer in time.', { code: 'timeout', retryable: true })
      reject(late)
      deadline.abort(late)
    }, ms)
  })
  try {
    const bounded = new Request(request, { signal: AbortSignal.any([request.signal, deadline.signal]) })
    return await Promise.race([send(bounded), lateness])
  } finally {
    clearTimeout(timer)
  }
}

const FIRST_PAUSE_MS = 1_000
/** Whatever a header says: then one call asks, and a gateway's mistake is not an hour's outage. */
const LONGEST_PAUSE_MS = 5_000

/** Airbyte's 429 says nothing of when to come back: each one in a row doubles the pause. */
function createBackOff() {
  let next = FIRST_PAUSE_MS
  return {
    longer: (said: number | undefined) => {
      const pause = Math.min(LONGEST_PAUSE_MS, said ?? next)
      next = Math.min(LONGEST_PAUSE_MS, next * 2)
      return pause
    },
    reset: () => {
      next = FIRST_PAUSE_MS
    },
  }
}
