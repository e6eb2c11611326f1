// One sign-in from the consent page to the tokens in a source. `state` and verifier are ours, tied to workspace and
// connector; tokens wait sealed under a secret id until one source takes them.
import { createHash, randomUUID } from 'node:crypto'
import {
  createCodeVerifier,
  createState,
  placeTokens,
  readCallback,
  readTokens,
  sendTokenRequest,
  toConsentUrl,
  toTokenRequest,
  type OAuthSpec,
  type TokenAnswer,
} from '@opsai/oauth'
import { Problem } from '../api/problem.js'
import type { Connector } from '../connector/connector.js'
import type { JsonObject } from '../secrets/schema.js'
import type { Queryable } from '../store/database.js'
import type { createOAuthStore } from '../store/oauth.js'
import { serverMask, toServerValues, type OAuthApp, type OAuthApps } from './oauth-apps.js'
import { toInputs, withProblems } from './oauth-input.js'
import { requireSignIn, type OtherScopes } from './sign-in-of.js'

export interface OAuthFlowsOptions {
  store: ReturnType<typeof createOAuthStore>
  apps: OAuthApps
  fetch: typeof globalThis.fetch
}

export type CompletedFlow =
  | { kind: 'completed'; secretId: string }
  /** The tokens themselves, for those who asked for them; what is the operator's is six stars. */
  | { kind: 'handed_out'; payload: JsonObject }
  | { kind: 'refused'; reason: string }

export interface FlowStart {
  workspaceId: string
  connector: Connector
  redirectUrl: string
  /** Airbyte's `oAuthInputConfiguration`: what the connector's sign-in needs of its configuration, by name. */
  input: JsonObject
  requestedScopes?: OtherScopes['requestedScopes'] | undefined
}

export interface FlowEnd {
  workspaceId: string
  connector: Connector
  redirectUrl: string
  /** What the browser came back with. */
  query: URLSearchParams
  /** Whether the tokens wait here under a secret id, or go to the caller. */
  answer: 'secret_id' | 'tokens'
  signal: AbortSignal
}

const flowMinutes = 10
const secretMinutes = 60

/** What waits between consent and callback. */
interface PendingFlow {
  app: OAuthApp
  state: string
  codeVerifier?: string
  inputs: Record<string, string>
  scopes: OtherScopes
}

