// What every field has, whatever its control: its place, its words, whether it must be filled.
import type { FieldBase } from './field.js'
import type { Path } from './path.js'
import { descriptionOf, type Schema, titleOf, toLabel } from './schema.js'

export function toFieldBase(schema: Schema, path: Path, required: boolean): FieldBase {
  const examples = Array.isArray(schema.examples) ? schema.examples : [schema.examples ?? schema.example]
  const isOneLine = (text: string): boolean => text !== '' && text.length <= 120 && !text.includes('\n')
  const title = titleOf(schema) ?? toLabel(path.at(-1) ?? '')
  const description = descriptionOf(schema)
  return {
    path,
    title,
    description: description !== undefined && isSameText(description, title) ? undefined : description,
    required,
    folded: !required && schema.always_show !== true,
    readOnly: schema.readOnly === true,
    default: schema.default ?? undefined,
    examples: examples
      .filter((example) => typeof example === 'string' || typeof example === 'number')
      .map(String)
      .filter(isOneLine),
  }
}

/** "Client ID." says no more than "Client ID". */
const isSameText = (a: string, b: string): boolean => toLetters(a) === toLetters(b)
const toLetters = (text: string): string => text.toLowerCase().replace(/\.$/, '').trim()
