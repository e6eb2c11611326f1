// What reaches Airbyte: every request the proxy sends is written down, and may be answered otherwise.
import type { World } from './world.js'

export interface Recorded {
  method: string
  /** Path and query. */
  path: string
  body: string
}

export interface Recorder {
  /** For `createServer({ airbyte })`. */
  airbyte: { baseUrl: string; fetch(request: Request): Promise<Response> }
  seen: Recorded[]
  /** Answers in Airbyte's place, or nothing where Airbyte itself shall. */
  instead: ((request: Request) => Response | undefined | Promise<Response | undefined>) | undefined
}

export function createRecorder(world: Pick<World, 'options'>): Recorder {
  const { airbyte } = world.options
  if (!('baseUrl' in airbyte) || !airbyte.fetch) throw new Error('The world has no engine in process.')
  const { baseUrl, fetch } = airbyte
  const recorder: Recorder = {
    seen: [],
    instead: undefined,
    airbyte: {
      baseUrl,
      fetch: async (request) => {
        const { pathname, search } = new URL(request.url)
        const body = request.body ? await request.clone().text() : ''
        recorder.seen.push({ method: request.method, path: pathname + search, body })
        return (await recorder.instead?.(request)) ?? (await fetch(request))
      },
    },
  }
  return recorder
}
