// Where one local PostgreSQL keeps its things: its data directory, or, where the user that PostgreSQL runs
// as cannot get there, a place it can reach and a note of it.
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LocalPostgresError, useDatabaseUrl } from './local-postgres-error.js'
import { openPlace } from './open-place.js'
import { canReach } from './reach.js'
import type { RunUser } from './run-user.js'

/** Paths inside a data directory. */
export interface Home {
  lock: string
  password: string
  log: string
  /** Names the folder of the cluster when it had to be kept elsewhere. */
  elsewhere: string
  /** PostgreSQL's own files, unless they are elsewhere. */
  cluster: string
}

/** Makes the data directory if it is not there, for our eyes only. */
export async function openHome(dataDir: string): Promise<Home> {
  const directory = resolve(dataDir)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = (name: string) => join(directory, name)
  return {
    lock: path('lock.json'),
    password: path('password'),
    log: path('postgres.log'),
    elsewhere: path('cluster-is-in'),
    cluster: path('cluster'),
  }
}

/** Where the cluster is now, or would be by choice. */
export async function currentCluster(home: Home): Promise<string> {
  const noted = await readFile(home.elsewhere, 'utf8').catch(() => '')
  return noted.trim() || home.cluster
}

/**
 * Where the cluster is to be, such that `user` can reach it; logs a line when that is not the data
 * directory.
 */
export async function placeCluster(
  home: Home,
  user: RunUser | undefined,
  log: (line: string) => void,
): Promise<string> {
  const cluster = await currentCluster(home)
  const directory = join(home.cluster, '..')
  if (cluster === home.cluster && (!user || (await letThrough(directory, user)))) return cluster
  const elsewhere = cluster === home.cluster ? await noteElsewhere(home, user) : cluster
  log(`PostgreSQL's data is in ${elsewhere}: the user it runs as cannot reach ${directory}.`)
  return elsewhere
}

// Passing through is all that is granted: what is inside keeps its own mode.
async function letThrough(directory: string, user: RunUser): Promise<boolean> {
  if (await canReach(directory, user)) return true
  const { mode } = await stat(directory)
  await chmod(directory, (mode & 0o777) | 0o011)
  if (await canReach(directory, user)) return true
  await chmod(directory, mode & 0o777)
  return false
}

async function noteElsewhere(home: Home, user: RunUser | undefined): Promise<string> {
  const place = user && (await openPlace(user))
  if (!place) {
    throw new LocalPostgresError(
      'start_failed',
      'PostgreSQL cannot run as root, and no folder is within reach of another user. ' +
        `Choose a data directory that every user can enter. ${useDatabaseUrl}`,
    )
  }
  const elsewhere = join(place, `cluster-${randomUUID()}`)
  await writeFile(home.elsewhere, `${elsewhere}\n`, { mode: 0o600 })
  return elsewhere
}
