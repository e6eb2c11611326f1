// Somebody's webhook: an HTTP server that keeps what it is sent and answers what the test says.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
}

export async function listenWebhooks(status = 200, headers: Record<string, string> = {}) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (data: Buffer) => (text += data.toString()))
    request.on('end', () => {
      const body = JSON.parse(text) as Received['body']
      received.push({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(status, headers).end('ok')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
