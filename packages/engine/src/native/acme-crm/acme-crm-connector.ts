import type { CheckAnswer, Connector, ConnectorContext } from '../../connector/connector.js'
import { ConnectorError } from '../../connector/connector-error.js'
import { createAccess } from './access.js'
import { parseAcmeCrmConfig } from './config.js'
import type { AcmeCrmRun } from './read.js'
import { readAcmeCrm } from './read.js'
import { getJson } from './requests.js'
import { toAcmeCrmSpec } from './spec.js'
import { acmeCrmStreams } from './streams.js'

export interface AcmeCrmConnectorOptions {
  /** Where Acme CRM answers. @default http://localhost:4402 */
  baseUrl?: string
}

/**
 * Acme CRM, the sandbox SaaS: sign-in or API key, contacts, companies and deals.
 * @example
 * const acme = createAcmeCrmConnector({ baseUrl: 'http://localhost:4402' })
 * await acme.check({ credentials: { auth_type: 'api_key', api_key: 'acme_key_sandbox' } }, context)
 * // { status: 'succeeded' }
 */
export function createAcmeCrmConnector({ baseUrl = 'http://localhost:4402' }: AcmeCrmConnectorOptions = {}): Connector {
  const home = withoutSlash(baseUrl)
  const startRun = (config: unknown, context: ConnectorContext) => toRun(config, home, context)
  return {
    definitionId: 'b0d5f3de-54c1-4f0f-8a7b-6f1c2a9e4d17',
    sourceType: 'acme-crm',
    name: 'Acme CRM',
    version: '0.1.0',
    guide:
      'Sign in, or make an API key in Acme CRM under **Settings → API keys**: the key needs the permission `crm.read`.',
    kind: 'api',
    renewsTokens: 'engine',
    spec: toAcmeCrmSpec(home),
    check: async (config, context) => check(() => startRun(config, context)),
    discover: async () => acmeCrmStreams,
    read: (config, streams, states, context) => readAcmeCrm(startRun(config, context), streams, states),
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function toRun(config: unknown, home: string, context: ConnectorContext): AcmeCrmRun {
  const parsed = parseAcmeCrmConfig(config)
  // The app's secret and the user's token go to this address, so a configuration may not choose another.
  if (parsed.base_url !== undefined && withoutSlash(parsed.base_url) !== home) {
    throw new ConnectorError('config_error', 'Acme CRM does not answer at this address. Leave it out.', [['base_url']])
  }
  return {
    baseUrl: home,
    access: createAccess(parsed, context),
    context,
    ...(parsed.start_date !== undefined && { startDate: parsed.start_date }),
  }
}

/** Asks who we are, which needs a token that works. */
async function check(start: () => AcmeCrmRun): Promise<CheckAnswer> {
  try {
    const { baseUrl, access, context } = start()
    await getJson(new URL(`${baseUrl}/api/v1/me`), access, context)
    return { status: 'succeeded' }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { status: 'failed', message: error.message, ...(error.fields.length > 0 && { fields: error.fields }) }
  }
}
