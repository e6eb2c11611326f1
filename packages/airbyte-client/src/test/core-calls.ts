// What the client asks of commands and sign-ins, as operations of the Config API's document.
import { id, toCalls, type OperationCall } from './operation-call.js'

const workspaceId = id
const definitionId = id
const connector = { workspaceId, definitionId }
const configuration = { api_key: 'k' }
const flow = { ...connector, redirectUrl: 'https://app.example.com/callback', input: { shop: 'acme' } }
const queryParams = { code: 'c', state: 's' }
const done = { request_succeeded: true, auth_payload: { secretId: 'airbyte_oauth_1' } }

export const coreCalls: OperationCall[] = [
  ...toCalls({
    'POST /v1/commands/run/check': (a) => a.commands.runCheck({ id, ...connector, configuration }),
    'POST /v1/commands/run/discover': (a) => a.commands.runDiscover({ id, actorId: id }),
    'POST /v1/commands/run/spec': (a) => a.commands.runSpec({ id, ...connector, dockerImageTag: '1.0.0' }),
    'POST /v1/commands/run/replicate': (a) =>
      a.commands.runReplicate({ id, connectionId: id, jobId: '7', attemptNumber: 0 }),
    'POST /v1/commands/status': (a) => a.commands.status(id),
    'POST /v1/commands/get': (a) => a.commands.get(id),
    'POST /v1/commands/cancel': (a) => a.commands.cancel(id),
    'POST /v1/commands/output/check': (a) => a.commands.outputCheck(id, { withLogs: true }),
    'POST /v1/commands/output/discover': (a) => a.commands.outputDiscover(id),
    'POST /v1/commands/output/spec': (a) => a.commands.outputSpec(id),
    'POST /v1/commands/output/replicate': (a) => a.commands.outputReplicate(id),
    'POST /v1/source_oauths/get_consent_url': (a) =>
      a.oauth.getConsentUrl({ ...flow, sourceType: 'hubspot', sourceId: id, scopes: ['read'] }),
    'POST /v1/source_oauths/get_embedded_consent_url': (a) =>
      a.oauth.getEmbeddedConsentUrl({ ...connector, redirectUrl: flow.redirectUrl, sourceId: id }),
    'POST /v1/source_oauths/revoke': (a) => a.oauth.revoke({ ...connector, sourceId: id }),
    'POST /v1/source_oauths/get_scopes': (a) => a.oauth.getScopes(connector),
    'POST /v1/source_oauths/oauth_params/create': (a) =>
      a.oauth.setSourceParams({ definitionId, params: { client_id: 'c' } }),
    'POST /v1/destination_oauths/get_consent_url': (a) =>
      a.oauth.getDestinationConsentUrl({ ...flow, destinationId: id }),
    'POST /v1/destination_oauths/oauth_params/create': (a) =>
      a.oauth.setDestinationParams({ definitionId, params: { client_id: 'c' } }),
  }),
  {
    operation: 'POST /v1/source_oauths/complete_oauth',
    call: (a) => a.oauth.complete({ ...flow, queryParams, sourceId: id, scopes: ['read'] }),
    answers: { 'POST /v1/source_oauths/complete_oauth': done },
  },
  {
    operation: 'POST /v1/destination_oauths/complete_oauth',
    call: (a) => a.oauth.completeDestination({ ...flow, queryParams, destinationId: id }),
    answers: { 'POST /v1/destination_oauths/complete_oauth': done },
  },
]
