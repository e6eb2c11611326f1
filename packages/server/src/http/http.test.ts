import { AirbyteError, type AirbyteErrorCode } from '@opsai/airbyte-client'
import {
  type AnyRoute,
  CreateSourceRequest,
  Problem,
  problemCodes,
  type RouteName,
  routes,
  TestSourceRequest,
} from '@opsai/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { guardConfiguration } from './guard-configuration.js'
import { sessionlessRoutes } from './handler.js'
import { looksLikeId, parsePart } from './parse.js'
import { ProblemError } from './problem.js'
import { toProblem } from './to-problem.js'

test('the handlers know who calls: their list of doors is the table’s', () => {
  const listed = (Object.keys(routes) as RouteName[]).filter((name) => (routes[name] as AnyRoute).door !== 'session')
  expect([...sessionlessRoutes].sort()).toEqual(listed.sort())
})

describe('problems', () => {
  test.each(problemCodes)('%s is a whole problem', (code) => {
    const { problem } = toProblem(new ProblemError(code, { detail: 'x' }), 'id')
    expect(z.safeParse(Problem, problem).success).toBe(true)
    expect(problem).toMatchObject({ code, type: `urn:opsai:problem:${code}`, requestId: 'id' })
  })

  test.each<[AirbyteErrorCode, string, number]>([
    ['unauthorized', 'config_error', 500],
    ['forbidden', 'not_found', 404],
    ['invalid', 'invalid_request', 400],
    ['rate_limited', 'upstream_rate_limited', 503],
    ['timeout', 'upstream_timeout', 504],
    ['invalid_answer', 'upstream_invalid', 502],
    ['network', 'upstream_unavailable', 503],
  ])("Airbyte's %s is our %s", (from, code, status) => {
    expect(toProblem(new AirbyteError('x', { code: from }), '').problem).toMatchObject({ code, status })
  })

  test('nothing of an unexpected error gets out', () => {
    expect(JSON.stringify(toProblem(new Error('secret thing'), ''))).not.toContain('secret thing')
  })
})

describe('what is wrong is named field by field', () => {
  const fieldsOf = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      return (error as ProblemError).facts.fieldErrors?.map(({ path, code }) => [path.join('.'), code])
    }
    return undefined
  }
  test.each<[unknown, string[][]]>([
    [
      {},
      [
        ['tenantId', 'required'],
        ['sourceType', 'required'],
        ['name', 'required'],
      ],
    ],
    [
      { tenantId: 't', sourceType: 1, name: '' },
      [
        ['sourceType', 'type'],
        ['name', 'too_small'],
      ],
    ],
    [{ tenantId: 't', sourceType: 's', name: 'n', secretId: 'x' }, [['secretId', 'unknown']]],
  ])('%j', (body, expected) => expect(fieldsOf(() => parsePart(CreateSourceRequest, body, 'body'))).toEqual(expected))

  test('of a choice, what the nearest form lacks', () => {
    expect(fieldsOf(() => parsePart(TestSourceRequest, { sourceType: 'x' }, 'body'))?.flat()).toContain('required')
  })
})

test('no reference to a stored secret passes, wherever it stands and however it is spelled', () => {
  const reference = fc.constantFrom<unknown>(
    { _secret: 'a' },
    { _SECRET: 'a' },
    { _secret_reference_id: 1 },
    'secret_coordinate::a',
    ' x secret_coordinate::a',
    'ｓecret_coordinate::a',
  )
  const path = fc.array(fc.oneof(fc.constant('list'), fc.string()), { maxLength: 6 })
  fc.assert(
    fc.property(reference, path, (value, at) => {
      const tree = at.reduceRight<unknown>(
        (inner, key) => (key === 'list' ? [inner] : { [key === '__proto__' ? 'p' : key]: inner }),
        value,
      )
      expect(() => guardConfiguration({ tree })).toThrow('may not refer to stored secrets')
    }),
    { numRuns: 500 },
  )
  expect(() => guardConfiguration({ secret: 'fine', nested: [{ a: '**********' }] })).not.toThrow()
})

test.each([
  ['sourceId', '0b6c4f57-8a39-4f57-8a39-6f2f5f0b1815', true],
  ['sourceId', '../workspaces', false],
  ['jobId', '12', true],
  ['jobId', '1e3', false],
  ['jobId', '-1', false],
  ['flowId', 'A'.repeat(22), true],
  ['flowId', 'A'.repeat(23), false],
  ['sourceType', 'mongodb-v2', true],
  ['sourceType', 'a/b', false],
  ['tenantId', 'acme & sons', true],
  ['tenantId', 'a\nb', false],
  ['else', 'x', false],
])('%s %j looks like an id: %s', (name, value, expected) => expect(looksLikeId(name, value)).toBe(expected))
