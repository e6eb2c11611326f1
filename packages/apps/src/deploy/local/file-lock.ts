// One process at a time near an app. Who holds it is written in it, so that the lock of a process that died is no lock.
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { identify, isRunning, type ProcessId } from './processes.js'

/** Waits for its turn, works, and lets the next one in. */
export async function withFileLock<T>(file: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true })
  const mine = JSON.stringify({ ...(await identify(process.pid)), token: randomBytes(8).toString('hex') })
  while (!(await take(file, mine))) {
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  try {
    return await work()
  } finally {
    if ((await read(file)) === mine) await rm(file, { force: true })
  }
}

async function take(file: string, mine: string): Promise<boolean> {
  if (await create(file, mine)) return true
  const held = await read(file)
  if (held === undefined || (await isHeld(held))) return false
  // Moved aside rather than removed: of two that see it only one has it, and a fresh lock taken by mistake is put back.
  const aside = `${file}.${randomBytes(4).toString('hex')}.tmp`
  const isMoved = await rename(file, aside).then(
    () => true,
    () => false,
  )
  if (!isMoved) return false
  const moved = await read(aside)
  await rm(aside, { force: true })
  if (moved !== undefined && moved !== held) await create(file, moved)
  return false
}

async function isHeld(held: string): Promise<boolean> {
  try {
    return await isRunning(JSON.parse(held) as ProcessId)
  } catch {
    return false
  }
}

/** With all its content at once: nobody reads half a lock. */
async function create(file: string, content: string): Promise<boolean> {
  const whole = `${file}.${randomBytes(4).toString('hex')}.tmp`
  await writeFile(whole, content, { flag: 'wx' })
  try {
    await link(whole, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(whole, { force: true })
  }
}

const read = (file: string) => readFile(file, 'utf8').catch(() => undefined)
