// One running PostgreSQL: spawned, waited for, stopped; and one that outlived its parent, found and stopped.
import { execFile, spawn } from 'node:child_process'
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.js'
import { LocalPostgresError } from './local-postgres-error.js'
import { parsePostmasterFile, withPid } from './postmaster-file.js'
import { commandLineOf, isRunning } from './processes.js'
import { runAs } from './run-as.js'
import type { RunUser } from './run-user.js'

export interface Cluster {
  binaries: Binaries
  directory: string
  /** File that takes PostgreSQL's own words. */
  log: string
  user: RunUser | undefined
}

/** Ready in time, or gone again with its last words. */
export type Spawned = { outcome: 'ready'; pid: number; exited: Promise<void> } | { outcome: 'exited'; words: string }

const startWithin = 120_000
const stopWithin = 20_000
const every = 20

/** Spawns PostgreSQL in a process group of its own, so that Ctrl-C reaches us and we decide when it stops. */
export async function spawnPostmaster(cluster: Cluster, args: string[]): Promise<Spawned> {
  if ((await stat(cluster.log).catch(() => undefined))?.size) await rename(cluster.log, `${cluster.log}.1`)
  const log = await open(cluster.log, 'w', 0o600)
  const child = spawn(cluster.binaries.postgres, args, {
    ...runAs(cluster.user, cluster.directory),
    detached: process.platform !== 'win32',
    stdio: ['ignore', log.fd, log.fd],
  })
  let ended: string | undefined
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => resolve(void (ended = error.message)))
    child.once('exit', (code, signal) => resolve(void (ended = `it ended with ${signal ?? code}`)))
  })
  await log.close()
  child.unref()
  for (let waited = 0; waited < startWithin && ended === undefined; waited += every) {
    const file = await readPostmasterFile(cluster.directory)
    if (file?.isReady && file.pid === child.pid) return { outcome: 'ready', pid: file.pid, exited }
    await delay(every)
  }
  if (ended === undefined) child.kill('SIGQUIT')
  const words = (await readFile(cluster.log, 'utf8')).trim().split('\n').slice(-8).join('\n')
  return {
    outcome: 'exited',
    words: words || ended || `it was not ready after ${startWithin / 1000} seconds`,
  }
}

/** Fast shutdown (connections are cut, data is written), then immediate shutdown for one that hangs. */
export async function stopPostmaster(cluster: Cluster, pid: number): Promise<void> {
  for (const mode of ['fast', 'immediate'] as const) {
    await askToStop(cluster, pid, mode)
    for (let waited = 0; waited < stopWithin; waited += every) {
      if (!(await isRunning(pid))) return
      await delay(every)
    }
  }
  throw new LocalPostgresError('start_failed', `PostgreSQL (process ${pid}) does not stop. Stop it by hand.`)
}

/**
 * Stops the PostgreSQL that a killed parent left running on this cluster; answers its process id if there
 * was one.
 */
export async function stopOrphan(cluster: Cluster): Promise<number | undefined> {
  const file = await readPostmasterFile(cluster.directory)
  if (!file) return undefined
  if (await isPostmasterOf(cluster.directory, file.pid)) {
    await stopPostmaster(cluster, file.pid)
    return file.pid
  }
  await disownPid(cluster.directory)
  return undefined
}

async function isPostmasterOf(directory: string, pid: number): Promise<boolean> {
  if (!(await isRunning(pid))) return false
  const commandLine = await commandLineOf(pid)
  return commandLine === undefined || commandLine.includes(directory)
}

// The id in the file may now belong to an unrelated process, or to a dead one that nobody reaps, and
// PostgreSQL would take either for a running postmaster. It ignores its own parent's id, and still checks
// the file's shared memory key, which deleting the file would lose.
async function disownPid(directory: string): Promise<void> {
  const path = postmasterPath(directory)
  await writeFile(path, withPid(await readFile(path, 'utf8'), process.pid))
}

async function readPostmasterFile(directory: string) {
  return parsePostmasterFile(await readFile(postmasterPath(directory), 'utf8').catch(() => ''))
}

const postmasterPath = (directory: string) => join(directory, 'postmaster.pid')

async function askToStop(cluster: Cluster, pid: number, mode: 'fast' | 'immediate'): Promise<void> {
  if (process.platform !== 'win32') return sendSignal(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  const args = ['stop', '-D', cluster.directory, '-m', mode, '-W']
  await promisify(execFile)(cluster.binaries.pgCtl, args).catch(() => undefined)
}

/** A process that has gone in the meantime is as stopped as it can be. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
