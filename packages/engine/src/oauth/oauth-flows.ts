// One sign-in from the consent page to the tokens in a source. `state` and verifier are ours, tied to workspace and
// connector; tokens wait sealed under a secret id until one source takes them.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Connector, DeclarativeOAuth } from '../connector/connector.js'
import { Problem } from '../api/problem.js'
import type { JsonObject } from '../secrets/schema.js'
import type { Queryable } from '../store/database.js'
import type { createOAuthStore } from '../store/oauth.js'
import { toConsentUrl } from './consent-url.js'
import { getAt, placeOutputs } from './place-outputs.js'
import { requestTokens } from './token-request.js'

/** An app the operator registered at a provider. */
export interface OAuthApp {
  clientId: string
  clientSecret: string
}

export interface OAuthFlowsOptions {
  store: ReturnType<typeof createOAuthStore>
  /** By source type; an app stored for the whole instance wins. */
  apps: Record<string, OAuthApp>
  fetch: typeof globalThis.fetch
}

export type CompletedFlow =
  | { kind: 'completed'; secretId: string }
  /** The tokens themselves, for those who asked for them; what is the operator's is six stars. */
  | { kind: 'handed_out'; payload: JsonObject }
  | { kind: 'refused'; reason: string }

/** What Airbyte shows in place of the values of the operator's app (trap 11). */
export const serverMask = '******'

const flowMinutes = 10
const secretMinutes = 60

/** What waits between consent and callback. */
interface PendingFlow extends OAuthApp {
  codeVerifier: string
}

export function createOAuthFlows({ store, apps, fetch }: OAuthFlowsOptions) {
  async function findApp({ definitionId, sourceType }: Connector): Promise<OAuthApp | undefined> {
    const stored = await store.getApp(definitionId)
    if (stored) return stored
    return Object.hasOwn(apps, sourceType) ? apps[sourceType] : undefined
  }

  /** What the user typed wins over the operator's app, as at Airbyte. */
  async function requireApp(connector: Connector, input: JsonObject): Promise<OAuthApp> {
    const [clientId, clientSecret] = [text(input.client_id), text(input.client_secret)]
    if (clientId && clientSecret) return { clientId, clientSecret }
    const app = await findApp(connector)
    if (app) return app
    throw new Problem(
      'bad-request',
      `No OAuth app is registered for ${connector.sourceType}: give the engine one in oauthApps, or send client_id and client_secret.`,
    )
  }

  return {
    /** Whether users can sign in without bringing an app of their own. */
    hasApp: async (connector: Connector): Promise<boolean> => (await findApp(connector)) !== undefined,

    /** Stores the app of the whole instance. */
    setApp: async (connector: Connector, params: JsonObject): Promise<void> => {
      const [clientId, clientSecret] = [text(params.client_id), text(params.client_secret)]
      if (!clientId || !clientSecret) {
        throw new Problem('bad-request', 'The params of an OAuth app are client_id and client_secret.')
      }
      await store.putApp(connector.definitionId, { clientId, clientSecret })
    },

    /** A configuration with the operator's values where Airbyte's six stars stand for them. */
    withServerValues: async (connector: Connector, configuration: JsonObject): Promise<JsonObject> => {
      const outputs = connector.spec.advancedAuth?.oauthConfigSpecification.completeOAuthServerOutputSpecification
      const masked = Object.entries(outputs?.properties ?? {}).filter(
        ([, { path_in_connector_config: path }]) => getAt(configuration, path) === serverMask,
      )
      const app = masked.length > 0 ? await findApp(connector) : undefined
      if (!app) return configuration
      return placeOutputs(configuration, { type: 'object', properties: Object.fromEntries(masked) }, toValues(app))
    },

    /** Starts a sign-in and answers the page to open. */
    begin: async (flow: {
      workspaceId: string
      connector: Connector
      redirectUrl: string
      input: JsonObject
    }): Promise<string> => {
      const { connector, redirectUrl, workspaceId } = flow
      const oauth = oauthOf(connector)
      const app = await requireApp(connector, flow.input)
      const state = randomBytes(32).toString('base64url')
      const codeVerifier = randomBytes(32).toString('base64url')
      const pending: PendingFlow = { ...app, codeVerifier }
      const { definitionId } = connector
      await store.putFlow({
        stateHash: hash(state),
        workspaceId,
        definitionId,
        redirectUrl,
        pending,
        minutes: flowMinutes,
      })
      return toConsentUrl(oauth, { clientId: app.clientId, redirectUrl, state, codeVerifier })
    },

    /** Ends it. A state works once; whatever came back, it is spent. */
    complete: async (flow: {
      workspaceId: string
      connector: Connector
      redirectUrl: string
      queryParams: JsonObject
      /** Whether the tokens wait here under a secret id, or go to the caller. */
      answer: 'secret_id' | 'tokens'
      signal: AbortSignal
    }): Promise<CompletedFlow> => {
      const { connector, workspaceId } = flow
      const { definitionId } = connector
      const state = text(flow.queryParams.state)
      const found = state && (await store.takeFlow<PendingFlow>(hash(state), { workspaceId, definitionId }))
      if (!found || found.redirectUrl !== flow.redirectUrl)
        return refused('This sign-in is unknown or has expired. Start again.')

      const error = text(flow.queryParams.error)
      if (error) {
        const description = text(flow.queryParams.error_description)
        return refused(`${error}${description ? `: ${description}` : ''}`.slice(0, 500))
      }
      const code = text(flow.queryParams.code)
      if (!code) return refused('The provider sent no code back.')

      const { tokenUrl, pkce } = oauthOf(connector)
      const { pending, redirectUrl } = found
      const codeVerifier = pkce === 'S256' ? pending.codeVerifier : undefined
      const answer = await requestTokens({ ...pending, tokenUrl, code, redirectUrl, codeVerifier }, fetch, flow.signal)
      if (answer.kind === 'refused') return refused(answer.reason)
      if (answer.kind === 'unavailable')
        throw new Problem('oauth-callback-failure', `${connector.name}: ${answer.reason}.`)

      const missing = missingOutput(connector, answer.tokens)
      if (missing) return refused(`${connector.name} sent no ${missing}.`)
      if (flow.answer === 'tokens') return { kind: 'handed_out', payload: toPayload(connector, answer.tokens, pending) }
      const secretId = `airbyte_oauth_workspace_${workspaceId}_secret_${randomUUID()}_v1`
      const values = { ...answer.tokens, ...toValues(pending) }
      await store.putSecret({ secretId, workspaceId, definitionId, values, minutes: secretMinutes })
      return { kind: 'completed', secretId }
    },

    /** Puts the tokens of `secretId` into a configuration, once, and only in the workspace they were got for. */
    spend: async (
      spending: { secretId: string; workspaceId: string; connector: Connector; configuration: JsonObject },
      tx: Queryable,
    ): Promise<JsonObject> => {
      const { secretId, workspaceId, connector, configuration } = spending
      const values = await store.takeSecret(secretId, { workspaceId, definitionId: connector.definitionId }, tx)
      const { advancedAuth } = connector.spec
      if (!values || !advancedAuth) {
        throw new Problem(
          'unprocessable-entity',
          'The secretId is unknown, has expired or was used already. Sign in again.',
        )
      }
      const { completeOAuthOutputSpecification, completeOAuthServerOutputSpecification } =
        advancedAuth.oauthConfigSpecification
      const withTokens = placeOutputs(configuration, completeOAuthOutputSpecification, values)
      return placeOutputs(withTokens, completeOAuthServerOutputSpecification, values)
    },
  }
}

