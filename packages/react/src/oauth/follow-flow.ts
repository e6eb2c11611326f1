// Reads a flow from the proxy until it is final, by the ladder's ways, woken by every hint, patient with everything else.
import type { ProblemCode } from '@opsai/contract'
import type { ProxyAccess } from '../client/proxy-access.js'
import { askFlow, type FlowAnswer, isFinalStatus, toSilence } from './ask-flow.js'
import { firstLadder, type Ladder, type Outcome, toNext, toWay, type Way } from './follow-ladder.js'
import type { FlowNews, SignInFailure } from './oauth-popup.types.js'
import { readFlowEvents } from './read-flow-events.js'

/** What {@link followFlow} takes, and whom it tells. */
export interface FollowFlowOptions {
  proxy: ProxyAccess
  flowId: string
  /** Each time something was read, changed or not. */
  onFlow: (flow: FlowNews) => void
  /** The proxy does not know the flow, and has not for so long. */
  onMissing: (forMs: number) => void
  /** The proxy does not say, or there is no session to ask with. It is asked on. */
  onRefused: (problem: SignInFailure) => void
  /** Milliseconds since 1970. @default Date.now */
  now?: () => number
}

/** A flow that is followed. */
export interface FollowedFlow {
  /** Ask now. */
  wake(): void
  stop(): void
}

/** A poll may hang for so long at the proxy. */
const waitSeconds = 25
/** The form is on its way while the first question is asked: the proxy waits so long for it. */
const firstWaitSeconds = 2
/** Longer than any wait: what has not answered by then never will. */
const deadAfterMs = 40_000
/** Hints come in bunches: so long after one that was heeded, the others are one more. */
const wakeEveryMs = 250

/** Follows until the flow is final or `stop` is called. Never throws, and asks on whatever happens. */
export function followFlow(options: FollowFlowOptions): FollowedFlow {
  const { proxy, flowId, now = Date.now } = options
  let ladder: Ladder = firstLadder
  let known: FlowNews['status'] | undefined
  let missingSince: number | undefined
  let isStopped = false
  let current = new AbortController()
  let wokenAt = -Infinity
  let wakeTimer: ReturnType<typeof setTimeout> | undefined

  const tell = (flow: FlowNews) => {
    missingSince = undefined
    known = flow.status
    if (isStopped) return
    isStopped = isFinalStatus(flow.status)
    options.onFlow(flow)
  }

  const toOutcome = ({ flow, problem }: FlowAnswer, startedAt: number): Outcome => {
    if (flow) {
      const isChanged = flow.status !== known
      tell(flow)
      return { name: 'read', isChanged, tookMs: now() - startedAt }
    }
    return toProblemOutcome(problem, startedAt)
  }

  const toProblemOutcome = (problem: SignInFailure, startedAt: number): Outcome => {
    if (problem.code === 'not_found') {
      missingSince ??= startedAt
      options.onMissing(now() - missingSince)
      return { name: 'missing' }
    }
    if (!refusals.has(problem.code)) return { name: 'broken' }
    options.onRefused(problem)
    return { name: 'refused' }
  }

  const put = async (way: Way, signal: AbortSignal): Promise<Outcome> => {
    const startedAt = now()
    try {
      if (way === 'events') return await readFlowEvents({ proxy, flowId, onFlow: tell, now, signal })
      return toOutcome(await askFlow(proxy, flowId, { signal, query: toQuery(way, known) }), startedAt)
    } catch (thrown) {
      return toProblemOutcome(toSilence(thrown), startedAt)
    }
  }

  const run = async () => {
    while (!isStopped) {
      current = new AbortController()
      const { signal } = current
      const way = toWay(ladder)
      const stopWaiting = way === 'events' ? undefined : setTimeout(() => current.abort(), deadAfterMs)
      const outcome = await put(way, signal)
      clearTimeout(stopWaiting)
      const next = toNext(ladder, way, signal.reason === woken ? { name: 'woken' } : outcome)
      ladder = next.ladder
      if (!isStopped) await pause(next.pauseMs, signal)
      if (signal.reason === woken) ladder = { ...ladder, asksFirst: true }
    }
  }
  void run()

  const wakeNow = () => {
    wakeTimer = undefined
    wokenAt = now()
    current.abort(woken)
  }
  return {
    wake: () => {
      if (!isStopped) wakeTimer ??= setTimeout(wakeNow, Math.max(0, wokenAt + wakeEveryMs - now()))
    },
    stop: () => {
      isStopped = true
      clearTimeout(wakeTimer)
      current.abort()
    },
  }
}

/** Why a request was given up: to put another one at once. */
const woken = Symbol('woken')

const toQuery = (way: Way, since: FlowNews['status'] | undefined) =>
  since === undefined ? { wait: `${firstWaitSeconds}` } : way === 'longPoll' ? { wait: `${waitSeconds}`, since } : {}

/** What says nothing about the flow, only that this page may not know. */
const refusals: ReadonlySet<string> = new Set<ProblemCode>([
  'unauthorized',
  'session_expired',
  'forbidden',
  'tenant_mismatch',
  'origin_not_allowed',
  'user_mismatch',
])

/** Ends early when `signal` does. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (ms === 0 || signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
