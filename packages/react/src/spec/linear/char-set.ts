// Which characters a place of a pattern takes, by code point.

/** Whether a character is in the set. */
export type CharSet = (code: number) => boolean

/** A set of ranges, as pairs: `charSet(48, 57)` holds the digits. */
export function charSet(...ranges: number[]): CharSet {
  return (code) => {
    for (let at = 0; at < ranges.length; at += 2) {
      if (code >= (ranges[at] as number) && code <= (ranges[at + 1] as number)) return true
    }
    return false
  }
}

export const anyOf =
  (sets: readonly CharSet[]): CharSet =>
  (code) =>
    sets.some((has) => has(code))

export const noneOf =
  (has: CharSet): CharSet =>
  (code) =>
    !has(code)

const digits = charSet(48, 57)
export const wordChars = charSet(48, 57, 65, 90, 95, 95, 97, 122)
const spaces = charSet(
  ...[9, 13, 32, 32, 160, 160, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f],
  ...[0x3000, 0x3000, 0xfeff, 0xfeff],
)
const lineEnds = charSet(10, 10, 13, 13, 0x2028, 0x2029)

/** What `.` takes. */
export const anyChar = noneOf(lineEnds)

/** The sets with a letter of their own: `\d`. */
export const namedSets: Record<string, CharSet> = {
  d: digits,
  D: noneOf(digits),
  w: wordChars,
  W: noneOf(wordChars),
  s: spaces,
  S: noneOf(spaces),
}

/**
 * `\p{L}`, asked of the platform one character at a time: its tables are too big to carry.
 *
 * @throws Where the platform knows no such property.
 */
export function propertySet(name: string): CharSet {
  const rule = new RegExp(`^\\p{${name}}$`, 'u')
  return (code) => rule.test(String.fromCodePoint(code))
}

/** The same set, with ASCII looked up in a table. */
export function tabled(has: CharSet): CharSet {
  const table = Uint8Array.from({ length: 128 }, (_, code) => Number(has(code)))
  return (code) => (code < 128 ? table[code] === 1 : has(code))
}
