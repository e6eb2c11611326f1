// A child that leads a process group, ends when we do, and whose last lines are kept.
import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { onCleanLine } from './clean-lines.js'
import { signalGroup } from './processes.js'

/**
 * Preloaded into the child itself, not into what it starts: the channel to us closes when we die, even by kill -9, and the
 * whole group goes. A thread looks too, for one that is busy without end hears of no channel.
 */
const leaveWithParent = (): string => {
  const leave = `process.kill(-process.pid,'SIGKILL')`
  const watch = `setInterval(()=>{if(process.ppid!==${process.pid})${leave}},500)`
  const code =
    `import{isMainThread,Worker}from'node:worker_threads';if(isMainThread&&process.ppid===${process.pid}){` +
    `process.on('disconnect',()=>${leave});process.channel?.unref();` +
    `new Worker(${JSON.stringify(watch)},{eval:true,env:{},execArgv:[]}).unref()}`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

export interface ChildCommand {
  /** What Node is to run, with its arguments; or `npm` and its arguments. */
  run: { node: readonly string[] } | { npm: readonly string[] }
  cwd: string
  env: Readonly<Record<string, string>>
  /** Takes what is secret out of a line. */
  clean(line: string): string
  /** Takes each line, clean. */
  onLine?(line: string): void
}

export interface SpawnedChild {
  pid: number
  /** Settles when it has ended, and everything of its group with it. What has left the group is not waited for. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Its last lines, of both streams, clean. */
  output(): string
}

const KEPT_LINES = 200
/** How long somebody who has left the group may still print. */
const LAST_WORDS_MS = 1_000

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
  const streams = [child.stdout, child.stderr] as Readable[]
  for (const stream of streams) onCleanLine(stream, command.clean, keep)
  const ended = new Promise<Awaited<SpawnedChild['ended']>>((resolve) => {
    child.once('exit', () => {
      signalGroup(pid, 'SIGKILL')
      setTimeout(() => streams.forEach((stream) => stream.destroy()), LAST_WORDS_MS).unref()
    })
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
