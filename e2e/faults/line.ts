// The client's end of a connection, written to below HTTP: what is sent need not be HTTP at all.
import type { Socket } from 'node:net'

export interface Line {
  /** Bytes as they are. */
  send(bytes: string | Buffer): void
  /** Ends in order (FIN). */
  end(): void
  /** Ends as a crashed peer does (RST). */
  reset(): void
  /** Once, after a while; never after the line has gone. */
  later(ms: number, act: () => void): void
  /** A whole answer, then the end. */
  answer(answer: RawAnswer): void
}

export interface RawAnswer {
  status: number
  /** Default `application/json`; an empty one sends none. */
  type?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

export function toLine(socket: Socket): Line {
  const timers = new Set<NodeJS.Timeout>()
  socket.once('close', () => timers.forEach(clearTimeout))
  socket.on('error', () => undefined)
  const send = (bytes: string | Buffer) => {
    if (socket.writable) socket.write(bytes)
  }
  return {
    send,
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    later: (ms, act) => {
      if (!socket.destroyed) timers.add(setTimeout(act, ms))
    },
    answer: (answer) => {
      send(toBytes(answer))
      socket.end()
    },
  }
}

/** An HTTP/1.1 answer with the right length, and the connection closed after it. */
export function toBytes({ status, type = 'application/json', headers = {}, body = '' }: RawAnswer): Buffer {
  const bytes = Buffer.from(body as string)
  return Buffer.concat([
    Buffer.from(
      toHead(status, { ...(type && { 'content-type': type }), 'content-length': `${bytes.length}`, ...headers }),
    ),
    bytes,
  ])
}

export function toHead(status: number, headers: Record<string, string>): string {
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n`
}
