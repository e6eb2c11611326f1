// A body is read no further than it may be long, and no longer than there is time.
import type { Deadline } from './deadline.js'

/** What came, or as much of it as is allowed. */
export interface BodyText {
  text: string
  /** There was more than `maxBytes`. */
  cut: boolean
}

/** Reads a body as UTF-8. What is left unread is cancelled, so that the connection is let go. */
export async function readText(response: Response, maxBytes: number, deadline: Deadline): Promise<BodyText> {
  const reader = response.body?.getReader()
  if (!reader) return { text: '', cut: false }
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await deadline.within(reader.read())
      if (done) return { text: text + decoder.decode(), cut: false }
      bytes += value.byteLength
      if (bytes > maxBytes) return { text, cut: true }
      text += decoder.decode(value, { stream: true })
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
