// A pattern's text → its tree. What the `u` flag refuses but every browser reads without it is read here, too
// (needless escapes, lone braces), as specs have it. What can't be matched in linear time is refused.
import { anyChar, anyOf, charSet, type CharSet, namedSets, noneOf, propertySet, tabled } from './char-set.js'
import type { Edge, PatternNode } from './pattern-node.js'

const shapes = {
  group: /\((?:\?(?::|(<?)([=!])|<[A-Za-z_$][\w$]*>))?/y,
  quantifier: /(?:([*+?])|\{(\d+)(,(\d*))?\})\??/y,
  property: /([pP])\{([\w=]+)\}/y,
  pair: /u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/iy,
  code: /x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\}/iy,
  control: /c([a-z])/iy,
}
const namedChars: Record<string, number> = { n: 10, r: 13, t: 9, v: 11, f: 12, 0: 0 }

/** @throws Where the text is no pattern, or one that refers back to what it matched before. */
export function parsePattern(source: string): PatternNode {
  let at = 0
  const take = (shape: RegExp): RegExpExecArray | null => {
    shape.lastIndex = at
    const found = shape.exec(source)
    at += found?.[0].length ?? 0
    return found
  }
  const takeText = (text: string): boolean => {
    const isThere = source.startsWith(text, at)
    if (isThere) at += text.length
    return isThere
  }
  const refuse = (): never => {
    throw new SyntaxError(`No pattern that can be matched here: ${source}`)
  }
  const takeChar = (): number => {
    const code = source.codePointAt(at) ?? refuse()
    at += code > 0xffff ? 2 : 1
    return code
  }

  /** After the backslash. */
  const takeEscape = (): number | CharSet => {
    const property = take(shapes.property)
    if (property !== null) {
      const has = propertySet(property[2] as string)
      return property[1] === 'p' ? has : noneOf(has)
    }
    const pair = take(shapes.pair)
    if (pair !== null) return String.fromCharCode(parseInt(pair[1] as string, 16), parseInt(pair[2] as string, 16)).codePointAt(0) as number // prettier-ignore
    const code = take(shapes.code)
    if (code !== null) return parseInt((code[1] ?? code[2] ?? code[3]) as string, 16)
    const control = take(shapes.control)
    if (control !== null) return (control[1] as string).charCodeAt(0) % 32
    const letter = String.fromCodePoint(takeChar())
    const named = namedSets[letter] ?? namedChars[letter]
    return named ?? (/[\dA-Za-z]/.test(letter) ? refuse() : (letter.codePointAt(0) as number))
  }

  const takeMember = (): number | CharSet => {
    if (!takeText('\\')) return takeChar()
    return takeText('b') ? 8 : takeEscape()
  }

  /** After the opening bracket. */
  const takeClass = (): CharSet => {
    const isNegated = takeText('^')
    const sets: CharSet[] = []
    while (!takeText(']')) {
      const first = takeMember()
      const isRange = source[at] === '-' && source[at + 1] !== ']'
      if (typeof first !== 'number' || !isRange) {
        sets.push(typeof first === 'number' ? charSet(first, first) : first)
        continue
      }
      at++
      const last = takeMember()
      if (typeof last !== 'number') sets.push(charSet(first, first, 45, 45), last)
      else if (last < first) refuse()
      else sets.push(charSet(first, last))
    }
    return isNegated ? noneOf(anyOf(sets)) : anyOf(sets)
  }

  const takeGroup = (group: RegExpExecArray): PatternNode => {
    const node = takeEither()
    if (!takeText(')')) refuse()
    return group[2] === undefined ? node : { kind: 'look', node, behind: group[1] === '<', negated: group[2] === '!' }
  }

  const takeEdge = (): Edge | undefined => {
    if (takeText('^')) return '^'
    if (takeText('$')) return '$'
    if (takeText('\\b')) return 'b'
    return takeText('\\B') ? 'B' : undefined
  }

  const takeAtom = (): PatternNode => {
    const group = take(shapes.group)
    if (group !== null) return source[at] === '?' ? refuse() : takeGroup(group)
    if (take(shapes.quantifier) !== null) return refuse()
    if (takeText('.')) return { kind: 'char', has: tabled(anyChar) }
    if (takeText('[')) return { kind: 'char', has: tabled(takeClass()) }
    const one = takeText('\\') ? takeEscape() : takeChar()
    return { kind: 'char', has: typeof one === 'number' ? (code) => code === one : tabled(one) }
  }

  const takeTerm = (): PatternNode => {
    const edge = takeEdge()
    if (edge !== undefined) return { kind: 'edge', edge }
    const node = takeAtom()
    const found = take(shapes.quantifier)
    if (found === null) return node
    const [, sign, least, comma, most] = found
    const min = sign === undefined ? Number(least) : Number(sign === '+')
    const max =
      sign === undefined ? Number(comma === undefined ? least : most || Infinity) : sign === '?' ? 1 : Infinity
    return max < min ? refuse() : { kind: 'repeat', node, min, max }
  }

  const takeSequence = (): PatternNode => {
    const nodes: PatternNode[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') nodes.push(takeTerm())
    return { kind: 'sequence', nodes }
  }

  const takeEither = (): PatternNode => {
    const nodes = [takeSequence()]
    while (takeText('|')) nodes.push(takeSequence())
    return { kind: 'either', nodes }
  }

  const tree = takeEither()
  return at < source.length ? refuse() : tree
}
