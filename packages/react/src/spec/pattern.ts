// Patterns come from specs: none may stop the form, and none may freeze it, whatever is typed. The browser's own engine
// tries ways again and again ("(a+)+$" with 30 letters takes it minutes), so patterns are matched by ours.
import { parsePattern } from './linear/parse-pattern.js'
import { type Programs, toPrograms } from './linear/program.js'
import { isFound } from './linear/walk.js'

/** Longest pattern, and longest text tried against one, in characters. Beyond it the server decides. */
export const patternLimit = 4096

/** A rule for text. It takes every text longer than `patternLimit`: those are the server's to judge. */
export interface Pattern {
  test: (text: string) => boolean
}

// Patterns of specs are few, and each is asked for at every key that is pressed.
const known = new Map<string, Pattern | undefined>()
const knownLimit = 500

/**
 * A rule out of a spec's pattern: JavaScript's regular expressions with the `u` flag, found anywhere in the text, in time
 * that grows with the text's length and no faster.
 *
 * @returns undefined where none can be made: it is broken, refers back to a group (`\1`), is longer than `patternLimit`,
 * or counts so far that it would have more than 1,200 states.
 * @example
 * toPattern('^[0-9]{4}$')?.test('2024') // true
 */
export function toPattern(pattern: string): Pattern | undefined {
  if (pattern.length > patternLimit) return undefined
  if (!known.has(pattern)) {
    if (known.size >= knownLimit) known.clear()
    known.set(pattern, make(pattern))
  }
  return known.get(pattern)
}

function make(pattern: string): Pattern | undefined {
  const programs = toProgramsOrNothing(pattern)
  if (programs === undefined) return undefined
  return { test: (text) => text.length > patternLimit || isFound(programs, text) }
}

function toProgramsOrNothing(pattern: string): Programs | undefined {
  try {
    return toPrograms(parsePattern(pattern))
  } catch {
    return undefined
  }
}
