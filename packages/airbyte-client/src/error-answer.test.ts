import { expect, it } from 'vitest'
import { toAirbyteError } from './error-answer.js'

const problem = (fields: object) => JSON.stringify({ status: 0, type: 'x', title: 'title', ...fields })

// Every shape, as the server or a gateway before it sends it.
it.each([
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
  [
    'a running job',
    409,
    problem({ type: 'https://reference.airbyte.com/reference/errors#try-again-later' }),
    'conflict',
    'title',
    true,
  ],
  [
    'an inactive connection',
    409,
    problem({ type: 'https://reference.airbyte.com/reference/errors#409-state-conflict' }),
    'conflict',
    'title',
    false,
  ],
  ['a gateway page', 502, '<html>Bad gateway</html>', 'unavailable', undefined, true],
  ['a null among the words', 500, '{"message":null,"errorId":"e3"}', 'unavailable', undefined, true],
  ['a request cut off', 408, '', 'timeout', undefined, true],
])('%s', (_, status, text, code, detail, retryable) => {
  expect(toAirbyteError({ call: 'GET /x', status, text })).toMatchObject({ status, code, detail, retryable })
})

it('names the call, the status and the reason, and keeps the id to look up', () => {
  const error = toAirbyteError({ call: 'POST /sources', status: 400, text: '{"message":"Bad name","errorId":"e1"}' })
  expect(error.message).toBe('Airbyte answered 400 to POST /sources: Bad name')
  expect(error.requestId).toBe('e1')
})
