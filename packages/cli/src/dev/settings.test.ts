import { expect, test } from 'vitest'
import { parseDevSettings } from './settings.js'

test('with nothing set, five ports from 4400 and a browser', () => {
  expect(parseDevSettings({})).toMatchObject({
    ports: { app: 4400, engine: 4401, sandbox: 4402, customerDatabase: 4403, database: 4404 },
    databaseUrl: undefined,
    airbyte: undefined,
    openBrowser: true,
  })
})

test('CI and OPSAI_OPEN=0 keep the browser shut', () => {
  expect(parseDevSettings({ CI: 'true' }).openBrowser).toBe(false)
  expect(parseDevSettings({ OPSAI_OPEN: '0' }).openBrowser).toBe(false)
})

test('an empty value is no value', () => {
  expect(parseDevSettings({ PORT: '', DATABASE_URL: '' }).ports.app).toBe(4400)
})

test.each([
  [{ PORT: 'abc' }, 'PORT must be a number'],
  [{ PORT: '80' }, 'PORT must be 1024 or more'],
  [{ OPSAI_HOST_KEY: 'short' }, 'OPSAI_HOST_KEY must have at least 32 characters'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be a URL such as postgresql://'],
  [{ AIRBYTE_CLIENT_ID: 'id' }, 'AIRBYTE_CLIENT_SECRET is missing: AIRBYTE_CLIENT_ID is set'],
  [{ AIRBYTE_API_URL: 'airbyte' }, 'AIRBYTE_API_URL must be a URL such as https://'],
])('%o is said plainly', (environment, message) => {
  expect(() => parseDevSettings(environment)).toThrow(message)
})

test('what the app reads itself is passed on; what is decided here is not', () => {
  const given = {
    OPSAI_PREVIEW_SYNC: 'on',
    OPENAI_API_KEY: 'k',
    OPSAI_BASE_PATH: '/x',
    AIRBYTE_API_KEY: 'k',
    PORT: '5000',
  }
  expect(parseDevSettings(given).passedOn).toEqual({ OPSAI_PREVIEW_SYNC: 'on', OPENAI_API_KEY: 'k' })
})

test('a wrong secret is named, never shown', () => {
  expect(() => parseDevSettings({ OPSAI_HOST_KEY: 'hunter2' })).not.toThrow('hunter2')
})
