import { expect, it } from 'vitest'
import { assertValidConfiguration, findErrors } from './validate-configuration.js'

const spec = {
  type: 'object',
  required: ['host', 'credentials'],
  properties: {
    host: { type: 'string', minLength: 1 },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    start_date: { type: 'string', pattern: '^[0-9]{4}$' },
    mode: { type: 'string', enum: ['a', 'b'] },
    credentials: {
      type: 'object',
      oneOf: [
        { required: ['auth_type', 'token'], properties: { auth_type: { const: 'oauth' }, token: { type: 'string' } } },
        {
          required: ['auth_type', 'api_key'],
          properties: { auth_type: { const: 'key' }, api_key: { type: 'string' } },
        },
      ],
    },
  },
}
const right = { host: 'h', port: 5432, credentials: { auth_type: 'key', api_key: 'k' } }

it('finds nothing wrong with a right one', () => {
  expect(findErrors(spec, right)).toEqual([])
})

it.each([
  ['a missing field', { ...right, host: undefined }, '$.host', 'is missing but it is required'],
  ['an empty one', { ...right, host: '' }, '$.host', 'String is too short (0 < 1)'],
  ['a wrong type', { ...right, port: '5432' }, '$.port', 'must be integer'],
  ['a number too large', { ...right, port: 70_000 }, '$.port', 'must be smaller (65535)'],
  ['a wrong pattern', { ...right, start_date: 'yesterday' }, '$.start_date', 'String does not match pattern'],
  ['a wrong word', { ...right, mode: 'c' }, '$.mode', 'does not match any of ["a","b"]'],
  [
    'a field of the chosen option',
    { ...right, credentials: { auth_type: 'key' } },
    '$.credentials.api_key',
    'is missing but it is required',
  ],
  ['no option at all', { ...right, credentials: { auth_type: 'none' } }, '$.credentials', 'must be one of the options'],
])('names the field of %s', (_, configuration, path, reason) => {
  expect(findErrors(spec, JSON.parse(JSON.stringify(configuration)))).toContainEqual({ path, reason })
})

it('tells of twenty errors, and how many more there are', () => {
  const many = { items: { properties: { n: { type: 'integer' } } } }
  const list = Array.from({ length: 5000 }, () => ({ n: 'x' }))
  const told = () => assertValidConfiguration({ properties: { list: many } }, { list })
  expect(told).toThrow(/\$\.list\.19\.n: must be integer, and 4980 more$/)
})

it('repeats no value', () => {
  const canary = 'canary-9d1f'
  const configuration = { host: 7, port: canary, start_date: canary, mode: canary, credentials: { auth_type: canary } }
  expect(JSON.stringify(findErrors(spec, configuration))).not.toContain(canary)
})

it.each([
  ['a pattern', { pattern: '^(a+)+$' }],
  ['a pattern of keys', { type: 'object', patternProperties: { '^(a+)+$': {} } }],
  ['a format', { format: 'url' }],
])('takes no time for what would keep %s busy', (_, field) => {
  const attack = `${'a'.repeat(28)}!`
  const values = 'type' in field ? [{ [attack]: 1 }] : [attack, `http://${attack}`]
  const times = [1, 2, 3].map(() => {
    const started = performance.now()
    for (const value of values) findErrors({ properties: { field } }, { field: value })
    return performance.now() - started
  })
  expect(Math.min(...times)).toBeLessThan(50)
})
