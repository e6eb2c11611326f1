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

/** Takes the lock at `path`, pushing aside one whose owner is gone. Throws `in_use` when its owner lives. */
export async function takeLock(path: string): Promise<Lock> {
  const owner: LockOwner = { id: randomUUID(), pid: process.pid, birth: await birthOf(process.pid) }
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await created(path, owner)) return heldLock(path, owner)
    const found = await readOwner(path)
    if (found && (await isLiving(found))) throw inUse(path, found)
    await pushAside(path, found)
  }
  throw new LocalPostgresError('in_use', `Could not take the lock ${path}: others keep taking it. Try again.`)
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

async function created(path: string, owner: LockOwner): Promise<boolean> {
  return writeFile(path, JSON.stringify(owner), { flag: 'wx', mode: 0o600 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

// Its writer may be between creating and writing: an unreadable lock is looked at twice.
async function readOwner(path: string): Promise<LockOwner | undefined> {
  const read = async () => parseOwner(await readFile(path, 'utf8').catch(() => ''))
  return (await read()) ?? (await delay(200).then(read))
}

async function isLiving(owner: LockOwner): Promise<boolean> {
  if (owner.pid === process.pid) return heldHere.has(owner.id)
  if (!(await isRunning(owner.pid))) return false
  return owner.birth === undefined || owner.birth === (await birthOf(owner.pid))
}

// Two starts may both find the lock stale: what was moved is read again, and put back if it was the other's
// new one.
async function pushAside(path: string, stale: LockOwner | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  const owner = parseOwner(await readFile(aside, 'utf8'))
  if (owner && owner.id !== stale?.id) await link(aside, path).catch(() => undefined)
  await unlink(aside)
}

function heldLock(path: string, owner: LockOwner): Lock {
  heldHere.add(owner.id)
  return {
    notePort: (port) => writeFile(path, JSON.stringify({ ...owner, port }), { mode: 0o600 }),
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
