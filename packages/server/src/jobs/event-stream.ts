// A job as server-sent events (WHATWG HTML §9.2).
import type { Caller, Services } from '../services.js'

const HEARTBEAT_MS = 15_000

export interface StreamOf {
  caller: Pick<Caller, 'session'>
  jobId: number
  signal: AbortSignal
}

/**
 * `event: job` with the job as data on every change, a comment each 15 s, and the end at a final status or with the
 * session. `retry` says how soon to come back: the page asks with a new token, or the next process.
 *
 * @throws ProblemError `rate_limited` where the session has too many streams
 */
export function toEventStream({ jobs, streams }: Pick<Services, 'jobs' | 'streams'>, of: StreamOf): Response {
  const encoder = new TextEncoder()
  let end = (_how: 'ended' | 'cancelled') => {}
  const release = streams.open(of.caller.session.tokenHash, () => end('ended'))
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true
      const send = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text))
      }
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      send('retry: 2000\n\n')
      let unwatch = () => {}
      end = (how) => {
        if (!open) return
        open = false
        clearInterval(heartbeat)
        unwatch()
        release()
        if (how === 'ended') controller.close()
      }
      unwatch = jobs.watch(of.jobId, {
        onJob: (job) => send(`event: job\ndata: ${JSON.stringify(job)}\n\n`),
        onEnd: () => end('ended'),
      })
      of.signal.addEventListener('abort', () => end('cancelled'), { once: true })
    },
    cancel() {
      end('cancelled')
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
