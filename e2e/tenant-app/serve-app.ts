// A built app as its own `npm start` runs it.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface ServedApp {
  url: string
  /** What it has printed. */
  output(): string
  stop(): Promise<void>
}

export async function serveApp(folder: string, env: Record<string, string> = {}): Promise<ServedApp> {
  const port = await freePort()
  const next = join(folder, 'node_modules/next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: string[] = []
  child.stdout.on('data', (data: Buffer) => printed.push(data.toString()))
  child.stderr.on('data', (data: Buffer) => printed.push(data.toString()))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `http://localhost:${port}`
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  const deadline = Date.now() + 60_000
  for (;;) {
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer) return { url, output: () => printed.join(''), stop }
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the app did not start: ${printed.join('')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
