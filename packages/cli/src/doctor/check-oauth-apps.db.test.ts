// Each app is looked at as a real Airbyte's workspace has its connector, and nothing secret of it is told.
import { randomBytes, randomUUID } from 'node:crypto'
import { createAirbyteClient } from '@opsai/airbyte-client'
import { listenEngine, type ListeningEngine } from '@opsai/engine'
import { parseEnvironment } from '@opsai/server/environment'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { checkOAuthApps } from './check-oauth-apps.js'

const database = `doctor_apps_${randomUUID().slice(0, 8)}`
let engine: ListeningEngine

async function sql(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl() })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

beforeAll(async () => {
  await sql(`CREATE DATABASE ${database}`)
  const databaseUrl = Object.assign(new URL(postgresUrl()), { pathname: `/${database}` }).href
  engine = await listenEngine({ port: 0, databaseUrl, encryptionKey: randomBytes(32).toString('base64') })
})
afterAll(async () => {
  await engine?.close()
  await sql(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
})

const client = { clientId: 'ours', clientSecret: 'canary-client-secret' }
const declaration = {
  oauth_connector_input_specification: {
    consent_url: 'https://acme.test/authorize?{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}',
    access_token_url: 'https://acme.test/token',
    extract_output: ['refresh_token'],
  },
}
const check = async (apps: Record<string, object>, airbyte = createAirbyteClient({ baseUrl: engine.url })) => {
  const env = { OPSAI_OAUTH_APPS: JSON.stringify(apps), OPSAI_PUBLIC_URL: 'https://app.example.com' }
  const findings = await checkOAuthApps(parseEnvironment(env, { need: [] }), airbyte)
  expect(JSON.stringify(findings)).not.toContain('canary-')
  return findings
}

test('before there is a workspace: what is declared counts, and what is not may yet be', async () => {
  const findings = await check({ 'acme-crm': { ...client, declaration }, slack: client, 'bing-ads': client })
  expect(findings.map(({ status }) => status)).toEqual(['ok', 'ok', 'warning'])
  expect(findings[2]).toMatchObject({ what: expect.stringContaining('bing-ads: It has no declaration') as string })
})

test('with one: as its connectors are, each with the redirect URL to register or with what to do', async () => {
  await createAirbyteClient({ baseUrl: engine.url }).workspaces.create({ name: 'acme' })
  const findings = await check({
    'acme-crm': { ...client, declaration },
    'sample-data': { ...client, declaration },
    slack: client,
  })
  expect(findings).toEqual([
    {
      check: 'oauth apps',
      status: 'ok',
      what: 'acme-crm: usable, if its provider knows the redirect URL https://app.example.com/api/airbyte/oauth/callback/app/acme-crm',
    },
    {
      check: 'oauth apps',
      status: 'failed',
      what: 'sample-data: The connector has no place for what signing in brings.',
      remedy: expect.stringContaining('complete_oauth_output_specification') as string,
    },
    {
      check: 'oauth apps',
      status: 'failed',
      what: 'slack: Airbyte has no such connector.',
      remedy: expect.stringContaining('short name') as string,
    },
  ])
  expect(await check({ 'acme-crm': client })).toMatchObject([
    { status: 'failed', what: expect.stringContaining('Neither the connector nor our table') as string },
  ])
})

test('without apps nothing is asked, and an Airbyte that is away is no reason to say nothing', async () => {
  expect(await checkOAuthApps(parseEnvironment({}, { need: [] }), undefined)).toEqual([])
  const away = createAirbyteClient({ baseUrl: 'http://127.0.0.1:9' })
  expect(await check({ slack: client }, away)).toMatchObject([{ status: 'ok' }])
})
