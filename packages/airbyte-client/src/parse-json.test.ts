import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseJson } from './parse-json.js'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

it('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(
      fc.json().filter((text) => !/__proto__|constructor/.test(text)),
      (text) => {
        expect(parseJson(text)).toEqual({ kind: 'value', value: JSON.parse(text) })
      },
    ),
  )
})

it.each([
  ['a byte order mark', '\ufeff{"a":1}', { kind: 'value', value: { a: 1 } }],
  ['the last of two equal names', '{"a":1,"a":2}', { kind: 'value', value: { a: 2 } }],
  ['null', 'null', { kind: 'value', value: null }],
  ['NaN', '{"a":NaN}', { kind: 'notJson' }],
  ['a page', '<html></html>', { kind: 'notJson' }],
  ['nothing', '', { kind: 'notJson' }],
  ['half of it', '{"a":[1,2', { kind: 'notJson' }],
  ['an open string', '{"a":"\\', { kind: 'notJson' }],
  ['200 levels', nested(200), { kind: 'value', value: JSON.parse(nested(200)) }],
  ['201 levels', nested(201), { kind: 'tooDeep' }],
  ['a hundred thousand levels', nested(100_000), { kind: 'tooDeep' }],
  ['a hundred thousand levels of objects', '{"a":'.repeat(100_000), { kind: 'tooDeep' }],
  [
    'brackets in a string',
    JSON.stringify({ a: `\\"${'['.repeat(300)}` }),
    { kind: 'value', value: { a: `\\"${'['.repeat(300)}` } },
  ],
])('%s', (_, text, json) => {
  expect(parseJson(text)).toEqual(json)
})

it.each([
  '{"__proto__":{"admin":true},"a":{"__proto__":{"admin":true}}}',
  '{"\\u005f_proto__":{"admin":true},"a":{"__pr\\u006fto__":{"admin":true}}}',
  '{"constructor":{"prototype":{"admin":true}},"a":{}}',
])('leaves prototypes alone: %s', (text) => {
  const { value } = parseJson(text) as { value: Record<string, unknown> & { a: Record<string, unknown> } }
  expect(Object.keys(value)).toEqual(['a'])
  expect([Object.keys(value.a), value.admin, value.a.admin]).toEqual([[], undefined, undefined])
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
})

it('keeps a field that is only called constructor', () => {
  expect(parseJson('{"constructor":"Boeing"}')).toEqual({ kind: 'value', value: { constructor: 'Boeing' } })
})
