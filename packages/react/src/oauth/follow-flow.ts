// Reads a flow from the proxy until it is final: long polls, cut short by every wake-up, patient with a broken network.
import { finalFlowStatuses, type Flow, type FlowStatus } from '@opsai/contract'
import type { HubClient } from '../client/hub-client.js'
import { toOpsaiError } from '../client/opsai-error.js'

export interface FollowFlowOptions {
  client: Pick<HubClient, 'getFlow'>
  flowId: string
  onFlow: (flow: Flow) => void
  /** The proxy does not know the flow, and has not for so long. */
  onMissing: (forMs: number) => void
  /** The session ended for good, or this page may not ask. */
  onRefused: (thrown: unknown) => void
  /** Seconds a poll may hang. @default 25 */
  waitSeconds?: number
  now?: () => number
}

export interface FollowedFlow {
  /** Ask now. */
  wake(): void
  stop(): void
}

const retryMs = [1000, 2000, 5000]
const missingRetryMs = 500
/** The form is on its way while the first question is asked: the proxy waits so long for it. */
const firstWaitSeconds = 2
/** What no waiting cures. */
const refusals = [
  'unauthorized',
  'session_expired',
  'forbidden',
  'tenant_mismatch',
  'origin_not_allowed',
  'user_mismatch',
]

export function followFlow(options: FollowFlowOptions): FollowedFlow {
  const { client, flowId, waitSeconds = 25, now = Date.now } = options
  let isStopped = false
  let request = new AbortController()
  let wakeUp: () => void = () => undefined
  let since: FlowStatus | undefined
  let missingSince: number | undefined
  let failures = 0
  let mustAskNow = false

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const onAnswer = (flow: Flow) => {
    failures = 0
    missingSince = undefined
    since = flow.status
    options.onFlow(flow)
    if (finalFlowStatuses.some((status) => status === flow.status)) isStopped = true
  }

  const onFailure = async (thrown: unknown, askedAt: number) => {
    if (request.signal.aborted) return
    const { code } = toOpsaiError(thrown)
    if (refusals.includes(code)) {
      isStopped = true
      return options.onRefused(thrown)
    }
    if (code === 'not_found') {
      missingSince ??= askedAt
      options.onMissing(now() - missingSince)
      return pause(missingRetryMs)
    }
    return pause(retryMs[Math.min(failures++, retryMs.length - 1)] ?? 5000)
  }

  const ask = async () => {
    request = new AbortController()
    const { signal } = request
    const poll = !since
      ? { signal, wait: firstWaitSeconds }
      : mustAskNow
        ? { signal }
        : { signal, wait: waitSeconds, since }
    mustAskNow = false
    const askedAt = now()
    try {
      const flow = await client.getFlow(flowId, poll)
      const isUnchanged = flow.status === since
      if (!isStopped) onAnswer(flow)
      // A proxy that answers without waiting must not be asked without pause.
      if (!isStopped && isUnchanged && now() - askedAt < 1000) await pause(1000)
    } catch (thrown) {
      if (!isStopped) await onFailure(thrown, askedAt)
    }
  }

  const run = async () => {
    while (!isStopped) await ask()
  }
  void run()

  return {
    wake: () => {
      mustAskNow = true
      request.abort()
      wakeUp()
    },
    stop: () => {
      isStopped = true
      request.abort()
      wakeUp()
    },
  }
}
