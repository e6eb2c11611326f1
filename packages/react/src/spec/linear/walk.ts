// Walks all ways through a program at once, one character after the other: time is text × states, never more.
import { wordChars } from './char-set.js'
import type { Edge } from './pattern-node.js'
import type { Look, Program, Programs, State } from './program.js'

/** Whether the pattern stands anywhere in the text. */
export function isFound({ looks, main }: Programs, text: string): boolean {
  const codes = Array.from(text, (char) => char.codePointAt(0) as number)
  const known: Uint8Array[] = []
  for (const look of looks) known.push(walk(look, codes, known, false))
  return walk(main, codes, known, true).includes(1)
}

/** The states at one place of the text, each once. */
interface Front {
  states: State[]
  seen: Uint8Array
}

function enter({ states, seen }: Front, state: State | undefined): void {
  if (state === undefined || seen[state.id] === 1) return
  seen[state.id] = 1
  states.push(state)
}

/** 1 at every place where a way through the program ends; with `once`, only at the first. */
function walk(program: Program, codes: number[], known: Uint8Array[], once: boolean): Uint8Array {
  const { start, size, sets, backward } = program
  const found = new Uint8Array(codes.length + 1)
  let here: Front = { states: [], seen: new Uint8Array(size) }
  let ahead: Front = { states: [], seen: new Uint8Array(size) }
  for (let step = 0; step <= codes.length; step++) {
    const at = backward ? codes.length - step : step
    const code = codes[backward ? at - 1 : at]
    const isIn = sets.map((has) => code !== undefined && has(code))
    enter(here, start)
    const { states } = here
    // Grows while it is read: states that need no character lead on at the same place.
    for (let index = 0; index < states.length; index++) {
      const { next, other, set, condition } = states[index] as State
      if (set >= 0) {
        if (isIn[set]) enter(ahead, next)
      } else if (next === undefined) found[at] = 1
      else if (condition === undefined || holds(condition, codes, at, known)) {
        enter(here, next)
        enter(here, other)
      }
    }
    if (once && found[at] === 1) break
    states.length = 0
    here.seen.fill(0)
    ;[here, ahead] = [ahead, here]
  }
  return found
}

function holds(condition: Edge | Look, codes: number[], at: number, known: Uint8Array[]): boolean {
  if (typeof condition !== 'string') return (known[condition.index]?.[at] === 1) !== condition.negated
  if (condition === '^') return at === 0
  if (condition === '$') return at === codes.length
  const isWordEdge = wordChars(codes[at - 1] ?? -1) !== wordChars(codes[at] ?? -1)
  return isWordEdge === (condition === 'b')
}
