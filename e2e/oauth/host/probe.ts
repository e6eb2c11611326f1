// Runs before the page's own scripts and only looks on: what the browser said of the window, and which hints arrived.
// With `polling=off` it is a saboteur as well: the page may not read a flow from the proxy until a hint has arrived.

export interface Seen {
  /** What window.open gave, where it was called. */
  opened: ('window' | 'null')[]
  hints: ('BroadcastChannel' | 'postMessage')[]
  /** When the kit said that it is connected, in milliseconds since 1970. */
  connected: number[]
  /** What the handle of the window says now. */
  isClosed(): boolean | undefined
}

declare global {
  interface Window {
    seen?: Seen
  }
}

let handle: Window | null = null
const seen: Seen = {
  opened: [],
  hints: [],
  connected: [],
  isClosed: () => handle?.closed,
}
window.seen = seen

const open = window.open.bind(window)
window.open = (...parts) => {
  handle = open(...parts)
  seen.opened.push(handle ? 'window' : 'null')
  return handle
}

const waiting: (() => void)[] = []
function hint(kind: Seen['hints'][number]) {
  seen.hints.push(kind)
  for (const go of waiting.splice(0)) go()
}

window.addEventListener('message', ({ data }) => data === 'wake' && hint('postMessage'))
window.BroadcastChannel = class extends BroadcastChannel {
  constructor(name: string) {
    super(name)
    this.addEventListener('message', () => hint('BroadcastChannel'))
  }
}

if (new URLSearchParams(location.search).get('polling') === 'off') {
  const ask = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const { url, method } = new Request(input, init)
    const isReading = method === 'GET' && url.includes('/flows')
    if (isReading && seen.hints.length === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    return ask(input, init)
  }
}