export function createOAuthFlows({ store, apps, fetch }: OAuthFlowsOptions) {
  /** Trades the code, once. */
  async function trade(spec: OAuthSpec, { pending, redirectUrl }: TakenFlow, code: string, signal: AbortSignal) {
    const { app, scopes: _, ...flow } = pending
    const request = withProblems(() => toTokenRequest(spec, { ...flow, ...app, redirectUrl, code }))
    const sent = await sendTokenRequest(request, { fetch, signal })
    return sent.kind === 'answered' ? readTokens(spec, sent) : sent
  }

  return {
    /** Starts a sign-in and answers the page to open. */
    begin: async ({ workspaceId, connector, redirectUrl, input, requestedScopes }: FlowStart): Promise<string> => {
      requireSignIn(connector)
      const app = await apps.require(connector, input)
      const scopes: OtherScopes = {
        ...(app.scope !== undefined && { scope: app.scope }),
        ...(requestedScopes && { requestedScopes }),
      }
      const spec = requireSignIn(connector, scopes)
      const pending: PendingFlow = {
        app,
        state: createState(spec),
        ...(spec.pkce !== 'none' && { codeVerifier: createCodeVerifier() }),
        inputs: toInputs(spec, input),
        scopes,
      }
      const consentUrl = withProblems(() => toConsentUrl(spec, { ...pending, clientId: app.clientId, redirectUrl }))
      const { definitionId } = connector
      const stateHash = hash(pending.state)
      await store.putFlow({ stateHash, workspaceId, definitionId, redirectUrl, pending, minutes: flowMinutes })
      return consentUrl
    },

    /** Ends it. A state works once; whatever came back, it is spent. */
    complete: async ({ workspaceId, connector, ...end }: FlowEnd): Promise<CompletedFlow> => {
      const { definitionId } = connector
      const plain = requireSignIn(connector)
      const callback = readCallback(plain, end.query)
      const state = end.query.get(plain.keys.state)
      const owner = { workspaceId, definitionId }
      const found = state ? await store.takeFlow<PendingFlow>(hash(state), owner) : undefined
      if (state && found?.redirectUrl !== end.redirectUrl)
        return refused('This sign-in is unknown or has expired. Start again.')
      if (!found || callback.kind !== 'code') return refused(toReason(callback))

      const spec = requireSignIn(connector, found.pending.scopes)
      const answer = await trade(spec, found, callback.code, end.signal)
      if (answer.kind !== 'tokens') return toRefusal(connector, answer)
      const { app } = found.pending
      if (end.answer === 'tokens') return { kind: 'handed_out', payload: toPayload(connector, answer.outputs, app) }
      const secretId = `airbyte_oauth_workspace_${workspaceId}_secret_${randomUUID()}_v1`
      const values = { ...answer.outputs, ...toServerValues(app) }
      await store.putSecret({ secretId, workspaceId, definitionId, values, minutes: secretMinutes })
      return { kind: 'completed', secretId }
    },

    /** Puts the tokens of `secretId` into a configuration, once, and only in the workspace they were got for. */
    spend: async (
      spending: { secretId: string; workspaceId: string; connector: Connector; configuration: JsonObject },
      tx: Queryable,
    ): Promise<JsonObject> => {
      const { secretId, workspaceId, connector, configuration } = spending
      const owner = { workspaceId, definitionId: connector.definitionId }
      const values = await store.takeSecret<Record<string, string>>(secretId, owner, tx)
      if (!values) {
        throw new Problem(
          'unprocessable-entity',
          'The secretId is unknown, has expired or was used already. Sign in again.',
        )
      }
      return placeTokens(requireSignIn(connector), configuration, values, values)
    },
  }
}

export type OAuthFlows = ReturnType<typeof createOAuthFlows>

interface TakenFlow {
  redirectUrl: string
  pending: PendingFlow
}

function toReason(callback: ReturnType<typeof readCallback>): string {
  if (callback.kind === 'refused') return withDescription(callback.error, callback.description)
  const parameter = callback.kind === 'malformed' ? callback.parameter : 'state'
  return `The provider did not send one ${parameter} back. Start again.`
}

/** @throws {Problem} where the provider may do better later */
function toRefusal(
  { name }: Connector,
  answer: Exclude<TokenAnswer, { kind: 'tokens' }> | { kind: 'unreachable'; reason: string },
): CompletedFlow {
  if (answer.kind === 'refused') return refused(withDescription(answer.code, answer.description))
  if (answer.kind === 'incomplete') return refused(`${name} sent no ${answer.missing.join(' and no ')}.`)
  const why =
    answer.kind === 'unavailable'
      ? `the provider answered ${answer.status} without tokens`
      : answer.reason === 'timed_out'
        ? 'the provider took too long'
        : 'the provider could not be reached'
  throw new Problem('oauth-callback-failure', `${name}: ${why}.`)
}

/** The connector's outputs as they are, and the app's behind six stars. */
function toPayload({ spec }: Connector, outputs: Record<string, string>, app: OAuthApp): JsonObject {
  const specification = spec.advanced_auth?.oauth_config_specification
  const wanted = specification?.complete_oauth_output_specification.properties ?? {}
  const server = specification?.complete_oauth_server_output_specification.properties ?? {}
  const values = toServerValues(app)
  return {
    ...Object.fromEntries(Object.entries(outputs).filter(([name]) => Object.hasOwn(wanted, name))),
    ...Object.fromEntries(Object.keys(server).flatMap((name) => (name in values ? [[name, serverMask]] : []))),
  }
}

const withDescription = (code: string, description: string | undefined): string =>
  `${code}${description ? `: ${description}` : ''}`.slice(0, 500)

const refused = (reason: string): CompletedFlow => ({ kind: 'refused', reason })

const hash = (state: string): Buffer => createHash('sha256').update(state).digest()
