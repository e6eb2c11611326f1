import { setTimeout as delay } from 'node:timers/promises'
import { Client, escapeLiteral } from 'pg'
import { findBinaries } from './binaries.js'
import { currentCluster, openHome, placeCluster, type Home } from './home.js'
import { initCluster, isInitialised } from './init-cluster.js'
import { LocalPostgresError } from './local-postgres-error.js'
import { takeLock, type Lock } from './lock.js'
import { generatePassword, keepPassword, readPassword } from './password.js'
import { claimPort, portTaken } from './ports.js'
import { spawnPostmaster, stopOrphan, stopPostmaster, type Cluster } from './postmaster.js'
import { findRunUser } from './run-user.js'
import { serverArguments, superuser, superuserUrl } from './server-arguments.js'
import { stopOnExit } from './stop-on-exit.js'

/** What {@link startPostgres} is told. */
export interface StartPostgresOptions {
  /**
   * Folder of this PostgreSQL: its data, password, lock and log. Made if missing; the data is kept between
   * starts.
   */
  dataDir: string
  /** TCP port on 127.0.0.1. Left out: a free one. */
  port?: number
  /** Survive power loss (default true). False trades that for speed: for tests. */
  durable?: boolean
  /** Superuser's password. Left out: the one kept from the last start, or a generated one. */
  password?: string
  /** Further settings as in postgresql.conf, such as `{ wal_level: 'logical' }`. */
  settings?: Record<string, string>
  /** Takes a line where something worth knowing happened (default: nowhere). */
  log?: (line: string) => void
}

/** A running PostgreSQL. */
export interface LocalPostgres {
  /** Connection string of the superuser. Holds the password: keep it out of logs. */
  url: string
  port: number
  /** Process id of the postmaster. */
  pid: number
  /** Shuts down, writing everything; a second call waits for the first. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL 18 from npm, on 127.0.0.1 and behind a password, and waits until it takes
 * connections. It does not keep the process alive, is stopped when the process exits, and when the process
 * is killed outright the next start on the same folder stops what was left running and recovers the data.
 * As root it runs as `nobody`.
 *
 * @throws LocalPostgresError with a `code`, when it is already running, its port is taken, or it cannot run here.
 * @example
 * const postgres = await startPostgres({ dataDir: '.data/postgres' })
 * const pool = new Pool({ connectionString: postgres.url })
 * await postgres.stop()
 */
export async function startPostgres(options: StartPostgresOptions): Promise<LocalPostgres> {
  const home = await openHome(options.dataDir)
  const lock = await takeLock(home.lock)
  try {
    return await startLocked(home, lock, options)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function startLocked(home: Home, lock: Lock, options: StartPostgresOptions): Promise<LocalPostgres> {
  const { durable = true, settings = {}, log = () => undefined } = options
  const user = await findRunUser(await currentCluster(home))
  const binaries = await findBinaries(user, log)
  const directory = await placeCluster(home, user, log)
  const cluster: Cluster = { binaries, directory, log: home.log, user }

  const orphan = await stopOrphan(cluster)
  if (orphan) log(`Stopped PostgreSQL (process ${orphan}), which had outlived the process that started it.`)
  const initialised = await isInitialised(directory)
  const password = (await readPassword(home.password)) ?? options.password ?? newPassword(initialised, home)
  if (!initialised) {
    await keepPassword(home.password, password)
    await initCluster({ initdb: binaries.initdb, cluster: directory, password, durable, user })
  }

  const { pid, port, exited } = await spawnOnPort(cluster, options.port, (port) =>
    serverArguments({ dataDirectory: directory, port, durable, settings }),
  )
  await lock.notePort(port)
  const forget = stopOnExit(pid)
  let stopping: Promise<void> | undefined
  void exited.then(
    () => stopping ?? log(`PostgreSQL (process ${pid}) stopped by itself; its last words are in ${home.log}.`),
  )
  const stop = () => (stopping ??= stopPostmaster(cluster, pid).then(forget).then(lock.release))
  return { url: await urlWith(options.password), port, pid, stop }

  async function urlWith(wanted: string | undefined): Promise<string> {
    if (wanted === undefined || wanted === password) return superuserUrl(password, port)
    await changePassword(superuserUrl(password, port), wanted)
    await keepPassword(home.password, wanted)
    return superuserUrl(wanted, port)
  }
}

function newPassword(initialised: boolean, home: Home): string {
  if (!initialised) return generatePassword()
  throw new LocalPostgresError(
    'start_failed',
    `The password of this PostgreSQL is not in ${home.password} any more. ` +
      'Put it back, or pass it as the password option.',
  )
}

type StartFailure = 'port taken' | 'backends ending' | 'other'

// Two failures pass: a free port was taken before we listened on it, and backends of a killed postmaster
// still end.
async function spawnOnPort(cluster: Cluster, wanted: number | undefined, toArguments: (port: number) => string[]) {
  for (let attempt = 1; ; attempt++) {
    const port = await claimPort(wanted)
    const spawned = await spawnPostmaster(cluster, toArguments(port))
    if (spawned.outcome === 'ready') return { ...spawned, port }
    const failure = toStartFailure(spawned.words)
    if (failure === 'port taken' && wanted !== undefined) throw portTaken(port)
    if (failure === 'other' || attempt === 20) {
      throw new LocalPostgresError('start_failed', `PostgreSQL did not start (${cluster.log}): ${spawned.words}`)
    }
    await delay(250)
  }
}

function toStartFailure(words: string): StartFailure {
  if (words.includes('Address already in use')) return 'port taken'
  if (words.includes('shared memory block') && words.includes('still in use')) return 'backends ending'
  return 'other'
}

async function changePassword(url: string, password: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`ALTER ROLE ${superuser} PASSWORD ${escapeLiteral(password)}`)
  } finally {
    await client.end()
  }
}
