// Text that a spec's pattern and format accept, for generated configurations.
import * as fc from 'fast-check'
import { numberOf, type Schema, textOf } from '../spec/schema.js'

/** What is generated: anything the spec allows, or only what a person could type into a form. */
export type Reach = 'any' | 'typed'

// Patterns here come from this repository's tests and from the corpus: the native engine may try them.
function toRegExp(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags)
    } catch {
      continue
    }
  }
  return undefined
}

const dateShapes: ((iso: string) => string)[] = [
  (iso) => iso.slice(0, 7),
  (iso) => iso.slice(0, 10),
  (iso) => `${iso.slice(0, 19)}Z`,
  (iso) => iso,
  (iso) => `${iso.slice(0, 23)}000Z`,
  (iso) => iso.slice(0, 19),
  (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`,
  (iso) => `${iso.slice(8, 10)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}`,
]
const formats: Record<string, RegExp> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
}

/** Shapes a pattern picks out of all dates; none where it takes any other word as well. */
function toShapes(rule: RegExp | undefined, format: string): ((iso: string) => string)[] {
  const sample = '2024-01-25T09:30:00.000Z'
  const accepts = (shape: (iso: string) => string): boolean => rule?.test(shape(sample)) ?? false
  const isOpen = rule === undefined || rule.test('x')
  const inFormat = dateShapes.filter((shape) => formats[format]?.test(shape(sample)) ?? false)
  if (isOpen) return inFormat.slice(0, 1)
  const both = inFormat.filter(accepts)
  return (both.length > 0 ? both : dateShapes.filter(accepts)).slice(0, 1)
}

const moments = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2035-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}.000Z`)
const words = fc.stringMatching(/^[a-z][a-z0-9_]{0,11}$/)
const anyText = fc.oneof(
  words,
  fc.string({ minLength: 0, maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const samplesByFormat: Record<string, fc.Arbitrary<string>> = {
  uri: words.map((word) => `https://${word.replaceAll('_', '-').replace(/-$/, 'x')}.example/${word}`),
  email: words.map((word) => `${word}@shop.example`),
}

const isTyped = (text: string): boolean => /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !/[,;]/.test(text)

/** Words to fall back on where fast-check can make nothing of a pattern (look-arounds). */
const fallbacks = [
  'a',
  'abc',
  'abc_1',
  'key=value',
  'key=value&other=1',
  'shop.example',
  'https://shop.example',
  'https://drive.google.com/x',
  '12',
  '',
]

/** Texts a string schema accepts. */
export function generateText(schema: Schema, reach: Reach): fc.Arbitrary<string> {
  const pattern = textOf(schema, 'pattern')
  const format = textOf(schema, 'format') ?? ''
  const rule = pattern === undefined ? undefined : toRegExp(pattern)
  const shapes = toShapes(rule, format)
  const min = numberOf(schema, 'minLength') ?? 0
  const max = numberOf(schema, 'maxLength') ?? 4000
  const fits = (text: string): boolean => {
    const { length } = [...text]
    return length >= min && length <= max && (rule?.test(text) ?? true) && (reach === 'any' || isTyped(text))
  }
  if (shapes.length > 0) return fc.tuple(moments, fc.constantFrom(...shapes)).map(([iso, shape]) => shape(iso))
  const byFormat = samplesByFormat[format]
  if (byFormat !== undefined && rule === undefined) return byFormat
  if (rule !== undefined) return matching(rule, fits)
  if (min > 12) return words.map((word) => word.padEnd(min, 'x'))
  if (reach === 'typed') return words.map((word) => word.slice(0, max).padEnd(min, 'x'))
  return anyText.map((text) => [...text].slice(0, max).join('')).filter(fits)
}

function matching(rule: RegExp, fits: (text: string) => boolean): fc.Arbitrary<string> {
  const known = fallbacks.filter(fits)
  const made = toMatching(rule)
  if (made === undefined) return known.length > 0 ? fc.constantFrom(...known) : fc.constant('x')
  return fc.tuple(made, fc.array(made, { minLength: 8, maxLength: 8 })).map(([first, others]) => {
    const found = [first, ...others].find(fits)
    return found ?? known[0] ?? first
  })
}

function toMatching(rule: RegExp): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(rule)
  } catch {
    return undefined
  }
}
