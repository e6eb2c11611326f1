// Everything real that the matrix needs once: a PostgreSQL, the engine on a port and with tokens, a SaaS to read from.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultConnectors, listenEngine } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { listenAcmeCrm } from '@opsai/sandbox'
import pg from 'pg'

/** Secrets that must never be read anywhere but where they belong. */
export const canaries = {
  apiKey: `acme_key_canary_${randomBytes(12).toString('hex')}`,
  clientSecret: `canary client secret +/= ${randomBytes(12).toString('hex')}`,
}
export const auth = { clientId: 'opsai-matrix', clientSecret: canaries.clientSecret }

export interface FaultWorld {
  engineUrl: string
  acmeUrl: string
  /** A new, empty database; its URL. */
  makeDatabase(name: string): Promise<string>
  close(): Promise<void>
}

export async function startFaultWorld(): Promise<FaultWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-faults-'))
  const postgres = await startPostgres({ dataDir, durable: false, settings: { max_connections: '300' } })
  const makeDatabase = async (name: string) => {
    const admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    const database = `${name}_${randomUUID().slice(0, 8)}`
    await admin.query(`CREATE DATABASE ${database}`)
    await admin.end()
    return Object.assign(new URL(postgres.url), { pathname: `/${database}` }).href
  }
  const acme = await listenAcmeCrm({
    port: 0,
    clients: [],
    apiKeys: [canaries.apiKey],
    records: { contacts: 30, companies: 5, deals: 10 },
    rateLimit: false,
  })
  const engine = await listenEngine({
    port: 0,
    databaseUrl: await makeDatabase('engine'),
    encryptionKey: randomBytes(32).toString('base64'),
    connectors: defaultConnectors({ acmeCrmBaseUrl: acme.url }),
    auth,
    pollMs: 100,
    progressMs: 100,
  })
  return {
    engineUrl: engine.url,
    acmeUrl: acme.url,
    makeDatabase,
    close: async () => {
      await engine.close()
      await acme.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
