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
  ]
  it.each(table)('reads %s', (_, pattern, yes, no) => {
    expect(toPattern(pattern)?.test(yes)).toBe(true)
    expect(toPattern(pattern)?.test(no)).toBe(false)
  })

  it('makes nothing of a broken or an endless pattern', () => {
    expect(toPattern('([')).toBeUndefined()
    expect(toPattern('a'.repeat(patternLimit + 1))).toBeUndefined()
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (pattern) => void toPattern(pattern)))
  })
})
