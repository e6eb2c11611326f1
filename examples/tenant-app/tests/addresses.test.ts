import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseListAddress, toListHref } from '../lib/address'
import type { Stream } from '../lib/stream'
import { decodeAddress, decodePlace, encodeAddress, encodePlace } from '../lib/cursor'

const orders: Stream = {
  slug: 'orders',
  connector: 'shop',
  title: 'Orders',
  singular: 'Order',
  table: 'orders',
  key: ['id'],
  list: ['id', 'total'],
  columns: [
    { name: 'id', type: 'integer', label: 'ID' },
    { name: 'total', type: 'decimal', label: 'Total' },
    { name: 'status', type: 'text', label: 'Status' },
  ],
}

const text = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((value) => value.toString().replace(/[\ud800-\udfff]/g, ''))
const query = (href: string) => Object.fromEntries(new URL(href, 'http://x').searchParams)

test('a place and a row’s address read back as they were', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (values) => {
      const place = { part: 'values' as const, values }
      expect(decodePlace(encodePlace(place), values.length)).toEqual(place)
      expect(decodeAddress(encodeAddress({ by: 'key', values }))).toEqual({ by: 'key', values })
      const [first = ''] = values
      expect(decodePlace(encodePlace({ part: 'nulls', values: [first] }), 7)).toEqual({
        part: 'nulls',
        values: [first],
      })
      const arrived = { by: 'arrival' as const, arrival: first, id: 'x' }
      expect(decodeAddress(encodeAddress(arrived))).toEqual(arrived)
    }),
  )
})

test('nonsense is no place and no address', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((json) => Buffer.from(json).toString('base64url')),
      ),
      (nonsense) => {
        expect(decodePlace(nonsense, 2)?.values.every((value) => typeof value === 'string') ?? true).toBe(true)
        expect(decodeAddress(nonsense) === undefined || typeof decodeAddress(nonsense) === 'object').toBe(true)
      },
    ),
  )
  for (const nonsense of ['', 'x', '..', 'a'.repeat(5_000), encodePlace({ part: 'values', values: ['1'] })])
    expect(decodePlace(nonsense, 2)).toBeUndefined()
})

test('a list’s address says only what is not as usual, and reads back', () => {
  const plain = parseListAddress(orders, {})
  expect(toListHref(orders, plain, {})).toBe('/streams/orders')
  const changed = toListHref(orders, plain, {
    search: 'a&b=ü',
    sort: { column: 'total', direction: 'descending' },
  })
  expect(changed).toBe('/streams/orders?q=a%26b%3D%C3%BC&sort=total&order=desc')
  const parsed = parseListAddress(orders, query(changed))
  expect(parsed).toMatchObject({
    search: 'a&b=ü',
    order: { column: 'total', direction: 'descending' },
    place: undefined,
  })
  const place = { part: 'values' as const, values: ['1.5', 'id'] }
  const next = toListHref(orders, parsed, { place, reading: 'backward' })
  expect(parseListAddress(orders, query(next))).toEqual({ ...parsed, place, reading: 'backward' })
  // Another order begins at its beginning.
  const resorted = toListHref(orders, { ...parsed, place }, { sort: { column: 'status', direction: 'ascending' } })
  expect(resorted).toBe('/streams/orders?q=a%26b%3D%C3%BC&sort=status')
})

test('whatever stands in an address, it is read', () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined))
  const anyQuery = fc.record({
    q: value,
    sort: value,
    order: value,
    where: value,
    is: value,
    after: value,
    before: value,
  })
  fc.assert(
    fc.property(anyQuery, (given) => {
      const address = parseListAddress(orders, given)
      expect(address.search.length).toBeLessThanOrEqual(200)
      expect(parseListAddress(orders, query(toListHref(orders, address, {})))).toMatchObject({
        order: address.order,
      })
    }),
  )
})
