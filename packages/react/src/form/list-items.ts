// How typed and pasted text becomes the values of a list.
import type { ListField } from '../spec/field.js'

/** Pasted between commas: single words are several values; anything else with a comma in it is one. */
const word = /^[^\s"'()[\]{}]+$/

const toParts = (text: string, separators: RegExp): string[] =>
  text
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** What Enter adds: a text as it is, commas and all; of numbers, each. */
export const toTypedItems = (items: ListField['items'], text: string): string[] =>
  toParts(text, items === 'string' ? /\n+/ : /[,;\s]+/)

/** What a paste adds: a line or a cell each, or the words of an enumeration. */
export function toPastedItems(items: ListField['items'], text: string): string[] {
  if (items !== 'string') return toTypedItems(items, text)
  const lines = toParts(text, /[\n\t]+/)
  const words = toParts(text, /[,;]+/)
  return lines.length === 1 && words.every((part) => word.test(part)) ? words : lines
}
