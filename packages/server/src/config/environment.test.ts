// A deployment's settings as an operator meets them: one error that names all that is wrong, and never a value.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSettings } from '../options.js'
import {
  describeKey,
  environmentKeys,
  environmentWarnings,
  EnvironmentError,
  parseEnvironment,
  toServerOptions,
  writeEnvExample,
} from './environment.js'

const key = Buffer.alloc(32, 7).toString('base64')
const good = {
  AIRBYTE_API_URL: 'http://localhost:4401',
  DATABASE_URL: 'postgresql://opsai:secret-of-the-database@localhost:5432/opsai',
  OPSAI_HOST_KEY: 'h'.repeat(40),
  OPSAI_ENCRYPTION_KEY: key,
}

function problemsOf(env: Record<string, string | undefined>) {
  try {
    parseEnvironment(env)
  } catch (error) {
    if (error instanceof EnvironmentError) return error
    throw error
  }
  throw new Error('nothing was wrong')
}

test('every missing and wrong key is named at once', () => {
  const { problems, message } = problemsOf({ OPSAI_PUBLIC_URL: 'app', LOG_LEVEL: 'loud', S3_BUCKET: 'files' })
  expect(problems.map((problem) => problem.key).sort()).toEqual([
    'AIRBYTE_API_URL',
    'DATABASE_URL',
    'LOG_LEVEL',
    'OPSAI_ENCRYPTION_KEY',
    'OPSAI_HOST_KEY',
    'OPSAI_PUBLIC_URL',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
  ])
  expect(message.split('\n')).toHaveLength(9)
})

test.each([
  [{ OPSAI_HOST_KEY: 'short' }, 'OPSAI_HOST_KEY must have at least 32 characters. Make one with: openssl rand'],
  [{ OPSAI_ENCRYPTION_KEY: 'short' }, 'OPSAI_ENCRYPTION_KEY must be 32 bytes in base64. Make one with'],
  [{ OPSAI_ENCRYPTION_KEY: '' }, 'OPSAI_ENCRYPTION_KEY is missing. Make one with'],
  [{ OPSAI_ENCRYPTION_KEYS_OLD: `${key},x` }, 'OPSAI_ENCRYPTION_KEYS_OLD has a wrong entry (number 2): it must be 32'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be a URL such as postgresql://'],
  [{ AIRBYTE_API_URL: 'https://me:it@a.example' }, 'AIRBYTE_API_URL must have no user name or password in it'],
  [{ AIRBYTE_API_URL: 'airbyte' }, 'AIRBYTE_API_URL must be a URL such as https://'],
  [{ AIRBYTE_API_URL: 'https://api.airbyte.com' }, 'AIRBYTE_CLIENT_ID is missing: Airbyte Cloud needs credentials'],
  [{ AIRBYTE_CLIENT_ID: 'id' }, 'AIRBYTE_CLIENT_SECRET is missing: AIRBYTE_CLIENT_ID is set. Set both, or neither.'],
  [
    { AIRBYTE_CLIENT_ID: 'id', AIRBYTE_CLIENT_SECRET: 's', AIRBYTE_API_KEY: 'k' },
    'AIRBYTE_API_KEY is set beside AIRBYTE_CLIENT_ID. Keep one of them.',
  ],
  [{ AIRBYTE_ORGANIZATION_ID: 'acme' }, 'AIRBYTE_ORGANIZATION_ID must be a UUID'],
  [{ OPSAI_RETURN_URLS: 'http://app.example.com/back' }, '(number 1): it must be https: only localhost may be http'],
  [{ OPSAI_RETURN_URLS: 'https://a.example/x, https://a.example/y#z' }, '(number 2): it must have no fragment'],
  [{ OPSAI_PUBLIC_URL: 'https://a.example/path' }, 'OPSAI_PUBLIC_URL must be an origin'],
  [{ OPSAI_WEBHOOK_URL: 'https://a.example' }, 'OPSAI_WEBHOOK_SECRET is missing: OPSAI_WEBHOOK_URL is set'],
  [{ OPSAI_PREVIEW_SYNC: 'yes' }, 'OPSAI_PREVIEW_SYNC must be off or on'],
  [{ OPSAI_HOST_KEY: undefined, OPSAI_HOSTKEY: 'x' }, 'OPSAI_HOST_KEY is missing: OPSAI_HOSTKEY is set. Rename it.'],
  [{ PORT: 'first' }, 'PORT must be a number.'],
])('%o is said plainly', (changes, message) => {
  expect(problemsOf({ ...good, ...changes }).message).toContain(message)
})

test('an error never shows a value, whatever it is and wherever it stands', () => {
  const value = fc.stringMatching(/^[A-Za-z0-9!$%&*+;=?^|~-]{12,60}$/).map((text) => `canary-${text}`)
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...environmentKeys), value, { minKeys: 1 }), (env) => {
      const error = problemsOf({ ...env, DATABASE_URL: '' })
      const said = `${error.message}${JSON.stringify(error.problems)}${error.stack ?? ''}`
      expect(said).not.toContain('canary-')
    }),
  )
})

