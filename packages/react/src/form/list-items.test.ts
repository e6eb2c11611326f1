import { expect, it } from 'vitest'
import { toPastedItems, toTypedItems } from './list-items.js'

it.each([
  ['string', 'a, b', ['a, b']],
  ['string', '  \\d{1,3} ', ['\\d{1,3}']],
  ['string', '  ', []],
  ['integer', '1, 2;3 4', ['1', '2', '3', '4']],
] as const)('typed into a list of %s: %s', (items, text, added) => {
  expect(toTypedItems(items, text)).toEqual(added)
})

it.each([
  ['string', 'a\nb, c\r\n\nd', ['a', 'b, c', 'd']],
  ['string', 'a\tb', ['a', 'b']],
  ['string', 'a, b;c', ['a', 'b', 'c']],
  ['string', '{a,b}*.csv', ['{a,b}*.csv']],
  ['string', 'select a, b from c', ['select a, b from c']],
  ['number', '1.5\n2', ['1.5', '2']],
] as const)('pasted into a list of %s: %j', (items, text, added) => {
  expect(toPastedItems(items, text)).toEqual(added)
})
