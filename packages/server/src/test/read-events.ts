// Server-sent events as a page's client reads them.

export interface Events<T> {
  /** The data of the next event of any name. Nothing once the stream has ended. */
  next(): Promise<T | undefined>
  /** Leaves, as a closed page does. */
  leave(): Promise<void>
}

export function readEvents<T>(answer: Response, event: string): Events<T> {
  if (answer.status !== 200 || !answer.body) throw new Error(`The stream answered ${answer.status}.`)
  const reader = answer.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  const take = (): T | undefined => {
    const found = new RegExp(`event: ${event}\ndata: (.*)\n\n`).exec(text)
    if (!found) return undefined
    text = text.slice(found.index + found[0].length)
    return JSON.parse(found[1] ?? '') as T
  }
  return {
    next: async () => {
      for (;;) {
        const taken = take()
        if (taken) return taken
        const { done, value } = await reader.read()
        if (done) return undefined
        text += decoder.decode(value, { stream: true })
      }
    },
    leave: () => reader.cancel(),
  }
}
