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
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
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

  test.each<[AirbyteErrorCode, number | undefined, string | undefined]>([
    ['unavailable', 2_100, '3'],
    ['unavailable', undefined, '5'],
    ['rate_limited', 10, '1'],
    ['invalid', 2_000, undefined],
  ])("Airbyte's %s after %s ms says Retry-After %s", (code, retryAfterMs, said) => {
    const error = new AirbyteError('x', { code, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    expect(toProblem(error, '').headers['retry-after']).toBe(said)
  })

  test('what Airbyte says is one line of plain text', () => {
    const detail = `a\r\nb <b>c</b> ${'long '.repeat(300)}`
    const { problem } = toProblem(new AirbyteError('x', { code: 'invalid', detail, requestId: 'r\n7' }), '')
    expect(problem.detail).toMatch(/^Airbyte: a b c long [^\n<>]{100,520} \(Airbyte's reference r 7\)$/)
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