test('settings become options that a server takes', () => {
  const settings = parseEnvironment({
    ...good,
    AIRBYTE_CLIENT_ID: 'id',
    AIRBYTE_CLIENT_SECRET: 'secret',
    OPSAI_PUBLIC_URL: 'https://app.example.com/',
    OPSAI_RETURN_URLS: ' https://app.example.com/back , http://localhost:3000/back ',
    OPSAI_ENCRYPTION_KEYS_OLD: `${key}, ${key}`,
    OPSAI_PREVIEW_SYNC: 'on',
    REDIS_URL: '',
  })
  const options = toServerOptions(settings)
  expect(options).toMatchObject({
    airbyte: { baseUrl: good.AIRBYTE_API_URL, auth: { kind: 'client', clientId: 'id', clientSecret: 'secret' } },
    publicUrl: 'https://app.example.com',
    returnUrls: ['https://app.example.com/back', 'http://localhost:3000/back'],
    oldEncryptionKeys: [key, key],
    basePath: '/api/airbyte',
    previewSync: 'on',
  })
  expect(Object.values(options)).not.toContain(undefined)
  expect(() => parseSettings(options)).not.toThrow()
})

test('keys of language models become an adviser; their addresses and models mean nothing without a key', () => {
  const env = { ...good, OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://localhost:11434/v1/', CLAUDE_API_KEY: 'sk-2' }
  const { adviser } = parseSettings(toServerOptions(parseEnvironment({ ...env, CLAUDE_MODEL: 'small' })))
  expect(adviser).toEqual({
    openai: { apiKey: 'sk-1', baseUrl: 'http://localhost:11434/v1' },
    claude: { apiKey: 'sk-2', model: 'small' },
  })
  expect(toServerOptions(parseEnvironment(good))).not.toHaveProperty('adviser')
  expect(() => parseEnvironment({ ...good, OPENAI_MODEL: 'small' })).toThrow('OPENAI_API_KEY is missing')
})

test('a key that begins like ours and is none is told, with the one that was meant', () => {
  const env = { AIRBYTE_CLIENTID: 'x', OPSAI_LOG_LEVEL: 'x', OPSAI_WEATHER: 'x', AIRBYTE_API_KEY: 'x', PATH: 'x' }
  expect(environmentWarnings({ ...env, OPSAI_ENGINE_PORT: '1', OPSAI_HOST_KYE: '' })).toEqual([
    'AIRBYTE_CLIENTID is no setting: did you mean AIRBYTE_CLIENT_ID?',
    'OPSAI_LOG_LEVEL is no setting: did you mean LOG_LEVEL?',
    'OPSAI_WEATHER is no setting of this kit and changes nothing.',
  ])
})

test('a key that was renamed is still read by its former name, and that is said', () => {
  const former = { VERCEL_TOKEN: 'v', ANTHROPIC_API_KEY: 'a', CLAUDE_API_KEY: 'c' }
  expect(parseEnvironment({ ...good, ...former })).toMatchObject({ VERCEL_API_TOKEN: 'v', CLAUDE_API_KEY: 'c' })
  expect(environmentWarnings(former)).toEqual([
    'VERCEL_TOKEN is called VERCEL_API_TOKEN now, and is still read: rename it.',
    'ANTHROPIC_API_KEY is called CLAUDE_API_KEY now, and is not read beside it: rename it.',
  ])
  expect(writeEnvExample('kit')).toContain('# Formerly VERCEL_TOKEN, which is still read.')
})

test('every key has a description, a group, and an example or a way to get one where it is needed', () => {
  for (const each of environmentKeys.map(describeKey)) {
    expect(each.description.endsWith('.'), each.key).toBe(true)
    expect(each.secret && each.example && !each.example.includes('://') ? each.key : '').toBe('')
    if (each.needed === 'always') expect(each.remedy ?? each.example, each.key).toBeTruthy()
  }
})

const root = new URL('../../../../', import.meta.url)
test.each([
  ['kit', '.env.example'],
  ['app', 'examples/vite-react/.env.example'],
] as const)('for the %s, %s is the one that is printed', (audience, file) => {
  expect(readFileSync(new URL(file, root), 'utf8')).toBe(writeEnvExample(audience))
  expect(
    writeEnvExample(audience)
      .split('\n')
      .filter((line) => line.length > 120),
  ).toEqual([])
})

describe('OAuth apps of the operator’s own', () => {
  const apps = { slack: { clientId: 'id', clientSecret: 'canary-app-secret' } }
  const parse = (OPSAI_OAUTH_APPS: string) => parseEnvironment({ ...good, OPSAI_OAUTH_APPS })

  test('are JSON, in the environment or in a file, and become options that a server takes', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'opsai-apps-')), 'apps.json')
    writeFileSync(file, `${JSON.stringify(apps)}\n`)
    for (const settings of [parse(JSON.stringify(apps)), parseEnvironment({ ...good, OPSAI_OAUTH_APPS_FILE: file })]) {
      expect(toServerOptions(settings).oauthApps).toMatchObject(apps)
      expect(parseSettings(toServerOptions(settings)).oauthApps).toMatchObject(apps)
    }
    rmSync(dirname(file), { recursive: true })
  })

  const { slack } = apps
  const declaration = (url: string) => ({
    oauth_connector_input_specification: { consent_url: url, access_token_url: 'https://acme.test/token' },
  })
  test.each<[unknown, string]>([
    ['{canary-app-secret', 'OPSAI_OAUTH_APPS must be JSON such as {"slack": {'],
    [[], 'OPSAI_OAUTH_APPS is wrong'],
    [{ slack: { clientSecret: 'canary-app-secret' } }, 'OPSAI_OAUTH_APPS is wrong: slack.clientId is needed.'],
    [{ slack: { ...slack, clientSecret: '' } }, 'is wrong: slack.clientSecret is needed.'],
    [
      { slack: { ...slack, secret: 'canary-app-secret' } },
      'is wrong: slack has keys that are not known: clientId, client',
    ],
    [{ 'canary-app-secret 1': slack }, 'is wrong: has an app whose name is no connector'],
    [{ slack: { ...slack, pkce: 'canary-app-secret' } }, "is wrong: slack.pkce must be 'S256' or 'none'."],
    [
      { slack: { ...slack, declaration: declaration('http://evil.test/') } },
      'slack.declaration can not be used: A URL',
    ],
    [{ slack: { ...slack, declaration: declaration('https://x.test/{{ x | run }}') } }, 'slack.declaration can not be'],
    [
      { slack: { clientSecret: 'canary-app-secret' }, notion: { clientId: 'x' } },
      'slack.clientId is needed; notion.clientSecret is needed.',
    ],
  ])('that are wrong are named without a value: %j', (value, message) => {
    const env = { ...good, OPSAI_OAUTH_APPS: typeof value === 'string' ? value : JSON.stringify(value) }
    const error = problemsOf(env)
    expect(error.message).toContain(message)
    expect(`${error.message}${JSON.stringify(error.problems)}${error.stack ?? ''}`).not.toContain('canary-')
  })

  test('are named as options too, all at once', () => {
    const wrong = { slack: { clientSecret: 'canary-app-secret' }, notion: { clientId: 'x', pkce: 'canary-pkce' } }
    const start = () => parseSettings({ ...toServerOptions(parseEnvironment(good)), oauthApps: wrong as never })
    expect(start).toThrow(/oauthApps: slack\.clientId is needed; oauthApps: notion\.clientSecret is needed/)
    expect(start).not.toThrow(/canary-/)
  })

  test('in a file that is not there, or beside the same in the environment', () => {
    expect(problemsOf({ ...good, OPSAI_OAUTH_APPS_FILE: '/none/apps.json' }).message).toContain(
      'OPSAI_OAUTH_APPS_FILE must name a file that can be read.',
    )
    const both = { OPSAI_OAUTH_APPS: JSON.stringify(apps), OPSAI_OAUTH_APPS_FILE: '/none' }
    expect(problemsOf({ ...good, ...both }).message).toContain('OPSAI_OAUTH_APPS_FILE is set beside OPSAI_OAUTH_APPS')
  })
})

test('tenants’ apps are made where a target says so', () => {
  const apps = (env: Record<string, string>) => toServerOptions(parseEnvironment({ ...good, ...env })).apps
  expect(apps({})).toBeUndefined()
  expect(apps({ OPSAI_APPS_TARGET: 'local', OPSAI_APPS_DIR: '/var/apps' })).toMatchObject({
    directory: '/var/apps/source',
    deployer: { target: 'local' },
  })
  expect(apps({ OPSAI_APPS_TARGET: 'docker' })).toMatchObject({ deployer: { target: 'docker' } })
  expect(apps({ OPSAI_APPS_TARGET: 'vercel', VERCEL_API_TOKEN: 'canary' })).toMatchObject({
    deployer: { target: 'vercel' },
  })
  expect(() => apps({ OPSAI_APPS_TARGET: 'vercel' })).toThrow(
    'VERCEL_API_TOKEN is missing: OPSAI_APPS_TARGET is vercel',
  )
})
