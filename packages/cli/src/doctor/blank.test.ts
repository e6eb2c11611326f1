import { expect, test } from 'vitest'
import { blank } from './blank.js'

test('a secret is gone wherever it stands, also the password inside a URL, as written and as meant', () => {
  const url = 'postgresql://opsai:p%40ss-word@db/opsai'
  const shown = blank(
    { a: [`no entry for ${url}`, 'user opsai with p@ss-word'], b: { c: 'p%40ss-word', d: 1 }, e: 'whsec_abcdef' },
    [url, 'whsec_abcdef', undefined, ''],
  )
  expect(shown).toEqual({ a: ['no entry for ***', 'user opsai with ***'], b: { c: '***', d: 1 }, e: '***' })
})

test('of two secrets of which one is part of the other, nothing is left over', () => {
  expect(blank('key-key-1234', ['key-', 'key-key-1234'])).toBe('***')
})
