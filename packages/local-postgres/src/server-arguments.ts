// What initdb and postgres are told, as data.
import { host } from './ports.js'

/** The superuser of every local PostgreSQL. */
export const superuser = 'postgres'

export interface InitArguments {
  dataDirectory: string
  passwordFile: string
  durable: boolean
}

/**
 * PostgreSQL's own C.UTF-8 collation: all of Unicode, and the same order on every machine, whatever its
 * locales.
 */
export function initArguments({ dataDirectory, passwordFile, durable }: InitArguments): string[] {
  return [
    `--pgdata=${dataDirectory}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
}

export interface ServerArguments {
  dataDirectory: string
  port: number
  durable: boolean
  settings: Record<string, string>
}

const always = {
  listen_addresses: host,
  // TCP with a password is the only door.
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  // Parallel queries take POSIX shared memory, of which a container has 64 MB by default.
  max_parallel_workers_per_gather: '0',
  lc_messages: 'C',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

const throwaway = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

export function serverArguments({ dataDirectory, port, durable, settings }: ServerArguments): string[] {
  const all = { ...always, ...(durable ? {} : throwaway), ...settings, port: String(port) }
  return ['-D', dataDirectory, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** The connection string of the superuser. */
export function superuserUrl(password: string, port: number): string {
  return `postgresql://${superuser}:${encodeURIComponent(password)}@${host}:${port}/postgres`
}
