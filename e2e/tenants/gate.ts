// Stands between a proxy and one of its peers, byte for byte, and can end the proxy at any message about one tenant: before
// it is passed on, or after the peer has done its part and nobody hears of it.
import { createServer, connect, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export type Peer = 'database' | 'warehouse' | 'airbyte' | 'storage' | 'redis'

/** One message from the proxy that is about the tenant. */
export interface Flight {
  peer: Peer
  /** What it began with, to be read by people. */
  said: string
}

export interface Watch {
  /** What marks a message as this tenant's: its id, its slug, its ids at Airbyte. */
  marks: readonly string[]
  /** The message to end at, counted from 0; none: only listen. */
  at?: number
  when?: 'before' | 'after'
  end?(): void
  flights: Flight[]
}

export interface Gate {
  port: number
  close(): Promise<void>
}

/** What all gates look for just now. */
export interface Watcher {
  current: Watch | undefined
}

export async function openGate(peer: Peer, target: { host: string; port: number }, watcher: Watcher): Promise<Gate> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target.port, target.host)
    let endAtAnswer: (() => void) | undefined
    for (const socket of [near, far]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.once('close', () => {
        near.destroy()
        far.destroy()
        open.delete(socket)
      })
    }
    near.on('data', (chunk) => {
      const watch = watcher.current
      if (watch && isMarked(chunk, watch.marks)) {
        const nth = watch.flights.push({ peer, said: toSaid(chunk) }) - 1
        if (nth === watch.at && watch.end) {
          watcher.current = undefined
          if (watch.when === 'before') return watch.end()
          endAtAnswer = watch.end
        }
      }
      far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (endAtAnswer) return endAtAnswer()
      near.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const isMarked = (chunk: Buffer, marks: readonly string[]) => marks.some((mark) => chunk.includes(mark))

const toSaid = (chunk: Buffer) =>
  chunk
    .toString('latin1')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 60)
