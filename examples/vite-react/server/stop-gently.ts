import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerType } from '@hono/node-server'

/** Platforms kill after 10 seconds: by then we are gone by ourselves. */
const LATEST_MS = 9_000
/** For the last bytes of answers that were being written. */
const LAST_BYTES_MS = 1_000

/**
 * Ends the process as a platform asks for it (SIGTERM, or Ctrl-C), with 0 and within 10 seconds. What is being answered is
 * answered; who comes meanwhile hears 503 and when to come back, for the port closes last.
 *
 * @param close what waits for the work that has begun
 */
export function stopGently(server: ServerType, close: () => Promise<void>): void {
  const stop = async () => {
    setTimeout(() => process.exit(0), LATEST_MS).unref()
    await close()
    let isClosed = false
    server.close(() => (isClosed = true))
    const until = Date.now() + LAST_BYTES_MS
    while (!isClosed && Date.now() < until) {
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await sleep(20)
    }
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}
