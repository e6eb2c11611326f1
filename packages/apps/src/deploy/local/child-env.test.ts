import { expect, test } from 'vitest'
import { toAppEnv, toInstallEnv } from './child-env.js'

const host = {
  PATH: '/bin',
  HOME: '/home/platform',
  OPSAI_HOST_KEY: 'the key',
  DATABASE_URL: 'postgres://platform',
  NODE_OPTIONS: '--inspect',
  NPM_CONFIG_REGISTRY: 'https://packages.example',
  HTTPS_PROXY: 'http://proxy.example',
  NPM_TOKEN: 'the token',
}

test('an app gets how to run and its own settings', () => {
  expect(toAppEnv(host, { DATABASE_URL: 'postgres://tenant' })).toEqual({
    PATH: '/bin',
    HOME: '/home/platform',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: 'postgres://tenant',
    NODE_ENV: 'production',
  })
})

test('npm gets where packages come from besides, and nothing of the app’s', () => {
  expect(toInstallEnv(host)).toEqual({
    PATH: '/bin',
    HOME: '/home/platform',
    HTTPS_PROXY: 'http://proxy.example',
    NPM_CONFIG_REGISTRY: 'https://packages.example',
  })
})
