// Looking into COPY text without turning it into values: which row is last, and where the last tie of a cursor begins.
import { parseCopyField } from '../../load/copy-text.js'

const lineFeed = 10
const tab = 9

/** Where the line that ends before `end` begins. */
function lineStart(text: Buffer, end: number): number {
  return end < 2 ? 0 : text.lastIndexOf(lineFeed, end - 2) + 1
}

function firstFieldEnd(text: Buffer, start: number, end: number): number {
  const at = text.indexOf(tab, start)
  return at === -1 || at >= end ? end - 1 : at
}

/** The first fields of the last line. */
export function lastFields(text: Buffer, count: number): (string | null)[] {
  const line = text.toString('utf8', lineStart(text, text.length), text.length - 1)
  return line.split('\t', count).map(parseCopyField)
}

/** Rows that share the value of their first field, up to a place in the text. */
export interface Tie {
  /** Where its first row begins. */
  start: number
  count: number
  /** The value they share, as COPY wrote it. */
  field: Buffer
}

/** The tie that ends at `end`, which must be past a line. */
export function lastTie(text: Buffer, end: number): Tie {
  let start = lineStart(text, end)
  const field = text.subarray(start, firstFieldEnd(text, start, end))
  let count = 1
  while (start > 0) {
    const before = lineStart(text, start)
    if (!field.equals(text.subarray(before, firstFieldEnd(text, before, start)))) break
    start = before
    count += 1
  }
  return { start, count, field }
}

/** How many lines are in whole lines of text. */
export function countLines(text: Buffer): number {
  let count = 0
  for (let at = text.indexOf(lineFeed); at !== -1; at = text.indexOf(lineFeed, at + 1)) count += 1
  return count
}
