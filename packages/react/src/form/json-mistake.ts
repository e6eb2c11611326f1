// Where a text stops being JSON. Browsers say it in words of their own, and some not at all.

const space = /[ \t\n\r]*/y
const scalar =
  /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null/iy

export interface JsonMistake {
  /** From 1. */
  line: number
  /** From 1, in characters. */
  column: number
}

/** The first place at which a text is no JSON; undefined where all of it is. */
export function toJsonMistake(text: string): JsonMistake | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    const before = text.slice(0, toMistakeAt(text)).split('\n')
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
  }
}

/** Reads values as long as they are right: a loop with a stack, so that no nesting is too deep for it. */
function toMistakeAt(text: string): number {
  const open: string[] = []
  let at = 0
  let wants: 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'next' = 'value'
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] ?? ''
  }
  while (at < text.length) {
    at += read(space).length
    const sign = text[at] ?? ''
    const token = read(scalar)
    const isEnd = sign !== '' && sign === (open.at(-1) === '{' ? '}' : open.at(-1) === '[' ? ']' : undefined)
    if (isEnd && (wants === 'next' || wants === 'valueOrEnd' || wants === 'keyOrEnd')) {
      open.pop()
      at += 1
      wants = 'next'
    } else if (wants === 'next') {
      if (sign !== ',' || open.length === 0) return at
      at += 1
      wants = open.at(-1) === '{' ? 'key' : 'value'
    } else if (wants === 'key' || wants === 'keyOrEnd') {
      if (!token.startsWith('"')) return at
      at += token.length
      at += read(space).length
      if (text[at] !== ':') return at
      at += 1
      wants = 'value'
    } else if (sign === '{' || sign === '[') {
      open.push(sign)
      at += 1
      wants = sign === '{' ? 'keyOrEnd' : 'valueOrEnd'
    } else if (token !== '') {
      at += token.length
      wants = 'next'
    } else return at
  }
  return text.length
}
