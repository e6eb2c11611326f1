import { expect, it } from 'vitest'
import type { AirbyteErrorCode } from './airbyte-error.js'
import { toAirbyteError } from './error-answer.js'
import { createScrub } from './scrub-secrets.js'

const problem = (fields: object) => JSON.stringify({ status: 0, type: 'x', title: 'title', ...fields })
const errors = 'https://reference.airbyte.com/reference/errors'

type Shape = [
  what: string,
  status: number,
  body: string,
  code: AirbyteErrorCode,
  detail: string | undefined,
  again: boolean,
]

// Every shape, as the server or a gateway before it sends it.
const shapes: Shape[] = [
  [
    'a problem with data',
    422,
    problem({ detail: 'generic', data: { message: '$.port: integer expected' } }),
    'invalid',
    '$.port: integer expected',
    false,
  ],
  ['a problem without data', 403, problem({ detail: 'No access.' }), 'forbidden', 'No access.', false],
  ['a known exception', 400, '{"message":"Bad name","errorId":"e1"}', 'invalid', 'Bad name', false],
  ['an error id alone', 404, '{"errorId":"e2"}', 'not_found', undefined, false],
  ['an unknown route', 404, '"Object not found."', 'not_supported', 'Object not found.', false],
  ['an unknown route in plain text', 404, 'Object not found.', 'not_supported', 'Object not found.', false],
  ['an empty 501', 501, '', 'not_supported', undefined, false],
  ['Micronaut 401 without body', 401, '', 'unauthorized', undefined, false],
  [
    'load shedding',
    429,
    '{"message":"You are being rate limited."}',
    'rate_limited',
    'You are being rate limited.',
    true,
  ],
  ['a running job', 409, problem({ type: `${errors}#try-again-later` }), 'conflict', 'title', true],
  ['an inactive connection', 409, problem({ type: `${errors}#409-state-conflict` }), 'conflict', 'title', false],
  ['what moved away', 301, problem({ type: 'error:embedded/endpoint-moved' }), 'not_supported', 'title', false],
  ['a login page elsewhere', 302, '', 'invalid_answer', undefined, false],
  ['a gateway page', 502, '<html>Bad gateway</html>', 'unavailable', undefined, true],
  ['a gateway page with text before it', 502, 'oops\n<!DOCTYPE html><body>Bad gateway', 'unavailable', undefined, true],
  ['a gateway that writes a lot', 503, `upstream {${'x'.repeat(500)}}`, 'unavailable', undefined, true],
  [
    'a page inside a problem',
    500,
    problem({ title: undefined, data: { message: '<html>no</html>' } }),
    'unavailable',
    undefined,
    true,
  ],
  ['a null among the words', 500, '{"message":null,"errorId":"e3"}', 'unavailable', undefined, true],
  ['a list', 500, '[{"message":"no"}]', 'unavailable', undefined, true],
  ['half of it', 500, '{"message":"no', 'unavailable', undefined, true],
  ['a hundred thousand brackets', 400, '['.repeat(100_000), 'invalid', undefined, false],
  ['a request cut off', 408, '', 'timeout', undefined, true],
]

it.each(shapes)('trap 25: %s', (_, status, text, code, detail, retryable) => {
  const error = toAirbyteError({ call: 'GET /x', status, text })
  expect(error).toMatchObject({ status, code, detail, retryable })
  expect(error.message).toMatch(new RegExp(`^Airbyte answered ${status} to GET /x: [^<>{}]+$`))
})

it('names the call, the status and the reason, and keeps the id to look up', () => {
  const error = toAirbyteError({ call: 'POST /sources', status: 400, text: '{"message":"Bad name","errorId":"e1"}' })
  expect(error.message).toBe('Airbyte answered 400 to POST /sources: Bad name')
  expect(error.requestId).toBe('e1')
})

it('takes the id of a gateway where the body has none, and nothing that is no id', () => {
  const idOf = (requestId: string) => toAirbyteError({ call: 'GET /x', status: 502, text: '', requestId }).requestId
  expect(idOf('Root=1-67-abc')).toBe('Root=1-67-abc')
  expect(idOf('<b>x</b>\n')).toBeUndefined()
})

it.each([
  [`${errors}#try-again-later`, 'try-again-later'],
  ['error:connection/locked', 'connection/locked'],
  ['error:cron-validation/under-one-hour-not-allowed', 'cron-validation/under-one-hour-not-allowed'],
  [errors, undefined],
  ['<script>', undefined],
])('calls the problem %s by its name', (type, problemType) => {
  expect(toAirbyteError({ call: 'GET /x', status: 409, text: problem({ type }) }).problemType).toBe(problemType)
})

it('says what surely was not done', () => {
  const done = (status: number) => !toAirbyteError({ call: 'POST /x', status, text: '' }).nothingDone
  expect([400, 401, 403, 404, 409, 422, 429].filter(done)).toEqual([])
  expect([302, 408, 500, 502, 503, 504].filter((status) => !done(status))).toEqual([])
})

it('cuts what a connector adds to its message, and its markup', () => {
  const said = 'Something <b>went</b> wrong:\n  5 < 6\n\tat io.airbyte.Main(Main.java:1)\n\tat more'
  const text = JSON.stringify({ message: said })
  expect(toAirbyteError({ call: 'GET /x', status: 400, text }).detail).toBe('Something went wrong: 5 < 6')
})

it('has none of the request in it, however Airbyte quotes it', () => {
  const password = 'pass "word" & ü'
  const quoted = [password, encodeURIComponent(password), JSON.stringify({ password })].join(' ')
  const text = JSON.stringify({ message: quoted, data: { [password]: [password] }, echo: { password } })
  const error = toAirbyteError({ call: 'POST /x', status: 400, text, scrub: createScrub({ password }) })
  expect(JSON.stringify(error) + error.message + error.stack).not.toMatch(/pass \\*"word|%20%26|& ü/)
  expect(error.detail).toContain('**********')
})
