// The apps that the operator registered at providers: which one a sign-in goes through, and where its values stand in a
// configuration without being told to anybody.
import { placeTokens } from '@opsai/oauth'
import { Problem } from '../api/problem.js'
import type { Connector } from '../connector/connector.js'
import { isObject, type JsonObject } from '../secrets/schema.js'
import type { createOAuthStore } from '../store/oauth.js'
import { signInOf } from './sign-in-of.js'

/** An app the operator registered at a provider. */
export interface OAuthApp {
  clientId: string
  clientSecret: string
  /** The app's own scopes, written as the provider wants them, where it may not ask for the connector's. */
  scope?: string
}

/** What Airbyte shows in place of the values of the operator's app (trap 11). */
export const serverMask = '******'

export function createOAuthApps(store: ReturnType<typeof createOAuthStore>, apps: Record<string, OAuthApp>) {
  /** An app stored for the whole instance wins over the one that the engine was started with. */
  async function find({ definitionId, sourceType }: Connector): Promise<OAuthApp | undefined> {
    const stored = await store.getApp(definitionId)
    if (stored) return stored
    return Object.hasOwn(apps, sourceType) ? apps[sourceType] : undefined
  }

  return {
    find,

    /** What the user typed wins over the operator's app, as at Airbyte. */
    require: async (connector: Connector, input: JsonObject): Promise<OAuthApp> => {
      const app = toApp(input) ?? (await find(connector))
      if (app) return app
      throw new Problem(
        'bad-request',
        `No OAuth app is registered for ${connector.sourceType}: give the engine one in oauthApps, or send client_id and client_secret.`,
      )
    },

    /** Stores the app of the whole instance. */
    put: async (connector: Connector, params: JsonObject): Promise<void> => {
      const app = toApp(params)
      if (!app) throw new Problem('bad-request', 'The params of an OAuth app are client_id and client_secret.')
      await store.putApp(connector.definitionId, app)
    },

    /** A configuration with the operator's values where Airbyte's six stars stand for them. */
    fillIn: async (connector: Connector, configuration: JsonObject): Promise<JsonObject> => {
      const spec = signInOf(connector)
      if (spec.kind === 'unsupported') return configuration
      const serverOutputs = spec.serverOutputs.filter(({ path }) => valueAt(configuration, path) === serverMask)
      const app = serverOutputs.length > 0 ? await find(connector) : undefined
      if (!app) return configuration
      return placeTokens({ serverOutputs, outputs: [] }, configuration, {}, toServerValues(app))
    },
  }
}

export type OAuthApps = ReturnType<typeof createOAuthApps>

/** An app's values by the names that OAuth specifications have for them. */
export function toServerValues({ clientId, clientSecret }: OAuthApp): Record<string, string> {
  return { client_id: clientId, client_secret: clientSecret }
}

function toApp({ client_id: clientId, client_secret: clientSecret }: JsonObject): OAuthApp | undefined {
  return isText(clientId) && isText(clientSecret) ? { clientId, clientSecret } : undefined
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value !== serverMask

/** What is at a path; `undefined` for nothing. */
export function valueAt(configuration: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (of, key) => (isObject(of) && Object.hasOwn(of, key) ? of[key] : undefined),
    configuration,
  )
}
