import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patternLimit, toPattern } from './pattern.js'

describe('toPattern', () => {
  const table: [what: string, pattern: string, yes: string, no: string][] = [
    ['a plain pattern', '^[0-9]+$', '12', 'a'],
    ['an escaped hyphen outside of a class', '^a\\-b$', 'a-b', 'ab'],
    ['an escaped hyphen inside of a class', '^[a\\-z]$', '-', 'b'],
    ['other needless escapes', '^\\_\\@\\:$', '_@:', 'x'],
    ['an escaped slash', '^https:\\/\\/', 'https://a', 'http://a'],
    ['a lone brace, which the u flag refuses', '^{a}$', '{a}', 'a'],
    ['a hyphen beside a set of letters, likewise', '^[\\w-.]+$', 'a-b.c', 'a b'],
    ['anywhere in the text', 'b+c', 'abbcd', 'abd'],
    ['either of several', '^$|^[0-9]{4}$', '', '12'],
    ['counts', '^(?:ab){2,3}$', 'ababab', 'abababab'],
    ['lazy counts as any others', '^a+?$', 'aaa', 'b'],
    ['named groups', '^(?<year>\\d{4})$', '2024', 'year'],
    ['edges of words', '\\bkey\\b', 'a key.', 'monkey'],
    ['a look ahead', '^(?=.*\\d)[a-z\\d]+$', 'abc1', 'abc'],
    ['a look ahead that must fail', '^(?!https://).+', 'shop.example', 'https://shop.example'],
    ['a look ahead inside of a loop', '^(&(?!key)\\w+)*$', '&a&b', '&a&key1'],
    ['a look behind', '(?<=\\$)\\d', '$5', '€5'],
    ['a look inside of a look', '^(?!a(?!b))', 'ab', 'ac'],
    ['letters beyond U+FFFF as one', '^.$', '\u{1f600}', 'ab'],
    ['letters by their numbers', '^\\u{1f600}\\ud83d\\ude00\\x61$', '\u{1f600}\u{1f600}a', 'a'],
    ['letters by what they are', '^\\p{L}+$', 'Straße', '12'],
    ['no line end by a dot', '^.+$', 'a', 'a\nb'],
  ]
  it.each(table)('reads %s', (_, pattern, yes, no) => {
    expect(toPattern(pattern)?.test(yes)).toBe(true)
    expect(toPattern(pattern)?.test(no)).toBe(false)
  })

  const refused: [what: string, pattern: string][] = [
    ['broken', '(['],
    ['of nothing to repeat', 'a**'],
    ['of a range the wrong way round', '[z-a]'],
    ['that refers back to what it matched: no linear time is known for it', '^(a|b)\\1$'],
    ['that refers back by name', '^(?<one>a)\\k<one>$'],
    ['of another language: a flag within', '(?i)abc'],
    ['of another language: the end of the text', '^abc\\Z'],
    ['endless', 'a'.repeat(patternLimit + 1)],
    ['that counts too far', '^[a-z]{1,2000}$'],
    ['that counts too far by counting counts', '((a{99}){99}){99}'],
    ['that counts nothing too often', '((){99999}){99999}'],
    ['too deep', '('.repeat(2000) + ')'.repeat(2000)],
  ]
  it.each(refused)('makes nothing of one %s', (_, pattern) => expect(toPattern(pattern)).toBeUndefined())

  it('leaves a text longer than its limit to the server', () => {
    expect(toPattern('^a$')?.test('b'.repeat(patternLimit))).toBe(false)
    expect(toPattern('^a$')?.test('b'.repeat(patternLimit + 1))).toBe(true)
  })

  it('gives the same rule for the same pattern, and forgets them when there are too many', () => {
    expect(toPattern('^same$')).toBe(toPattern('^same$'))
    for (let number = 0; number < 1000; number++) toPattern(`^${number}$`)
    expect(toPattern('^same$')?.test('same')).toBe(true)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (pattern) => void toPattern(pattern)))
  })
})
