import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../usage-error.js'

/** A Node program run as a process of its own. */
export interface Child {
  /** Settles with the reason when it ends without being asked to. */
  failed: Promise<Error>
  stop(): Promise<void>
}

export interface ChildOptions {
  name: string
  script: string
  cwd: string
  env: Readonly<Record<string, string>>
  /** Answers 2xx once the child serves. */
  readyUrl: string
  log(line: string): void
}

/** The child leaves when we do, however we end: a kill -9 gives us no chance to tell it. */
const leaveWithParent = fileURLToPath(new URL('./leave-with-parent.js', import.meta.url))

/** Starts a child and waits until it answers. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const child = spawn(process.execPath, ['--import', leaveWithParent, options.script], {
    cwd: options.cwd,
    env: { ...inherited(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = forwardOutput(child, options)
  let stopping = false
  const failed = new Promise<Error>((settle) => {
    child.once('exit', (code, signal) => {
      if (!stopping) settle(new UsageError(`${options.name} ended (${signal ?? `exit ${code}`}): ${output()}`))
    })
  })
  await Promise.race([waitUntilReady(options), failed.then((error) => Promise.reject(error))])
  return {
    failed,
    async stop() {
      stopping = true
      await stopProcess(child)
    },
  }
}

/** What a child may know of our environment: how to run, and how to reach a package registry; none of our secrets. */
function inherited(): Record<string, string> {
  const toRun = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_EXTRA_CA_CERTS', 'SystemRoot', 'LOG_LEVEL']
  const toInstall = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'npm_config_registry', 'npm_config_cache']
  const names = [...toRun, ...toInstall]
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** Passes lines on with the child's name before them; returns how to read the last few. */
function forwardOutput(child: ChildProcess, options: ChildOptions): () => string {
  const last: string[] = []
  const onData = (data: Buffer) => {
    for (const line of data.toString().split('\n')) {
      if (!line.trim()) continue
      last.push(line)
      if (last.length > 5) last.shift()
      options.log(`[${options.name}] ${line}`)
    }
  }
  child.stdout?.on('data', onData)
  child.stderr?.on('data', onData)
  return () => last.join(' · ') || 'it said nothing'
}

async function waitUntilReady({ readyUrl, name }: ChildOptions): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const answer = await fetch(readyUrl).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new UsageError(`${name} did not answer at ${readyUrl} within a minute`)
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 6_000)
  await ended
  clearTimeout(timer)
}
