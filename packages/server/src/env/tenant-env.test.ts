import { parse } from 'dotenv'
import { expect, test } from 'vitest'
import { toEnabledName, toTenantEnv } from './tenant-env.js'
import { tenantEnvComments, TenantEnvKeys } from './tenant-env-keys.js'
import { toDatabaseUrl } from '../tenants/provision-warehouse.js'
import { toProviders } from './connected-providers.js'
import { writeEnv } from './write-env.js'

const slug = 't_abcdefghijklmnop'
const address = { host: 'db.test', port: 5433, database: 'ware house', sslMode: 'require' }
const facts = {
  tenantId: "O'Hara & sons",
  parts: [
    { DATABASE_URL: toDatabaseUrl(slug, address, 'p@ss:w/rd'), DATABASE_SCHEMA: slug },
    { AIRBYTE_WORKSPACE_ID: 'w' },
  ],
  sourceTypes: ['stripe', 'google-ads', 'stripe', '7shifts', 'sendgrid', 'mailchimp'],
}

test("a tenant's app gets a database it may read and what there is to read", () => {
  const env = toTenantEnv(facts)
  const url = new URL(parse(writeEnv(env)).DATABASE_URL ?? '')
  expect([
    url.hostname,
    url.port,
    decodeURIComponent(url.username),
    decodeURIComponent(url.password),
    decodeURIComponent(url.pathname),
  ]).toEqual(['db.test', '5433', `${slug}_app`, 'p@ss:w/rd', '/ware house'])
  expect(url.searchParams.get('options')).toBe(`-c search_path=${slug}`)
  expect(Object.entries(env).slice(2)).toEqual([
    ['DATABASE_SCHEMA', slug],
    ['AIRBYTE_WORKSPACE_ID', 'w'],
    ['EMAIL_PROVIDER', 'sendgrid'],
    ['PAYMENT_PROVIDER', 'stripe'],
    ['ADS_PROVIDER', 'google-ads'],
    ['GOOGLE_ADS_ENABLED', 'true'],
    ['MAILCHIMP_ENABLED', 'true'],
    ['SENDGRID_ENABLED', 'true'],
    ['STRIPE_ENABLED', 'true'],
    ['_7SHIFTS_ENABLED', 'true'],
  ])
  expect(toEnabledName('google-analytics-data-api')).toBe('GOOGLE_ANALYTICS_DATA_API_ENABLED')
})

test('with nothing connected there is no provider and no flag', () => {
  expect(Object.keys(toTenantEnv({ ...facts, sourceTypes: [] }))).toEqual([
    'TENANT_ID',
    'DATABASE_URL',
    'DATABASE_SCHEMA',
    'AIRBYTE_WORKSPACE_ID',
  ])
  expect(toProviders(['postgres', 'unheard-of'])).toEqual({})
})

test('every key is described, in a sentence that fits above it', () => {
  for (const name of Object.keys(TenantEnvKeys.shape)) expect(tenantEnvComments[name], name).toMatch(/^.{10,118}\.$/)
})
