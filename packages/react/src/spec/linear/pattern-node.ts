import type { CharSet } from './char-set.js'

/** Places between two characters: the text's start and end, a word's edge and everywhere else. */
export type Edge = '^' | '$' | 'b' | 'B'

/** A pattern as a tree. Groups leave no trace in it: nobody asks what they held. */
export type PatternNode =
  | { kind: 'char'; has: CharSet }
  | { kind: 'sequence'; nodes: PatternNode[] }
  | { kind: 'either'; nodes: PatternNode[] }
  | { kind: 'repeat'; node: PatternNode; min: number; max: number }
  | { kind: 'edge'; edge: Edge }
  | { kind: 'look'; node: PatternNode; behind: boolean; negated: boolean }