export type OAuthFlows = ReturnType<typeof createOAuthFlows>

function oauthOf(connector: Connector): DeclarativeOAuth {
  if (connector.spec.oauth) return connector.spec.oauth
  throw new Problem('bad-request', `${connector.name} has no sign-in: its fields are filled in by hand.`)
}

function toValues({ clientId, clientSecret }: OAuthApp) {
  return { client_id: clientId, client_secret: clientSecret }
}

/** The connector's outputs as they are, and the app's behind six stars. */
function toPayload({ spec }: Connector, tokens: JsonObject, app: OAuthApp): JsonObject {
  const specification = spec.advancedAuth?.oauthConfigSpecification
  const outputs = Object.keys(specification?.completeOAuthOutputSpecification.properties ?? {})
  const known: JsonObject = toValues(app)
  const server = Object.keys(specification?.completeOAuthServerOutputSpecification.properties ?? {})
  return {
    ...Object.fromEntries(outputs.map((key) => [key, tokens[key]])),
    ...Object.fromEntries(server.filter((key) => key in known).map((key) => [key, serverMask])),
  }
}

/** The first output the connector's specification wants and the provider did not send. */
function missingOutput(connector: Connector, tokens: JsonObject): string | undefined {
  const outputs = connector.spec.advancedAuth?.oauthConfigSpecification.completeOAuthOutputSpecification.properties
  return Object.keys(outputs ?? {}).find((key) => tokens[key] === undefined)
}

function refused(reason: string): CompletedFlow {
  return { kind: 'refused', reason }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function hash(state: string): Buffer {
  return createHash('sha256').update(state).digest()
}
