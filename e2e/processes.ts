import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Every process below one, by id. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid='])
  const childrenOf = new Map<number, number[]>()
  for (const line of stdout.trim().split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number)
    childrenOf.set(parent!, [...(childrenOf.get(parent!) ?? []), child!])
  }
  const below = (one: number): number[] => (childrenOf.get(one) ?? []).flatMap((child) => [child, ...below(child)])
  return below(pid)
}
