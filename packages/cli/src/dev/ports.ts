import { createServer } from 'node:net'
import { UsageError } from '../usage-error.js'

const isFree = (port: number): Promise<boolean> =>
  new Promise((settle) => {
    const probe = createServer()
    probe.once('error', () => settle(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => settle(true)))
  })

/**
 * Makes sure every port is free before anything is started, so that nothing is left half up.
 *
 * @throws UsageError naming the first port that is taken and the way out.
 */
export async function requireFreePorts(ports: Readonly<Record<string, number>>): Promise<void> {
  for (const [use, port] of Object.entries(ports)) {
    if (await isFree(port)) continue
    throw new UsageError(
      `port ${port} (${use}) is taken. Stop what uses it, or choose another first port: PORT=5400 npm start`,
    )
  }
}
