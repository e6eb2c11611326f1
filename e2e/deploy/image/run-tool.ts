// A program run to its end, with all it said.
import { spawn } from 'node:child_process'

export interface ToolOptions {
  env?: Record<string, string | undefined>
  cwd?: string
  /** What it reads. */
  input?: string
}

export interface ToolRun {
  code: number | null
  stdout: string
  /** Both its outputs, in the order they came. */
  said: string
}

/** As it ends, also badly. */
export function runToEnd(file: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolRun> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...options.env } as NodeJS.ProcessEnv
    const child = spawn(file, args, { env, cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] })
    let [stdout, said] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => ((stdout += text), (said += text)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.stdin.on('error', () => {}).end(options.input)
    child.on('error', (error) => resolve({ code: null, stdout, said: error.message }))
    child.on('close', (code) => resolve({ code, stdout, said }))
  })
}

/** @throws with what it said last */
export async function runTool(file: string, args: readonly string[], options?: ToolOptions): Promise<ToolRun> {
  const run = await runToEnd(file, args, options)
  if (run.code !== 0) throw new Error(`${file} ${args[0]} ended with ${run.code}:\n${run.said.slice(-4000)}`)
  return run
}

/** Whether it is there and answers. */
export const answers = async (file: string, args: readonly string[], options?: ToolOptions) =>
  (await runToEnd(file, args, options)).code === 0
