import { createServer } from 'node:net'
import { LocalPostgresError } from './local-postgres-error.js'

export const host = '127.0.0.1'

/** The wanted port if nothing listens there (`port_taken` otherwise), or any free one. */
export function claimPort(wanted?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' && wanted !== undefined ? portTaken(wanted) : error)
    })
    probe.listen({ host, port: wanted ?? 0 }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export function portTaken(port: number): LocalPostgresError {
  return new LocalPostgresError(
    'port_taken',
    `Port ${port} is taken by another program, so PostgreSQL cannot listen there. ` +
      'Stop it, or choose another port.',
  )
}
