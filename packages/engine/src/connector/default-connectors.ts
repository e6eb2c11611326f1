import { createAcmeCrmConnector } from '../native/acme-crm/acme-crm-connector.js'
import { createPostgresConnector } from '../native/postgres/postgres-connector.js'
import { createSampleDataConnector } from '../native/sample-data/sample-data-connector.js'
import type { Connector } from './connector.js'

export interface DefaultConnectorsOptions {
  /** Where Acme CRM answers. @default http://localhost:4402 */
  acmeCrmBaseUrl?: string
  /** Whether databases in private networks may be read; `refused` where strangers type the host. @default allowed */
  privateAddresses?: 'allowed' | 'refused'
}

/** The connectors that come with the engine. */
export function defaultConnectors(options: DefaultConnectorsOptions = {}): Connector[] {
  return [
    createPostgresConnector(options),
    createAcmeCrmConnector(options.acmeCrmBaseUrl === undefined ? {} : { baseUrl: options.acmeCrmBaseUrl }),
    createSampleDataConnector(),
  ]
}
