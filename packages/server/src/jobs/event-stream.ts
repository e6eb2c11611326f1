// A job as server-sent events (WHATWG HTML §9.2).
import type { JobFeed } from './job-feed.js'

const HEARTBEAT_MS = 15_000

/** `event: job` with the job as data on every change, a comment each 15 s, and the end at a final status. */
export function toEventStream(feed: JobFeed, jobId: number, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true
      const send = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text))
      }
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      const finish = (how: 'ended' | 'cancelled') => {
        if (!open) return
        open = false
        clearInterval(heartbeat)
        if (how === 'ended') controller.close()
      }
      send('retry: 2000\n\n')
      const unwatch = feed.watch(jobId, {
        onJob: (job) => send(`event: job\ndata: ${JSON.stringify(job)}\n\n`),
        onEnd: () => finish('ended'),
      })
      stop = () => {
        unwatch()
        finish('cancelled')
      }
      signal.addEventListener('abort', () => stop(), { once: true })
    },
    cancel() {
      stop()
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
