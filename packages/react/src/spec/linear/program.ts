// A pattern's tree → states to walk through (Thompson's construction), so that no text can make it try a way twice.
import type { CharSet } from './char-set.js'
import type { Edge, PatternNode } from './pattern-node.js'

/** Most states of one pattern. `[a-z]{1,255}` has 510; a count beyond that is left to the server. */
export const stateLimit = 1200

/** A condition on what stands before or after a place: a program of its own, walked once for all places. */
export interface Look {
  index: number
  negated: boolean
}
/** Leads on to `next` and `other`, by one character of `set` or at once. With nowhere to go, the pattern was found. */
export interface State {
  id: number
  next: State | undefined
  other: State | undefined
  /** Which of the program's sets the character must be in; -1 where none is needed. */
  set: number
  condition: Edge | Look | undefined
}
export interface Program {
  start: State
  size: number
  sets: CharSet[]
  /** Walked from the text's end to its start: so a look-ahead knows every place where it would begin. */
  backward: boolean
}
/** All that one pattern needs: programs of its look-arounds, inner ones first, then its own. */
export interface Programs {
  looks: Program[]
  main: Program
}

/** @throws Where the pattern would have more states than `stateLimit`. */
export function toPrograms(tree: PatternNode): Programs {
  const looks: Program[] = []
  let steps = 0

  const compile = (root: PatternNode, backward: boolean): Program => {
    const sets: CharSet[] = []
    let size = 0
    const made = (next?: State, other?: State, set = -1, condition?: Edge | Look): State => ({
      id: size++,
      next,
      other,
      set,
      condition,
    })
    const toSet = (has: CharSet): number => (sets.includes(has) ? sets.indexOf(has) : sets.push(has) - 1)

    const build = (node: PatternNode, next: State): State => {
      if (++steps > stateLimit) throw new RangeError('A pattern of too many states')
      switch (node.kind) {
        case 'char':
          return made(next, undefined, toSet(node.has))
        case 'edge':
          return made(next, undefined, -1, node.edge)
        case 'sequence':
          return backward
            ? node.nodes.reduce((state, inner) => build(inner, state), next)
            : node.nodes.reduceRight((state, inner) => build(inner, state), next)
        case 'either':
          return node.nodes.map((inner) => build(inner, next)).reduce((one, other) => made(one, other))
        case 'look': {
          const index = looks.push(compile(node.node, !node.behind)) - 1
          return made(next, undefined, -1, { index, negated: node.negated })
        }
        case 'repeat':
          return repeat(node.node, node.min, node.max, next)
      }
    }

    const repeat = (node: PatternNode, min: number, max: number, next: State): State => {
      let state = next
      if (max === Infinity) {
        state = made(next)
        state.other = build(node, state)
      } else for (let times = min; times < max; times++) state = made(build(node, state), next)
      for (let times = 0; times < min; times++) state = build(node, state)
      return state
    }

    const start = build(root, made())
    return { start, size, sets, backward }
  }

  const main = compile(tree, false)
  return { looks, main }
}
