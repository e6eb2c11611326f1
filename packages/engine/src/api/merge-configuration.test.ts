import { expect, it } from 'vitest'
import { mergeConfiguration } from './merge-configuration.js'

it.each([
  ['merges objects, however deep', { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 3 } } }, { a: { b: { c: 3, d: 2 } } }],
  ['replaces arrays as a whole', { a: [1, 2, 3] }, { a: [4] }, { a: [4] }],
  ['keeps keys nobody knows', { a: 1 }, { unknown: true }, { a: 1, unknown: true }],
  ['can remove nothing', { a: 1, b: 2 }, { a: null }, { a: null, b: 2 }],
])('%s', (_, target, patch, merged) => {
  expect(mergeConfiguration(target, patch)).toEqual(merged)
})

it('takes a key that names the prototype for a key', () => {
  const patch = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>
  const merged = mergeConfiguration({ a: 1 }, patch)
  expect(Object.hasOwn(merged, '__proto__')).toBe(true)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
})
