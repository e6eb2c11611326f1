// Everything below walks JSON by recursion, so what comes in is neither deep nor endless.
import { Problem } from './problem.js'

const maxDepth = 64

/** Throws a 400 problem where a value is nested deeper than 64 levels or has more than `maxNodes` values in it. */
export function assertModest(value: unknown, what: string, maxNodes: number): void {
  let level: unknown[] = [value]
  let nodes = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) throw new Problem('bad-request', `${what} is nested deeper than ${maxDepth} levels.`)
    nodes += level.length
    if (nodes > maxNodes) throw new Problem('bad-request', `${what} has more than ${maxNodes} values in it.`)
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
}
