// Our engine beside the platform's, on patterns nobody would write by hand: the same verdict on every text.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPattern } from '../pattern.js'

const letters = ['a', 'b', 'é', '1', '_', '-', ' ', '\n', '\u{1f600}', '\ud800', 'Z', '.', '/', '\u00a0', '\u2028']
const texts = fc.string({ unit: fc.constantFrom(...letters), maxLength: 9 })

const escaped = fc.constantFrom(
  ...['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\.', '\\/', '\\n', '\\t', '\\x61', '\\u0061', '\\u{1f600}'],
  ...['\\ud83d\\ude00', '\\p{L}', '\\P{L}', '\\cJ', '\\x00', '\\$'],
)
const member = fc.oneof(fc.constantFrom('a', 'b', 'é', '1', '.', '$', '\u{1f600}'), escaped, fc.constant('\\-'))
const range = fc.constantFrom('a-z', '0-9', 'A-Z', 'a-b', '!-~', '\\x20-\\x7e', 'a-\u{1f600}', '\\b')
const charClass = fc
  .tuple(fc.constantFrom('', '^'), fc.array(fc.oneof(member, range), { maxLength: 3 }), fc.constantFrom('', '-'))
  .map(([sign, members, last]) => `[${sign}${members.join('')}${last}]`)
const counts = fc.constantFrom('*', '+', '?', '{0}', '{2}', '{1,}', '{0,2}', '{1,3}', '*?', '+?', '??', '{1,2}?')

const { pattern } = fc.letrec<{ pattern: string; sequence: string; term: string; atom: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('sequence'),
    fc.tuple(tie('sequence'), tie('pattern')).map(([one, other]) => `${one}|${other}`),
  ),
  sequence: fc.array(tie('term'), { maxLength: 3 }).map((terms) => terms.join('')),
  term: fc.oneof(
    { maxDepth: 4 },
    tie('atom'),
    fc.tuple(tie('atom'), counts).map((parts) => parts.join('')),
    fc.constantFrom('^', '$', '\\b', '\\B'),
    fc.tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), tie('pattern')).map(([open, inner]) => `${open}${inner})`),
  ),
  atom: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', 'é', '.', '\u{1f600}'),
    escaped,
    charClass,
    fc.tuple(fc.constantFrom('(', '(?:'), tie('pattern')).map(([open, inner]) => `${open}${inner})`),
  ),
}))

describe('a pattern that the platform reads, too', { timeout: 60_000 }, () => {
  it('has the same verdict on any text', () => {
    let found = 0
    let undecided = 0
    fc.assert(
      fc.property(pattern, fc.array(texts, { minLength: 4, maxLength: 4 }), (source, tried) => {
        const rule = toPattern(source)
        // Only what counts too far: the platform is asked for the rest.
        if (rule === undefined) undecided++
        for (const text of rule === undefined ? [] : tried) {
          // V8 looks around between the halves of a letter beyond U+FFFF, where the standard has no place.
          if (/\\B|\(\?<?[=!]/.test(source) && /[\u{10000}-\u{10ffff}]/u.test(text)) continue
          const expected = new RegExp(source, 'u').test(text)
          if (expected) found++
          expect(rule?.test(text), `${source} on ${JSON.stringify(text)}`).toBe(expected)
        }
      }),
      { numRuns: 3000 },
    )
    expect(found).toBeGreaterThan(1000)
    expect(undecided).toBeLessThan(50)
  })

  it('takes what was made to fit it', () => {
    const makers = ['^[a-z]+@[a-z]+\\.(com|org)$', '^(\\d{3}-)?\\d{3,4}$', '^\\w+(, \\w+)*$', '^(a|bc)*?d+$']
    for (const source of makers) {
      fc.assert(
        fc.property(fc.stringMatching(new RegExp(source, 'u')), (text) => toPattern(source)?.test(text) === true),
      )
    }
  })
})

describe('a text that need be no pattern at all', { timeout: 60_000 }, () => {
  const source = fc.string({ unit: fc.constantFrom(...'ab()[]{}|?*+^$.\\-:=!<>,0123dwsbBupkx'), maxLength: 10 })
  const isRead = (text: string, flags: string): boolean => {
    try {
      return new RegExp(text, flags) instanceof RegExp
    } catch {
      return false
    }
  }

  it('is read where the platform reads it strictly, and refused where it refuses it with and without the u flag', () => {
    fc.assert(
      fc.property(source, texts, (made, text) => {
        const rule = toPattern(made)
        if (rule !== undefined && isRead(made, 'u')) expect(rule.test(text)).toBe(new RegExp(made, 'u').test(text))
        if (rule !== undefined) expect(isRead(made, '') || isRead(made, 'u')).toBe(true)
        if (rule === undefined && isRead(made, 'u')) expect(made).toMatch(/\\\d|\\k|\(\?|\d/)
      }),
      { numRuns: 3000 },
    )
  })
})
