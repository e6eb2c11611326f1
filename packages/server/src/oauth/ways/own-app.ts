// We are the OAuth client ourselves, with the operator's app: for a self-managed Airbyte, the engine, and Cloud too.
import {
  createCodeVerifier,
  createState,
  OAuthError,
  type OAuthSpec,
  placeTokens,
  readCallback,
  readInputs,
  toConsentUrl,
} from '@opsai/oauth'
import { ProblemError } from '../../http/problem.js'
import { noteConfiguration } from '../../secrets/given-secrets.js'
import { hashToken } from '../../secrets/seal.js'
import type { Services } from '../../services.js'
import { requireConsentUrl, toConnectorPath } from '../addresses.js'
import { toEnd, toFlowError } from '../flow-answer.js'
import { verifierPlace } from '../flow-places.js'
import { exchangeCode } from './exchange-code.js'
import { findAppOf } from './find-app-of.js'
import type { SignIn, Way } from './way.js'

const findApp = (services: Services, { workspaceId, flow, spec }: SignIn) =>
  findAppOf(services, workspaceId, flow, () => spec)

export const ownApp: Way = {
  comesBackBy: 'connector',

  begin: async (services, signIn, toUrl) => {
    const { flow, configuration } = signIn
    const app = await findApp(services, signIn)
    if (!app)
      throw new ProblemError('config_error', { detail: `oauthApps has no app for ${flow.source_type} any more.` })
    const { spec, clientId } = app
    const state = createState(spec)
    const redirectUrl = toUrl(toConnectorPath(flow.source_type))
    const pkce = spec.pkce === 'none' ? {} : { codeVerifier: createCodeVerifier() }
    const inputs = readInputs(spec, configuration)
    const consentUrl = fillIn(spec, () => toConsentUrl(spec, { clientId, redirectUrl, state, inputs, ...pkce }))
    return { consentUrl: requireConsentUrl(consentUrl), redirectUrl, state, ...pkce }
  },

  complete: async (services, signIn, parameters) => {
    const { flow, configuration } = signIn
    const app = await findApp(services, signIn)
    if (!app || !flow.redirect_url || !flow.state_hash) return { status: 'failed', error: toFlowError('config_error') }
    const callback = readCallback(app.spec, parameters)
    if (callback.kind === 'refused') return toEnd('provider_error')
    if (callback.kind === 'malformed') {
      const isTwice = parameters.getAll(callback.parameter).length > 1
      return isTwice
        ? toEnd('context_mismatch')
        : toEnd('provider_error', `${flow.name} sent no answer to the sign-in.`)
    }
    const { code, state } = callback
    // Found by whatever parameter held it: it has to be the one that this provider calls the state.
    if (!hashToken(state).equals(flow.state_hash)) return toEnd('context_mismatch')
    const verifier = flow.code_verifier && services.sealer.open(flow.code_verifier, verifierPlace(flow))
    noteConfiguration({ secret: [app.clientSecret, code, state, verifier] })
    const exchanged = await exchangeCode(services, app, flow, {
      code,
      state,
      redirectUrl: flow.redirect_url,
      inputs: readInputs(app.spec, configuration),
      ...(verifier && { codeVerifier: verifier }),
    })
    if ('status' in exchanged) return exchanged
    const placed = placeTokens(app.spec, {}, exchanged.outputs, app.serverValues)
    return { secret: JSON.stringify(placed) }
  },
}

/** An input that is missing, or would lead elsewhere, is the user's to mend. */
function fillIn(spec: OAuthSpec, work: () => string): string {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const input = spec.inputs.find(({ name }) => name === error.variable)
    if (!input) throw new ProblemError('config_error', { detail: error.message, cause: error })
    const message = error.code === 'missing_input' ? 'is needed before signing in' : 'does not fit into an address'
    throw new ProblemError('invalid_request', {
      detail: error.message,
      displayMessage: `“${input.path.at(-1) ?? input.name}” ${message}.`,
      fieldErrors: [{ path: ['configuration', ...input.path], code: error.code, message }],
    })
  }
}
