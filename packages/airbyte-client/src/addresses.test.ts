import { expect, it } from 'vitest'
import { isCloud, toAddresses } from './addresses.js'

it.each([
  ['http://localhost:4401', 'http://localhost:4401/api/public/v1', 'http://localhost:4401/api/v1'],
  ['http://localhost:4401/', 'http://localhost:4401/api/public/v1', 'http://localhost:4401/api/v1'],
  ['https://ab.acme.com/api/public/v1', 'https://ab.acme.com/api/public/v1', 'https://ab.acme.com/api/v1'],
  ['https://ab.acme.com/api/v1/', 'https://ab.acme.com/api/public/v1', 'https://ab.acme.com/api/v1'],
  ['https://acme.com/airbyte', 'https://acme.com/airbyte/api/public/v1', 'https://acme.com/airbyte/api/v1'],
  [
    'https://acme.com//airbyte/api/public/v1//',
    'https://acme.com/airbyte/api/public/v1',
    'https://acme.com/airbyte/api/v1',
  ],
  ['https://acme.com/airbyte/api', 'https://acme.com/airbyte/api/public/v1', 'https://acme.com/airbyte/api/v1'],
  ['https://acme.com/api/public?x=1#y', 'https://acme.com/api/public/v1', 'https://acme.com/api/v1'],
  [' http://[::1]:8000 ', 'http://[::1]:8000/api/public/v1', 'http://[::1]:8000/api/v1'],
  ['https://api.airbyte.com', 'https://api.airbyte.com/v1', 'https://cloud.airbyte.com/api/v1'],
  ['https://api.airbyte.com/v1', 'https://api.airbyte.com/v1', 'https://cloud.airbyte.com/api/v1'],
  ['https://cloud.airbyte.com/api/v1/', 'https://api.airbyte.com/v1', 'https://cloud.airbyte.com/api/v1'],
  ['https://cloud.airbyte.com', 'https://api.airbyte.com/v1', 'https://cloud.airbyte.com/api/v1'],
])('%s', (baseUrl, publicRoot, configRoot) => {
  expect(toAddresses(baseUrl)).toEqual({ public: publicRoot, config: configRoot })
})

it.each(['', 'airbyte.acme.com', 'localhost:4401', 'ftp://acme.com', 'https://me:hunter2@acme.com'])(
  'refuses %s without repeating it',
  (baseUrl) => {
    expect(() => toAddresses(baseUrl)).toThrow(/^baseUrl must look like https:\/\/airbyte\.example\.com/)
    expect(() => toAddresses(baseUrl)).not.toThrow(/hunter2/)
  },
)

it('knows Cloud by its hosts only', () => {
  expect([isCloud('https://api.airbyte.com/v1'), isCloud('https://api.airbyte.com.evil.com')]).toEqual([true, false])
})
