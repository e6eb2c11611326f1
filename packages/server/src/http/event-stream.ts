// Something that changes, as server-sent events (WHATWG HTML §9.2).
import type { Caller, Services } from '../services.js'

const HEARTBEAT_MS = 15_000

export interface StreamOf<T> {
  caller: Pick<Caller, 'session'>
  /** The name of its events. */
  event: string
  /** Calls `send` at once and on each change, and `end` after the last. Answers how to stop. */
  watch(send: (thing: T) => void, end: () => void): () => void
  signal: AbortSignal
}

/**
 * An event with the thing as data on every change, a comment each 15 s, and the end with the thing's own or the
 * session's. `retry` says how soon to come back: the page asks with a new token, or the next process.
 *
 * @throws ProblemError `rate_limited` where the session has too many streams
 */
export function toEventStream<T>({ streams }: Pick<Services, 'streams'>, of: StreamOf<T>): Response {
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
      unwatch = of.watch(
        (thing) => send(`event: ${of.event}\ndata: ${JSON.stringify(thing)}\n\n`),
        () => end('ended'),
      )
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
