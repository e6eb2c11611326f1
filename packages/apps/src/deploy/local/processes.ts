// A pid alone says nothing: it is given again to somebody else. With the time its process began it names one process.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

export interface ProcessId {
  pid: number
  /** When it began, in whatever way the system says so: only ever compared. */
  startedAt: string
}

/** Names the process that has this pid now; `undefined` where none has. */
export async function identify(pid: number): Promise<ProcessId | undefined> {
  const startedAt = process.platform === 'linux' ? await readProc(pid) : await askPs(pid)
  return startedAt ? { pid, startedAt } : undefined
}

/** Whether it is this very process that runs, and not another one that has been given its number. */
export async function isRunning({ pid, startedAt }: ProcessId): Promise<boolean> {
  return (await identify(pid))?.startedAt === startedAt
}

/** Asks a process of ours and all it has started to end, then makes it. Leaves everybody else's alone. */
export async function stopProcess(id: ProcessId, patienceMs = 6_000): Promise<void> {
  if (!(await isRunning(id))) return
  signalGroup(id.pid, 'SIGTERM')
  const deadline = Date.now() + patienceMs
  while (await isRunning(id)) {
    if (Date.now() > deadline) signalGroup(id.pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  signalGroup(id.pid, 'SIGKILL')
}

/** Every child here leads a group of its own, so that what it starts ends with it. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function readProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // proc(5): the name in brackets may hold anything, after it come the state (3), threads (20) and starttime (22). A process
  // whose first thread has ended holds its ports until the last one has.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'X' || (fields[0] === 'Z' && Number(fields[17]) <= 1)) return undefined
  return `${(await bootId()).trim()} ${fields[19]}`
}

/** Start times are counted from here. */
const bootId = () => readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')

const askPs = (pid: number): Promise<string | undefined> =>
  promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || undefined,
    () => undefined,
  )
