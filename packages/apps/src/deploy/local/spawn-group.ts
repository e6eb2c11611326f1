// A child that leads a process group, ends when we do, and whose last lines are kept.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { signalGroup } from './processes.js'

/**
 * Preloaded into the child itself, not into what it starts: the channel to us closes when we die, even by kill -9, and the
 * whole group goes.
 */
const leaveWithParent = (): string =>
  `data:text/javascript,${encodeURIComponent(
    `if(process.ppid===${process.pid}){process.on('disconnect',()=>process.kill(-process.pid,'SIGKILL'));process.channel?.unref()}`,
  )}`

export interface ChildCommand {
  /** What Node is to run, with its arguments; or `npm` and its arguments. */
  run: { node: readonly string[] } | { npm: readonly string[] }
  cwd: string
  env: Readonly<Record<string, string>>
  onLine?(line: string): void
}

export interface SpawnedChild {
  pid: number
  /** Settles when it has ended, and everything it had started with it. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Its last lines, of both streams. */
  output(): string
}

const KEPT_LINES = 200

/** @throws Error where it can't be started at all */
export async function spawnGroup(command: ChildCommand): Promise<SpawnedChild> {
  const child = start(command)
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  child.on('error', () => {})
  const pid = child.pid as number
  const lines: string[] = []
  const keep = (line: string) => {
    lines.push(line)
    if (lines.length > KEPT_LINES) lines.shift()
    command.onLine?.(line)
  }
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream as Readable }).on('line', keep)
  const ended = new Promise<Awaited<SpawnedChild['ended']>>((resolve) => {
    child.once('exit', () => signalGroup(pid, 'SIGKILL'))
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  return { pid, ended, output: () => lines.join('\n') }
}

function start({ run, cwd, env }: ChildCommand): ChildProcess {
  const options = { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] as const }
  if ('node' in run)
    return spawn(process.execPath, ['--import', leaveWithParent(), ...run.node], {
      ...options,
      env: env as NodeJS.ProcessEnv,
      stdio: [...options.stdio],
    })
  const withLeave = { ...env, NODE_OPTIONS: `--import=${leaveWithParent()}` } as unknown as NodeJS.ProcessEnv
  return spawn('npm', [...run.npm], { ...options, env: withLeave, stdio: [...options.stdio] })
}
