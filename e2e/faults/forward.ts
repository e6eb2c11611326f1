// Hands a request on to Airbyte unchanged and reads the whole answer.
import { Agent, request } from 'node:http'
import type { Asked, RealAnswer } from './fault.js'

export interface Forward {
  (asked: Asked): Promise<RealAnswer>
  close(): void
}

/** @throws what node:http throws where `origin` can't be reached */
export function createForward(origin: string): Forward {
  const agent = new Agent({ keepAlive: true })
  const forward = ({ method, path, headers, body }: Asked) =>
    new Promise<RealAnswer>((resolve, reject) => {
      const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers
      const sent = request(`${origin}${path}`, {
        method,
        agent,
        headers: { ...rest, 'content-length': body.length },
      })
      sent.on('error', reject)
      sent.on('response', (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            body: Buffer.concat(parts),
          }),
        )
      })
      sent.end(body)
    })
  return Object.assign(forward, { close: () => agent.destroy() })
}
