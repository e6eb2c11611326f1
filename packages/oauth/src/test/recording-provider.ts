import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Recorded {
  method: string
  /** Path and query as they came over the wire. */
  target: string
  headers: Record<string, string>
  body: string
}

export interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: string
  /** Answers nothing. */
  hangs?: boolean
  /** Cuts the connection once it has read what it was asked. */
  cuts?: boolean
}

/** A provider on loopback that writes down what it is asked, byte by byte, and answers what it is told to. */
export async function startRecordingProvider() {
  const requests: Recorded[] = []
  let reply: Reply = {}
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      requests.push({ method: request.method ?? '', target: request.url ?? '', headers, body })
      if (reply.hangs) return
      if (reply.cuts) return void request.socket.destroy()
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers }).end(reply.body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    requests,
    answer: (next: Reply) => {
      reply = next
    },
    /** Every host is this one: what is asked of `https://x/y` arrives here as `/y`. */
    fetch: ((url: string, init) => fetch(url.replace(/^https:\/\/[^/?]+/, origin), init)) as typeof fetch,
    stop: () => {
      server.closeAllConnections()
      return new Promise((stopped) => server.close(stopped))
    },
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
