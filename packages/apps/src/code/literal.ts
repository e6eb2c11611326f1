// Values as TypeScript source, laid out as prettier would: nothing a name holds can end its quotes.

/** Plain data that can be written down. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain | undefined }

const WIDTH = 120

/**
 * A text in quotes. Line separators and half surrogates are escaped too: some tools take them amiss.
 * @example
 * toText(`it's`) // "it's"
 */
export function toText(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, toEscape)
  const [doubles, singles] = [count(text, '"'), count(text, "'")]
  if (singles > doubles) return `"${escaped}"`
  return `'${escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

const toEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
const count = (text: string, character: string) => text.split(character).length - 1

/** A property's name, quoted where TypeScript needs it. */
export const toKey = (name: string): string => (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : toText(name))

/**
 * A value as source, on one line where it fits.
 * @param column how far the value stands from the left
 * @param indent of the line it begins on
 */
export function toLiteral(value: Plain, column = 0, indent = 0): string {
  if (typeof value === 'string') return toText(value)
  if (typeof value !== 'object') return String(value)
  const flat = toFlat(value)
  if (column + flat.length <= WIDTH && !isTable(value)) return flat
  const inner = ' '.repeat(indent + 2)
  const lines = toParts(value).map(([name, part]) => {
    const start = `${inner}${name}`
    return `${start}${toLiteral(part, start.length + 1, indent + 2)},\n`
  })
  const [open, close] = isList(value) ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`
}

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value)

/** Several objects in a list stand one a line, as prettier has it. */
const isTable = (value: Plain): boolean =>
  isList(value) &&
  value.length > 1 &&
  value.every((item) => typeof item === 'object' && !isList(item) && toParts(item).length > 1)

/** `__proto__` as a key would set a prototype: computed, it is a key like any other. */
const toLiteralKey = (name: string) => (name === '__proto__' ? `['__proto__']` : toKey(name))

function toParts(value: Exclude<Plain, string | number | boolean>): [string, Plain][] {
  if (isList(value)) return value.map((item) => ['', item])
  return Object.entries(value).flatMap(([name, part]): [string, Plain][] =>
    part === undefined ? [] : [[`${toLiteralKey(name)}: `, part]],
  )
}

function toFlat(value: Plain): string {
  if (typeof value !== 'object') return toLiteral(value)
  const parts = toParts(value).map(([name, part]) => `${name}${toFlat(part)}`)
  if (isList(value)) return `[${parts.join(', ')}]`
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}
