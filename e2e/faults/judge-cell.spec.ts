// The matrix is worth what its judge sees: each thing that must not be is shown to it once.
import { describe, expect, test } from 'vitest'
import { findFault } from './all-faults.js'
import { callTypes } from './calls.js'
import { innards } from './fault.js'
import { judgeCell, type Observed } from './judge-cell.js'
import { readAnswer } from './read-answer.js'

const problem = {
  type: 'urn:opsai:problem:upstream_unavailable',
  title: 'Airbyte is unavailable',
  status: 503,
  code: 'upstream_unavailable',
  detail: 'Airbyte is down.',
  displayMessage: 'It does not answer.',
  retryable: true,
  requestId: 'r',
}
const told = (body: object, status = 503, type = 'application/problem+json') =>
  readAnswer({ status, type, text: JSON.stringify(body) }, { sourceId: 'any' })

const fine: Observed = {
  fault: findFault('502 page'),
  call: callTypes.find(({ name }) => name === 'source')!,
  first: told(problem),
  ms: 100,
  last: told({ sourceId: 's' }, 201, 'application/json'),
  recoveryMs: 50,
  befallen: 1,
  made: 1,
  texts: [JSON.stringify(problem)],
  logged: ['{"msg":"request failed"}'],
  secrets: ['p+ss "word'],
}
const judged = (seen: Partial<Observed>) => judgeCell({ ...fine, ...seen }).map(({ what }) => what)

test('a typed problem, and the thing there once afterwards, is fine', () => expect(judged({})).toEqual([]))

describe('it sees', () => {
  test.each<[string, Partial<Observed>, string]>([
    ['two of it', { made: 2 }, 'twin'],
    ['none of it', { made: 0 }, 'lost'],
    ['that it never came back', { last: told(problem) }, 'lost'],
    ['a page in an answer', { texts: ['<html>'] }, 'html'],
    ["a gateway's stack in an answer", { texts: [`Airbyte: ${innards}`] }, 'html'],
    ['a secret in an answer', { texts: ['p+ss "word'] }, 'secret'],
    ['a secret in an answer, as JSON has it', { texts: [JSON.stringify('p+ss "word')] }, 'secret'],
    ['a secret in a log line, as a URL has it', { logged: [encodeURIComponent('p+ss "word')] }, 'secret'],
    ['an access token nobody used', { logged: ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIi.x'] }, 'secret'],
    ['an answer that is no problem', { first: told({ error: 'x' }) }, 'untyped'],
    ['a problem that is not sent as one', { first: told(problem, 503, 'application/json') }, 'untyped'],
    ['a problem with another status', { first: told({ ...problem, status: 500 }) }, 'untyped'],
    ["a code that is not this fault's", { first: told({ ...problem, code: 'invalid_request' }) }, 'untyped'],
    ['our own failure', { first: told({ ...problem, code: 'internal' }) }, 'untyped'],
    ['a passing fault said to be final', { first: told({ ...problem, retryable: false }) }, 'untyped'],
    ['success without the thing', { first: told({}, 200, 'application/json') }, 'untyped'],
    ['an answer that came too late', { ms: 20_000 }, 'slow'],
    ['a fault that befell nothing', { befallen: 0 }, 'untyped'],
  ])('%s', (_, seen, what) => expect(judged(seen)).toEqual([what]))
})
