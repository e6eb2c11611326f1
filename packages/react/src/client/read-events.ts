// Server-sent events out of a fetch (EventSource can't send the token).
import { createParser } from 'eventsource-parser'

/** An event of a stream; `event` is its name, if it has one. */
export interface ServerEvent {
  event?: string | undefined
  data: string
}

/** The events of a body, in order, until it ends. `onBytes` hears of everything, heartbeats too. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes?: () => void,
): AsyncGenerator<ServerEvent, void> {
  const found: ServerEvent[] = []
  const parser = createParser({ onEvent: ({ event, data }) => void found.push({ event, data }) })
  const reader = body.getReader()
  const decoder = new TextDecoder()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      onBytes?.()
      parser.feed(decoder.decode(value, { stream: true }))
      yield* found.splice(0)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** What an event's data holds, or undefined where that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
