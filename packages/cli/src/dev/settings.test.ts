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
  [{ AIRBYTE_API_URL: 'airbyte' }, 'AIRBYTE_API_URL must be a URL such as https://'],
])('%o is said plainly', (environment, message) => {
  expect(() => parseDevSettings(environment)).toThrow(message)
})

test('a wrong secret is named, never shown', () => {
  expect(() => parseDevSettings({ OPSAI_HOST_KEY: 'hunter2' })).not.toThrow('hunter2')
})
