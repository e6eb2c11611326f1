// An engine and a strict Acme CRM, and Ada, who signs in to it: the world of the tests about tokens.
import { listenAcmeCrm, type AcmeCrmOptions } from '@opsai/sandbox'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import type { EngineOptions } from '../engine.js'
import { createAcmeCrmConnector } from '../native/acme-crm/acme-crm-connector.js'
import { startTestEngine, type TestEngine } from './test-engine.js'

export const redirectUrl = 'http://localhost:4999/callback'
export const app = { clientId: 'engine-test', clientSecret: 'canary-app-secret' }
const credentials = { auth_type: 'oauth2.0' }

export async function startAcmeWorld(options: { crm?: AcmeCrmOptions; engine?: Partial<EngineOptions> } = {}) {
  const crm = await listenAcmeCrm({
    port: 0,
    clients: [{ ...app, name: 'Engine test', redirectUris: [redirectUrl], requirePkce: true }],
    records: { contacts: 30, companies: 5, deals: 7 },
    rateLimit: false,
    ...options.crm,
  })
  const connector = createAcmeCrmConnector({ baseUrl: crm.url })
  const engines: TestEngine[] = []
  const startEngine = async (more: Partial<EngineOptions> = {}): Promise<TestEngine> => {
    const databaseUrl = engines[0]?.databaseUrl
    const own = { connectors: [connector], oauthApps: { 'acme-crm': app }, ...(databaseUrl && { databaseUrl }) }
    const engine = await startTestEngine({ ...own, ...options.engine, ...more })
    engines.push(engine)
    return engine
  }
  const engine = await startEngine()
  const { definitionId } = connector
  const { workspaceId } = await engine.airbyte.workspaces.create({ name: 'acme' })

  async function signIn(): Promise<string> {
    const flow = { workspaceId, definitionId, redirectUrl }
    const { consentUrl } = await engine.airbyte.oauth.getConsentUrl(flow)
    const queryParams = Object.fromEntries((await answerAtAcmeCrm(consentUrl)).searchParams)
    return (await engine.airbyte.oauth.complete({ ...flow, queryParams })).secretId
  }

  return {
    crm,
    engine,
    airbyte: engine.airbyte,
    workspaceId,
    definitionId,
    /** Another engine on the same database. */
    startEngine,
    /** Ada signs in; answers the id of the tokens. */
    signIn,
    /** A source that she has signed in to. */
    createSource: async (): Promise<string> => {
      const source = {
        workspaceId,
        name: 'CRM',
        definitionId,
        configuration: { credentials },
        secretId: await signIn(),
      }
      return (await engine.airbyte.sources.create(source)).sourceId
    },
    /** How often refresh tokens came to Acme CRM, most often first, those that never did left out. */
    seen: (): number[] =>
      crm.control
        .seenRefreshTokens()
        .refreshTokens.map(({ seen }) => seen)
        .filter((seen) => seen > 0)
        .sort((one, other) => other - one),
    close: async () => {
      await Promise.all(engines.map((one) => one.close()))
      await crm.close()
    },
  }
}

export type AcmeWorld = Awaited<ReturnType<typeof startAcmeWorld>>
