// Two places where dialling leads nowhere: a port nobody listens on, and one whose listener never accepts.
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'

export interface DeadEnds {
  closedPort: number
  fullBacklog: number
  close(): Promise<void>
}

export async function openDeadEnds(): Promise<DeadEnds> {
  const [closedPort, full] = await Promise.all([findClosedPort(), openFullBacklog()])
  return { closedPort, fullBacklog: full.port, close: full.close }
}

/** A port that was free a moment ago: dialling it is refused by the kernel. */
async function findClosedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Listens in a thread that then sleeps for good, so that nobody ever calls `accept`. */
const sleeper = `
  const { parentPort } = require('node:worker_threads')
  const server = require('node:net').createServer()
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20)
  })`

/** The kernel completes two connections for a backlog of one; once those are taken, further ones hang in the dialling. */
async function openFullBacklog(): Promise<{ port: number; close(): Promise<void> }> {
  const worker = new Worker(sleeper, { eval: true })
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await new Promise((resolve) => setTimeout(resolve, 60))
  const taken = await Promise.all([dial(port), dial(port)])
  return {
    port,
    close: async () => {
      taken.forEach((socket) => socket.destroy())
      await worker.terminate()
    },
  }
}

const dial = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
  })
