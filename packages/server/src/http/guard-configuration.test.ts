import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardConfiguration, type ConfigurationRules } from './guard-configuration.js'
import type { ProblemError } from './problem.js'

const named = (configuration: unknown, rules?: ConfigurationRules) => {
  try {
    guardConfiguration(configuration, rules)
  } catch (error) {
    return (error as ProblemError).facts.fieldErrors?.map(({ path, code }) => [path.join('.'), code])
  }
  return []
}

/** A value at some place of a tree, and where that is. */
const placed = (value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(value, fc.array(fc.oneof(fc.constant('[0]'), fc.stringMatching(/^[a-z]{1,8}$/)), { maxLength: 8 }))
    .map(([what, at]) => ({
      tree: at.reduceRight<unknown>((inner, key) => (key === '[0]' ? [inner] : { other: 'x', [key]: inner }), what),
      path: at.map((key) => (key === '[0]' ? '0' : key)),
    }))

const references = fc.constantFrom<[unknown, string[]]>(
  [{ _secret: 'a' }, ['_secret']],
  [{ _SECRET: 'a' }, ['_SECRET']],
  [{ ' _secret\u200b': 'a' }, [' _secret\u200b']],
  [{ '\\u005fsecret': 'a' }, ['\\u005fsecret']],
  [{ '＿secret': 'a' }, ['＿secret']],
  [{ _secret_reference_id: 1 }, ['_secret_reference_id']],
  [{ _secret_storage_id: 1 }, ['_secret_storage_id']],
  ['secret_coordinate::a', []],
  [' x secret_coordinate::a', []],
  ['SECRET_Coordinate::a', []],
  ['ｓecret_coordinate::a', []],
  ['secret_coordinate：：a', []],
  ['sec\u200bret_coordinate\n::a', []],
  ['\\u0073ecret_coordinate::a', []],
  ['secret%5Fcoordinate%3A%3Aa', []],
  ['airbyte_oauth_workspace_0b6c_secret_1_v1', []],
  ['Airbyte_OAuth_Workspace_0b6c_secret_1_v1', []],
)

test('trap 6: no reference to a stored secret passes, wherever it stands and however it is spelled', () => {
  fc.assert(
    fc.property(placed(references), ({ tree, path }) => {
      const [what, at] = digOut(tree, path) as [unknown, string[]]
      const errors = named(bury(tree, path, what), { at: [] })
      expect(errors).toContainEqual([[...path, ...at].join('.'), 'forbidden'])
    }),
    { numRuns: 500 },
  )
})

const digOut = (tree: unknown, path: readonly string[]) =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], tree)
const bury = (tree: unknown, [key, ...rest]: readonly string[], what: unknown): unknown => {
  if (key === undefined) return what
  if (Array.isArray(tree)) return tree.map((item) => bury(item, rest, what))
  return { ...(tree as object), [key]: bury((tree as Record<string, unknown>)[key], rest, what) }
}

const own = [
  'workspaceId',
  'definitionId',
  'tenant_id',
  'resourceAllocation',
  'secretId',
  'secret_id',
  'sourceDefinitionId',
]

test('a field of Airbyte’s own is not known at any depth, but where the connector names one so', () => {
  fc.assert(
    fc.property(
      placed(fc.constantFrom(...own).map((key) => ({ [key]: 'x' }))),
      fc.constantFrom(...own),
      ({ tree, path }, allowed) => {
        const specification = { properties: { credentials: { oneOf: [{ properties: { [allowed]: {} } }] } } }
        const key = Object.keys(digOut(tree, path) as object)[0] ?? ''
        expect(named(tree, { specification, at: [] })).toEqual(
          key === allowed ? [] : [[[...path, key].join('.'), 'unknown']],
        )
      },
    ),
  )
})

test('a mask stands for a stored secret, and for nothing where there is none', () => {
  const configuration = { list: [{ key: '**********' }], oauth: '******' }
  expect(named(configuration)).toEqual([
    ['configuration.list.0.key', 'mask'],
    ['configuration.oauth', 'mask'],
  ])
  expect(named(configuration, { stored: true })).toEqual([])
})

test.each<unknown>([{}, { a: 'secret', nested: [{ b: '***' }], n: null, '100%': '50%zz \\u12' }, undefined])(
  '%j passes',
  (configuration) => {
    expect(named(configuration, { specification: {} })).toEqual([])
  },
)
