import { expect, test } from 'vitest'
import { toEndpoint } from './endpoint.js'
import { readRetryAfter } from './retry-after.js'

test.each<[string, string, string, boolean]>([
  ['POST', 'http://a.test/api/public/v1/applications/token', 'token', false],
  ['POST', 'https://api.airbyte.com/v1/applications/token', 'token', false],
  ['GET', 'http://a.test/api/public/v1/sources?limit=1', 'sources', false],
  ['POST', 'https://api.airbyte.com/v1/connections', 'connections', true],
  ['GET', 'http://a.test/api/public/v1/connections/1', 'connections', false],
  ['GET', 'http://a.test/api/public/v1/streams?sourceId=1', 'other', true],
  ['DELETE', 'http://a.test/prefix/api/public/v1/jobs/1', 'jobs', false],
  ['POST', 'http://a.test/api/v1/jobs/get_without_logs', 'jobs', false],
  ['POST', 'http://a.test/api/v1/sources/check_connection', 'work', true],
  ['POST', 'http://a.test/api/v1/scheduler/sources/discover_schema', 'work', true],
  ['POST', 'http://a.test/api/v1/commands/status', 'work', false],
  ['POST', 'http://a.test/api/v1/source_definition_specifications/get', 'other', false],
  ['GET', 'http://a.test/api/public/v1/health', 'health', false],
])('%s %s is %s, slow %s', (method, url, name, slow) => {
  expect(toEndpoint(method, url)).toEqual({ class: name, slow })
})

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['3', 3_000],
  ['0', 0],
  [new Date(60_000).toUTCString(), 60_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
])('Retry-After %s is %s ms', (said, ms) => {
  expect(readRetryAfter(new Headers(said === undefined ? {} : { 'retry-after': said }), 0)).toBe(ms)
})
