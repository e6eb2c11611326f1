import fc from 'fast-check'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { parseCode } from '../test/parse-code.js'
import { type Plain, toKey, toLiteral, toText } from './literal.js'

/** What the compiler makes of an expression; it is never run. */
function evaluate(source: string): unknown {
  const { file, errors } = parseCode(`(${source})`)
  expect(errors, source).toEqual([])
  return read((file.statements[0] as ts.ExpressionStatement).expression)
}

function read(node: ts.Expression): unknown {
  if (ts.isParenthesizedExpression(node)) return read(node.expression)
  if (ts.isStringLiteral(node)) return node.text
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (ts.isPrefixUnaryExpression(node)) return -Number(read(node.operand))
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(read)
  if (ts.isObjectLiteralExpression(node)) return new Map(node.properties.map(readProperty))
  return node.kind === ts.SyntaxKind.TrueKeyword
}

function readProperty(property: ts.ObjectLiteralElementLike): [string, unknown] {
  const { name, initializer } = property as ts.PropertyAssignment
  const key = ts.isComputedPropertyName(name)
    ? (name.expression as ts.StringLiteral).text
    : (name as ts.Identifier).text
  return [key, read(initializer)]
}

const toMaps = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toMaps)
  if (typeof value !== 'object' || value === null) return value
  return new Map(Object.entries(value).map(([key, inner]) => [key, toMaps(inner)]))
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^['"`$\\{}\n\r\t*/]*$/),
  fc.constantFrom('__proto__', 'constructor', '\u2028', '${x}', '*/', '</script>'),
)
const plain = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value

test('any value reads back as it was, and is one TypeScript takes', () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(evaluate(toLiteral(value))).toEqual(toMaps(value))
    }),
    { numRuns: 200 },
  )
})

test('any text is one literal on one line', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(toText(value)).toMatch(/^(['"])[^\n\r\u2028\u2029]*\1$/)
    }),
  )
})

test.each([
  ['id', 'id'],
  ['Customer Email', `'Customer Email'`],
  [`it's`, `"it's"`],
  ['a"b', `'a"b'`],
  ['2fa', `'2fa'`],
  ['', `''`],
])('%j as a key is %s', (name, key) => expect(toKey(name)).toBe(key))

test('what fits stays on a line; objects in a list get one each', () => {
  expect(toLiteral({ name: 'id', key: ['a', 'b'] })).toBe(`{ name: 'id', key: ['a', 'b'] }`)
  expect(
    toLiteral([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]),
  ).toBe('[\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n]')
})
