import { expect, it } from 'vitest'
import { toAddresses } from './addresses.js'

it.each([
  ['http://localhost:4401', 'http://localhost:4401/api/public/v1', 'http://localhost:4401/api/v1'],
  ['http://localhost:4401/', 'http://localhost:4401/api/public/v1', 'http://localhost:4401/api/v1'],
  ['https://ab.acme.com/api/public/v1', 'https://ab.acme.com/api/public/v1', 'https://ab.acme.com/api/v1'],
  ['https://ab.acme.com/api/v1/', 'https://ab.acme.com/api/public/v1', 'https://ab.acme.com/api/v1'],
  ['https://acme.com/airbyte', 'https://acme.com/airbyte/api/public/v1', 'https://acme.com/airbyte/api/v1'],
  ['https://api.airbyte.com', 'https://api.airbyte.com/v1', 'https://cloud.airbyte.com/api/v1'],
  ['https://api.airbyte.com/v1', 'https://api.airbyte.com/v1', 'https://cloud.airbyte.com/api/v1'],
  ['https://cloud.airbyte.com', 'https://api.airbyte.com/v1', 'https://cloud.airbyte.com/api/v1'],
])('%s', (baseUrl, publicRoot, configRoot) => {
  expect(toAddresses(baseUrl)).toEqual({ public: publicRoot, config: configRoot })
})
