// One owner a data directory. The lock names its owner's process and when that process began, so a lock
// left by a killed process is known for what it is, even where process ids are reused (every container
// starts at 1).
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { LocalPostgresError } from './local-postgres-error.js'
import { birthOf, isRunning } from './processes.js'

/** Who holds a data directory. */
export interface LockOwner {
  /** Tells two starts within one process apart. */
  id: string
  pid: number
  /** When the process began, in the system's own notation; absent where it will not say. */
  birth?: string
  /** Absent until PostgreSQL listens. */
  port?: number
}

/** A held lock. */
export interface Lock {
  /** Writes the port down, so that a second start can name it. */
  notePort(port: number): Promise<void>
  release(): Promise<void>
}

const heldHere = new Set<string>()

/** Takes the lock at `path`, replacing one whose owner is gone. Throws `in_use` when its owner lives. */
export async function takeLock(path: string): Promise<Lock> {
  const owner: LockOwner = { id: randomUUID(), pid: process.pid, birth: await birthOf(process.pid) }
  heldHere.add(owner.id) // before it can be read: others of this process would think it an earlier one's
  try {
    if (await placed(path, owner)) return heldLock(path, owner)
    await replaceStale(path, owner)
    return heldLock(path, owner)
  } catch (error) {
    heldHere.delete(owner.id)
    throw error
  }
}

// Many may find one stale lock. Whoever holds the lock beside it looks again and replaces it; nobody else
// touches a lock that exists, so a lock taken meanwhile is never moved.
async function replaceStale(path: string, owner: LockOwner): Promise<void> {
  await refuseIfLiving(path)
  const takeover = await takeoverOf(path)
  try {
    await refuseIfLiving(path)
    await replace(path, owner)
  } finally {
    await takeover.release()
  }
}

async function refuseIfLiving(path: string): Promise<void> {
  const found = await readOwner(path)
  if (found && (await isLiving(found))) throw inUse(path, found)
}

async function takeoverOf(path: string): Promise<Lock> {
  for (const deadline = Date.now() + 10_000; ; await delay(20)) {
    try {
      return await takeLock(`${path}.takeover`)
    } catch (error) {
      if (!(error instanceof LocalPostgresError) || Date.now() > deadline) throw error
    }
  }
}

/** The text of a lock file as an owner; undefined for anything else. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockOwner> | null
    return value && typeof value.id === 'string' && typeof value.pid === 'number' ? (value as LockOwner) : undefined
  } catch {
    return undefined
  }
}

// A lock appears whole or not at all: written beside, then linked or renamed into place.
async function placed(path: string, owner: LockOwner): Promise<boolean> {
  const beside = await writtenBeside(path, owner)
  try {
    await link(beside, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await unlink(beside)
  }
}

async function replace(path: string, owner: LockOwner): Promise<void> {
  await rename(await writtenBeside(path, owner), path)
}

async function writtenBeside(path: string, owner: LockOwner): Promise<string> {
  const beside = `${path}.${randomUUID()}`
  await writeFile(beside, JSON.stringify(owner), { mode: 0o600 })
  return beside
}

async function readOwner(path: string): Promise<LockOwner | undefined> {
  return parseOwner(await readFile(path, 'utf8').catch(() => ''))
}

async function isLiving(owner: LockOwner): Promise<boolean> {
  if (owner.pid === process.pid) return heldHere.has(owner.id)
  if (!(await isRunning(owner.pid))) return false
  return owner.birth === undefined || owner.birth === (await birthOf(owner.pid))
}

function heldLock(path: string, owner: LockOwner): Lock {
  return {
    notePort: (port) => replace(path, { ...owner, port }),
    async release() {
      heldHere.delete(owner.id)
      await unlink(path).catch(() => undefined)
    },
  }
}

function inUse(path: string, owner: LockOwner): LocalPostgresError {
  const port = owner.port === undefined ? 'still starting' : `on port ${owner.port}`
  return new LocalPostgresError(
    'in_use',
    `This data directory's PostgreSQL is already running, ${port}, held by process ${owner.pid} ` +
      `(lock ${path}). Stop that process, or use another data directory.`,
  )
}
