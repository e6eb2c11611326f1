// What the operating system knows about a process id, so that a reused id is not taken for the process we
// knew.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Is a process running under this id? One of another user counts; a dead one that nobody has reaped does
 * not.
 */
export async function isRunning(pid: number): Promise<boolean> {
  if (!isKnown(pid)) return false
  if (process.platform !== 'linux') return true
  const stat = await procStat(pid)
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X'
}

/**
 * Something that differs between two processes that had the same id; undefined where the system will not
 * say.
 */
export async function birthOf(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? (await procStat(pid))?.startTime : ps(pid, 'lstart=')
}

/** The command line of a process, arguments separated by spaces; undefined where the system will not say. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return ps(pid, 'command=')
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return text?.replaceAll('\0', ' ').trim()
}

/** `/proc/<pid>/stat` (proc(5)): its second field is a name that may itself hold spaces and brackets. */
export function parseProcStat(text: string): { state: string; startTime: string } | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, startTime] = [fields[0], fields[19]]
  return state && startTime ? { state, startTime } : undefined
}

function isKnown(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function procStat(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return parseProcStat(text)
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const answer = await run('ps', ['-o', column, '-p', String(pid)]).catch(() => undefined)
  return answer?.stdout.trim() || undefined
}
