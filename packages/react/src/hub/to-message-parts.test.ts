import { expect, test } from 'vitest'
import { toFormErrors } from './to-form-errors.js'
import { toMessageParts } from './to-message-parts.js'
import { toSourceChange } from './to-source-change.js'

test.each([
  ['a sentence is shown whole', ' Refused. ', { short: 'Refused.' }],
  ['of a log the first line', 'Refused.\n  at x\n', { short: 'Refused.', whole: 'Refused.\n  at x' }],
  ['a long line ends with a word', `${'word '.repeat(60)}end`, { short: `${'word '.repeat(48).trim()} …` }],
  ['nothing is nothing', '', { short: '' }],
])('%s', (_, message, expected) => expect(toMessageParts(message)).toMatchObject(expected))

const error = { code: 'rejected', message: 'No.' }
test.each([
  [
    ['configuration', 'credentials', 'key'],
    ['credentials', 'key'],
  ],
  [['configuration'], []],
  [['name'], []],
])('a problem’s path %j is %j in a form', (path, expected) =>
  expect(toFormErrors([{ ...error, path }])).toEqual([{ ...error, path: expected }]),
)

const source = { sourceId: 's', name: 'Shop', configuration: { a: { b: [1, { c: 2 }] }, d: 'x' } }
test.each([
  ['nothing', source, { sourceId: 's' }],
  ['the order of keys', { name: 'Shop', configuration: { d: 'x', a: { b: [1, { c: 2 }] } } }, { sourceId: 's' }],
  ['a name', { ...source, name: 'Till' }, { sourceId: 's', name: 'Till' }],
  [
    'a value deep down',
    { name: 'Shop', configuration: { a: { b: [1, { c: 3 }] }, d: 'x' } },
    { sourceId: 's', configuration: { a: { b: [1, { c: 3 }] }, d: 'x' } },
  ],
  ['a value gone', { name: 'Shop', configuration: { d: 'x' } }, { sourceId: 's', configuration: { d: 'x' } }],
  [
    'a list that became an object',
    { name: 'Shop', configuration: { a: { b: { 0: 1, 1: { c: 2 } } }, d: 'x' } },
    { sourceId: 's', configuration: { a: { b: { 0: 1, 1: { c: 2 } } }, d: 'x' } },
  ],
])('an edit sends what changed: %s', (_, edited, expected) => expect(toSourceChange(source, edited)).toEqual(expected))
