// A code becomes tokens, or a reason why not: every answer of a token endpoint ends in words for the user.
import {
  readMissingScopes,
  readTokens,
  type Refused,
  sendTokenRequest,
  type TokenFlow,
  toTokenRequest,
} from '@opsai/oauth'
import { noteConfiguration } from '../../secrets/given-secrets.js'
import { scrubText } from '../../secrets/scrub.js'
import type { Services } from '../../services.js'
import type { FlowEnd, FlowRow } from '../../store/flows.js'
import { toFlowError, toReported } from '../flow-answer.js'
import { ANSWER_WITHIN_MS } from '../within-budget.js'
import type { OwnApp } from './find-own-app.js'

/** Sends the code once: whatever comes of it, it is spent. */
export async function exchangeCode(
  { outbound, log }: Pick<Services, 'outbound' | 'log'>,
  { spec, clientId, clientSecret, allowPrivate }: OwnApp,
  { name, flow_id: flowId, source_type: sourceType }: FlowRow,
  flow: Omit<TokenFlow, 'clientId' | 'clientSecret'>,
): Promise<{ outputs: Record<string, string> } | FlowEnd> {
  const request = toTokenRequest(spec, { ...flow, clientId, clientSecret })
  const { fetch } = allowPrivate ? outbound.anywhere : outbound.publicOnly
  const sent = await sendTokenRequest(request, { fetch, timeoutMs: ANSWER_WITHIN_MS })
  const answer = sent.kind === 'answered' ? readTokens(spec, sent) : sent
  if (answer.kind === 'tokens') {
    noteConfiguration({ token: answer.outputs })
    const missing = sent.kind === 'answered' ? readMissingScopes(spec, sent) : []
    return missing.length > 0 ? lacks(name, missing) : { outputs: answer.outputs }
  }
  if (answer.kind === 'incomplete') return lacks(name, answer.missing)
  if (answer.kind === 'refused') {
    // Its words once more, without what they may repeat of ours, before they are cut to a length.
    const said = sent.kind === 'answered' ? readTokens(spec, { ...sent, body: scrubText(sent.body) }) : answer
    const refused = said.kind === 'refused' ? said : { ...answer, description: 'no reason given' }
    if (ofTheApp.has(refused.code)) {
      const remedy = 'Compare clientId, clientSecret and the redirect URL in oauthApps with the app at the provider.'
      log.error('a provider refused an OAuth app', { sourceType, code: refused.code, remedy })
    }
    return toRefusal(name, refused)
  }
  log.warn('a provider gave no tokens', { flowId, sourceType, reason: answer.reason })
  return away(name)
}

function toRefusal(name: string, { code, description }: Refused): FlowEnd {
  if (/scope/i.test(code)) return { status: 'provider_error', error: toFlowError('scope_insufficient') }
  if (!ofTheApp.has(code)) return toReported(name, description ?? code)
  const displayMessage = `${name} does not accept the app that signs in here.`
  return { status: 'provider_error', error: toFlowError('provider_error', { displayMessage, remedy: askOwner }) }
}

/** What only the operator can mend (RFC 6749 §5.2, and what Google and others call a wrong redirect URL). */
const ofTheApp = new Set([
  'invalid_client',
  'unauthorized_client',
  'redirect_uri_mismatch',
  'incorrect_client_credentials',
])
const askOwner = 'Ask the site owner for help.'

const lacks = (name: string, missing: readonly string[]): FlowEnd => ({
  status: 'provider_error',
  error: toFlowError('scope_insufficient', {
    displayMessage: `${name} did not give all that is needed: ${missing.join(', ').slice(0, 200)} is missing.`,
  }),
})

const away = (name: string): FlowEnd => ({
  status: 'provider_error',
  error: toFlowError('upstream_unavailable', {
    displayMessage: `${name} does not answer. Nothing was connected.`,
    remedy: 'Wait a moment, then sign in again.',
  }),
})
