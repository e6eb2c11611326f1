import { deploySteps, DeployError } from '@opsai/apps/deploy'
import { AppStep } from '@opsai/contract'
import { expect, test } from 'vitest'
import { ProblemError } from '../http/problem.js'
import { toAppName } from './app-names.js'
import { createBlank, toAppError, toSecretValues } from './app-secrets.js'
import { maxAttempts, toRemovalDelay, toRetryDelay } from './retry-delay.js'

test('the contract knows every step a deployer can tell of', () => {
  expect(AppStep.options).toEqual(['generating', ...deploySteps])
})

test('an app’s name is what deployers take, and holds nothing of the tenant’s own', () => {
  expect(toAppName('t_abcdefghijklmnop')).toMatch(/^app-[a-z0-9-]{1,36}$/)
})

test('six tries, each later than the one before, and none after the last', () => {
  const delays = Array.from({ length: maxAttempts }, (_, index) => toRetryDelay(index + 1, 0.5))
  expect(delays).toEqual([10_000, 30_000, 120_000, 600_000, 1_800_000, undefined])
  expect([toRetryDelay(1, 0), toRetryDelay(1, 1)]).toEqual([8_000, 12_000])
  expect([1, 5, 6, 600].map((attempts) => toRemovalDelay(attempts, 0.5))).toEqual([
    10_000, 1_800_000, 1_800_000, 1_800_000,
  ])
})

const env = {
  TENANT_ID: 'acme',
  DATABASE_URL: 'postgresql://app:p%40ssw0rd-of-app@db.test:5432/w',
  DATABASE_SCHEMA: 't_abc',
  CRM_PROVIDER: 'acme-crm',
  ACME_CRM_ENABLED: 'true',
  MY_OWN_KEY: 'sk-owner-0123456789',
}

test('secret is what is not known to be none, a password also by itself', () => {
  const password = ['p%40ssw0rd-of-app', 'p@ssw0rd-of-app']
  expect(toSecretValues(env)).toEqual([env.DATABASE_URL, ...password, env.MY_OWN_KEY])
  const odd = 'redis://owner:100%-mine@cache.test'
  expect(toSecretValues({ OWN_URL: odd })).toEqual([odd, '100%-mine'])
})

test.each([
  ['in full', env.DATABASE_URL],
  ['the password alone', 'p@ssw0rd-of-app'],
  ['as a URL has it', 'p%40ssw0rd-of-app'],
  ['in base64', Buffer.from('p@ssw0rd-of-app').toString('base64')],
  ['what the owner added', env.MY_OWN_KEY],
])('nothing secret is in an error: %s', (_, secret) => {
  const { text } = createBlank(env)
  const thrown = new DeployError('building', `It said ${secret}.`, `Change ${secret}.`, false)
  const shown = toAppError(thrown, 'preparing', text)
  expect(shown).toMatchObject({ step: 'building', retryable: false })
  expect(JSON.stringify(shown)).not.toContain(secret)
  expect(JSON.stringify(toAppError(new Error(secret), 'building', text))).not.toContain(secret)
})

test('what is not meant to be read is not shown; it may pass', () => {
  const shown = toAppError(new TypeError('x is undefined'), 'building', (text) => text)
  expect(shown).toMatchObject({ step: 'building', message: 'Something failed on our side.', retryable: true })
  const refused = new ProblemError('conflict', { detail: 'Passwords are being changed.' })
  expect(toAppError(refused, 'generating', (text) => text)).toMatchObject({ message: 'Passwords are being changed.' })
})
