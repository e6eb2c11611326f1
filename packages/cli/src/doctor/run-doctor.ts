import { describeKey, environmentKeys, toOAuthApps } from '@opsai/server/environment'
import { checkAddresses } from './check-addresses.js'
import { type Capabilities, checkAirbyte } from './check-airbyte.js'
import { checkDatabase } from './check-database.js'
import { checkDestinations } from './check-destinations.js'
import { checkIsolation } from './check-isolation.js'
import { checkKeys } from './check-keys.js'
import { checkOAuthApps } from './check-oauth-apps.js'
import { checkProxy } from './check-proxy.js'
import { checkSettings } from './check-settings.js'
import { checkWarehouse } from './check-warehouse.js'
import { checkWebhook } from './check-webhook.js'
import type { Finding } from './finding.js'
import { blank } from './blank.js'

export interface Report {
  /** Whether nothing has failed; warnings don't count. */
  ok: boolean
  findings: Finding[]
  /** What this Airbyte offers, where it could be asked. */
  capabilities?: Capabilities
}

/**
 * Looks at a whole deployment through its settings: Airbyte, both databases, keys, addresses, webhook. Changes nothing,
 * and needs no proxy that runs. Nothing secret is in the report.
 *
 * @param env settings by name, as in `process.env`
 * @param fetch asks Airbyte and pages; default the global one
 * @example
 * const { ok, findings } = await runDoctor(process.env)
 */
export async function runDoctor(
  env: Readonly<Record<string, string | undefined>>,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Report> {
  const { settings, findings: ofSettings } = checkSettings(env)
  const [ofAirbyte, ofDatabase, ofWarehouse] = await Promise.all([
    checkAirbyte(settings, fetch),
    checkDatabase(settings),
    checkWarehouse(settings),
  ])
  const { airbyte, capabilities } = ofAirbyte
  const { facts } = ofDatabase
  const findings = [
    ...ofSettings,
    ...ofAirbyte.findings,
    ...ofDatabase.findings,
    ...ofWarehouse.findings,
    ...(ofWarehouse.facts ? checkIsolation(ofWarehouse.facts, facts) : []),
    ...checkKeys(settings),
    ...(airbyte && facts ? await checkDestinations(airbyte, facts) : []),
    ...(await checkOAuthApps(settings, airbyte)),
    ...(await checkAddresses(settings, facts, fetch)),
    ...(await checkWebhook(settings, fetch)),
    ...(await checkProxy(settings, fetch)),
  ]
  const secrets = environmentKeys
    .map(describeKey)
    .flatMap(({ key, secret, formerly = key }) => (secret ? [env[key], env[formerly]] : []))
  const clientSecrets = Object.values(toOAuthApps(settings)).map(({ clientSecret }) => clientSecret)
  return {
    ok: findings.every(({ status }) => status !== 'failed'),
    findings: blank(findings, [...secrets, ...clientSecrets]),
    ...(capabilities && { capabilities }),
  }
}
