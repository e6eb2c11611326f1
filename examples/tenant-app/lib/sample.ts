// Which rows of a big table its charts are made from.

/** Blocks a sample is taken from. */
const MOST_BLOCKS = 1_000

/**
 * Places of rows all through a table: one out of each stretch of it, picked at random, always the same. What came at one
 * time mostly lies together, so blocks picked at random would make hills of it; places at even distances would fall in
 * step with rows that repeat. Some places are empty.
 * @param size about how many rows are wanted
 */
export function toSample({ rows, blocks }: { rows: number; blocks: number }, size: number): string[] {
  const random = createRandom()
  const inBlock = Math.max(1, rows / Math.max(1, blocks))
  const most = Math.max(1, Math.min(blocks, MOST_BLOCKS))
  const lines = Math.max(1, Math.min(Math.ceil(size / most), Math.floor(inBlock)))
  const chosen = Math.min(most, Math.ceil(size / lines))
  const pick = (count: number, below: number) =>
    Array.from({ length: count }, (_, index) => Math.floor(((index + random()) * below) / count))
  const places = pick(chosen, blocks).flatMap((block) => pick(lines, inBlock).map((line) => `(${block},${line + 1})`))
  return [...new Set(places)]
}

/** Numbers from 0 to 1, the same every time (mulberry32). */
function createRandom(): () => number {
  let state = 1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
