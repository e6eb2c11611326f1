import { expect, it } from 'vitest'
import { parseEnvironment } from './main-config.js'

const needed = { OPSAI_ENGINE_DATABASE_URL: 'postgres://db/x', OPSAI_ENGINE_ENCRYPTION_KEY: 'a2V5' }

it('needs a database and a key, and has defaults for the rest', () => {
  expect(parseEnvironment({ ...needed, OPSAI_ENGINE_CLIENT_ID: '' })).toEqual({
    databaseUrl: 'postgres://db/x',
    encryptionKey: 'a2V5',
    port: 4401,
    host: '127.0.0.1',
    maxConcurrentSyncs: 4,
  })
})

it('reads the rest', () => {
  const config = parseEnvironment({
    ...needed,
    OPSAI_ENGINE_CLIENT_ID: 'id',
    OPSAI_ENGINE_CLIENT_SECRET: 'secret',
    OPSAI_ENGINE_OAUTH_APPS: '{"acme-crm":{"clientId":"a","clientSecret":"b"}}',
    OPSAI_ENGINE_ACME_CRM_URL: 'http://localhost:4402',
  })
  expect(config).toMatchObject({
    auth: { clientId: 'id', clientSecret: 'secret' },
    oauthApps: { 'acme-crm': { clientId: 'a', clientSecret: 'b' } },
    acmeCrmBaseUrl: 'http://localhost:4402',
  })
})

it.each([
  ['nothing', {}, ['OPSAI_ENGINE_DATABASE_URL is missing', 'OPSAI_ENGINE_ENCRYPTION_KEY is missing']],
  ['a port that is none', { ...needed, OPSAI_ENGINE_PORT: 'http' }, ['OPSAI_ENGINE_PORT']],
  ['half of the credentials', { ...needed, OPSAI_ENGINE_CLIENT_ID: 'id' }, ['set both or neither']],
  [
    'apps that are no JSON',
    { ...needed, OPSAI_ENGINE_OAUTH_APPS: 'secret-thing' },
    ['OPSAI_ENGINE_OAUTH_APPS must be JSON'],
  ],
])('names what is wrong with %s', (_, env, words) => {
  for (const word of words) expect(() => parseEnvironment(env)).toThrow(word)
  expect(() => parseEnvironment(env)).not.toThrow('secret-thing')
})
