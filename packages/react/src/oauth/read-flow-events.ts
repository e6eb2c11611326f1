// A flow as server-sent events: how far they came through is the outcome.
import { callProxy } from '../client/call-proxy.js'
import type { ProxyAccess } from '../client/proxy-access.js'
import { parseJson, readEvents } from '../client/read-events.js'
import { toUrl } from '../client/to-url.js'
import { isFinalStatus, parseFlowNews } from './ask-flow.js'
import type { Outcome } from './follow-ladder.js'
import type { FlowNews } from './oauth-popup.types.js'

export interface ReadFlowEventsOptions {
  proxy: ProxyAccess
  flowId: string
  onFlow: (flow: FlowNews) => void
  now: () => number
  /** Ends the reading; the returned promise then rejects or tells that they ended. */
  signal: AbortSignal
}

/** The proxy tells the flow at once: what has come to nobody by then is kept back by something in between. */
const silentAfterMs = 5_000
/** The proxy says something each 15 seconds. */
const deadAfterMs = 40_000

/** Reads until the flow is final, or nothing comes any more. Rejects where no answer came at all. */
export async function readFlowEvents(options: ReadFlowEventsOptions): Promise<Outcome> {
  const { flowId, onFlow, now, signal } = options
  const startedAt = now()
  const silence = watchSilence(signal)
  let isHeard = false
  try {
    const response = await open(options, silence.signal)
    if (!(response instanceof Response)) return response
    const body = response.body as ReadableStream<Uint8Array>
    for await (const { event, data } of readEvents(body, () => isHeard && silence.after(deadAfterMs))) {
      const flow = event === 'flow' ? parseFlowNews(parseJson(data), flowId) : undefined
      if (!flow) continue
      isHeard = true
      silence.after(deadAfterMs)
      onFlow(flow)
      if (isFinalStatus(flow.status)) break
    }
  } catch (thrown) {
    // A stream that was cut has ended; one that never came is no stream.
    if (signal.aborted || !(isHeard || silence.signal.aborted)) throw thrown
  } finally {
    silence.stop()
  }
  if (!isHeard && silence.signal.aborted) return { name: 'silent' }
  return { name: 'ended', livedMs: now() - startedAt }
}

/** The stream, or why there is none here. */
async function open({ proxy, flowId }: ReadFlowEventsOptions, signal: AbortSignal): Promise<Response | Outcome> {
  const response = await callProxy(proxy, toUrl(proxy.baseUrl, `/flows/${encodeURIComponent(flowId)}/events`), {
    accept: 'text/event-stream',
    signal,
  })
  const isStream = /^text\/event-stream/.test(response.headers.get('content-type') ?? '')
  if (response.ok && isStream && response.body) return response
  await response.body?.cancel().catch(() => undefined)
  // A lost session and a busy server pass; a proxy without this route, or with too many streams, stays as it is.
  const { status } = response
  return { name: status === 401 || status === 403 || status >= 500 ? 'broken' : 'unsupported' }
}

/** Ends a request that has been silent for too long, or that somebody else gave up. */
function watchSilence(outer: AbortSignal) {
  const silence = new AbortController()
  const end = () => silence.abort(outer.reason)
  outer.addEventListener('abort', end)
  if (outer.aborted) end()
  let timer = setTimeout(() => silence.abort(), silentAfterMs)
  return {
    signal: silence.signal,
    after: (ms: number) => {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), ms)
    },
    stop: () => {
      clearTimeout(timer)
      outer.removeEventListener('abort', end)
    },
  }
}
