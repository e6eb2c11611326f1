import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutText } from './cut-text.js'

test('a name that is too long is cut, and says so', () => {
  expect(cutText('short\u202e\u0000name', 12)).toBe('short name')
  expect(cutText('rather long', 8)).toBe('rather…')
})

test('no character is cut in two: a model’s server refuses half of one, and three refusals silence it for everybody', () => {
  expect(cutText('123😀567890', 5)).toBe('123…')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 90 }), fc.integer({ min: 1, max: 80 }), (text, longest) => {
      const cut = cutText(text, longest)
      expect(cut.length).toBeLessThanOrEqual(longest)
      expect(Buffer.from(cut).toString()).toBe(cut)
    }),
  )
})
