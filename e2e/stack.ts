// The whole product as `npm start` runs it: real processes, real ports, a folder of its own for its data.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { watchEngine } from '../.ci/openapi/watch-engine.js'
import { descendantsOf } from './processes.js'

const root = new URL('..', import.meta.url).pathname
const command = [join(root, 'packages/cli/dist/bin.js'), 'dev', join(root, 'examples/vite-react')]

export interface Stack {
  url: string
  /** The first of its ports. */
  port: number
  dataDir: string
  /** Everything any process of it has printed so far, over all starts. */
  output(): string
  keys(): Promise<{ hostKey: string; customerPassword: string; encryptionKey: string }>
  /** kill -9 of every process at once, databases too. */
  kill(): Promise<void>
  /** Starts again on the same data; gives the seconds until it was ready. */
  restart(): Promise<number>
  /** Stops it as Ctrl-C does and forgets its data. */
  stop(): Promise<void>
}

export interface StackOptions {
  port: number
  /** Whether tenants' apps are built and run. Default: none, for a build takes a minute. */
  apps?: 'none' | 'local'
}

/** Starts a stack on ports of its own. */
export async function startStack({ port, apps = 'none' }: StackOptions): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-e2e-'))
  const printed: string[] = []
  const env = { PORT: String(port), OPSAI_DATA_DIR: dataDir, OPSAI_APPS_TARGET: apps }
  let child = await launch(port, env, printed)

  return {
    url: `http://localhost:${port}`,
    port,
    dataDir,
    output: () => printed.join(''),
    keys: async () => JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8')),
    async kill() {
      const ended = exitOf(child)
      for (const pid of [child.pid!, ...(await descendantsOf(child.pid!))]) tryKill(pid, 'SIGKILL')
      await ended
    },
    async restart() {
      const began = Date.now()
      child = await launch(port, env, printed)
      return (Date.now() - began) / 1000
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = exitOf(child)
        child.kill('SIGINT')
        await ended
      }
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function launch(port: number, env: Record<string, string>, printed: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: {
      ...process.env,
      ...(await watchEngine()),
      ...env,
      OPSAI_OPEN: '0',
      OPSAI_HOST_KEY: '',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const before = printed.length
  return await new Promise((resolve, reject) => {
    const onData = (data: Buffer) => {
      printed.push(data.toString())
      if (printed.slice(before).join('').includes(`ready http://localhost:${port}`)) resolve(child)
    }
    child.stdout.on('data', onData)
    child.stderr.on('data', onData)
    child.once('exit', (code) => reject(new Error(`opsai dev ended with ${code}:\n${printed.slice(-40).join('')}`)))
  })
}

const exitOf = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve))

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
