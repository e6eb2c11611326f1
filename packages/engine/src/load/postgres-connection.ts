// Opens connections to other people's Postgres, ended at once by an AbortSignal.
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isIP, Socket } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import { Client } from 'pg'
import { ConnectorError } from '../connector/connector-error.js'
import { isPublicAddress } from './public-address.js'

/** How a connection is encrypted; the words of libpq's `sslmode`. */
export type SslMode =
  | { mode: 'disable' }
  | { mode: 'prefer' }
  | { mode: 'require' }
  | { mode: 'verify-ca'; caCertificate: string }
  | { mode: 'verify-full'; caCertificate?: string }

export interface PostgresAddress {
  host: string
  port: number
  database: string
  username: string
  password: string
  ssl: SslMode
}

export interface ConnectOptions {
  /** Ends the connection, whatever it is doing. */
  signal?: AbortSignal
  /** What the server's own lists of connections show. */
  applicationName: string
  /** @default 10000 */
  connectTimeoutMs?: number
  /** Whether addresses of private networks may be connected to. @default allowed */
  privateAddresses?: PrivateAddresses
}

/** `refused` where strangers choose the host and the engine's own network must stay closed to them. */
export type PrivateAddresses = 'allowed' | 'refused'

/** A client that is connected; `close` never throws. */
export interface OpenConnection {
  client: Client
  close(): Promise<void>
  /** Hangs up at once, in the middle of whatever runs. */
  abort(): Promise<void>
}

/**
 * Connects.
 * @throws what `pg` throws; `explainPostgresFailure` puts it into words
 * @example
 * const { client, close } = await connectPostgres(address, { applicationName: 'opsai check' })
 * await client.query('SELECT 1')
 * await close()
 */
export async function connectPostgres(address: PostgresAddress, options: ConnectOptions): Promise<OpenConnection> {
  if (address.ssl.mode !== 'prefer') return open(address, toTls(address.ssl), options)
  try {
    return await open(address, { rejectUnauthorized: false }, options)
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('does not support SSL')) throw error
    return open(address, undefined, options)
  }
}

function toTls(ssl: SslMode): ConnectionOptions | undefined {
  switch (ssl.mode) {
    case 'disable':
      return undefined
    case 'prefer':
    case 'require':
      return { rejectUnauthorized: false }
    case 'verify-ca':
      return { ca: ssl.caCertificate, checkServerIdentity: () => undefined }
    case 'verify-full':
      return ssl.caCertificate === undefined ? {} : { ca: ssl.caCertificate }
  }
}

async function open(
  address: PostgresAddress,
  tls: ConnectionOptions | undefined,
  { signal, applicationName, connectTimeoutMs = 10_000, privateAddresses = 'allowed' }: ConnectOptions,
): Promise<OpenConnection> {
  signal?.throwIfAborted()
  const socket = privateAddresses === 'refused' ? new PublicSocket() : new Socket()
  const client = new Client({
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.username,
    password: address.password,
    ssl: tls ?? false,
    stream: () => socket,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  })
  // Without a listener a lost connection would end the process; whoever is using it gets the error anyway.
  client.on('error', () => {})
  const hangUp = () => socket.destroy(new Error('Connection terminated'))
  signal?.addEventListener('abort', hangUp, { once: true })
  const abort = async () => {
    signal?.removeEventListener('abort', hangUp)
    hangUp()
  }
  const close = async () => {
    signal?.removeEventListener('abort', hangUp)
    if (!signal?.aborted) await Promise.race([client.end().catch(() => {}), after(2_000)])
    socket.destroy()
  }
  try {
    await client.connect()
    return { client, close, abort }
  } catch (error) {
    await close()
    signal?.throwIfAborted()
    throw error
  }
}

/** Looks at the very address it then connects to, so that a name cannot point elsewhere in between. */
class PublicSocket extends Socket {
  override connect(...where: unknown[]): this {
    const [port, host] = where
    if (typeof port !== 'number' || typeof host !== 'string' || (isIP(host) && !isPublicAddress(host))) {
      process.nextTick(() => this.destroy(refusal(String(host))))
      return this
    }
    return super.connect({ port, host, lookup: lookupPublic })
  }
}

const lookupPublic: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, '')
    if (!addresses.every(({ address }) => isPublicAddress(address))) return done(refusal(host), '')
    if (options.all) return done(null, addresses)
    done(null, addresses[0]?.address ?? '', addresses[0]?.family)
  })
}

function refusal(host: string): ConnectorError {
  return new ConnectorError(
    'config_error',
    `"${host}" is in a private network, which this server may not connect to.`,
    [['host']],
  )
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}
