import { serve, type ServerType } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { createAcmeCrm, type AcmeCrm } from './create-acme-crm.js'
import type { AcmeCrmOptions } from './options.js'

/** Where and what to serve. */
export interface ListenAcmeCrmOptions extends AcmeCrmOptions {
  /** 0 takes a free one. */
  port: number
  /** Address to listen on (default `127.0.0.1`). */
  host?: string
}

/** Acme CRM behind a port. */
export interface ListeningAcmeCrm {
  /** Base URL, by the name `localhost` where that is where it listens. */
  url: string
  port: number
  change: AcmeCrm['change']
  control: AcmeCrm['control']
  /** Stops listening; open connections are cut. */
  close(): Promise<void>
}

/**
 * Serves {@link createAcmeCrm} over HTTP.
 *
 * @throws Error when the port is taken.
 * @example
 * const crm = await listenAcmeCrm({ port: 4402 })
 * await fetch(`${crm.url}/.well-known/oauth-authorization-server`)
 * await crm.close()
 */
export async function listenAcmeCrm({
  port,
  host = '127.0.0.1',
  ...options
}: ListenAcmeCrmOptions): Promise<ListeningAcmeCrm> {
  const crm = createAcmeCrm(options)
  const server = await listening(crm, host, port).catch((error: unknown) => {
    crm.close()
    throw error
  })
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${actual}`,
    port: actual,
    change: crm.change,
    control: crm.control,
    close: () => {
      crm.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function listening(crm: AcmeCrm, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: crm.fetch, hostname, port }, () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken by another program, so Acme CRM cannot listen there.`
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error)
    })
  })
}
