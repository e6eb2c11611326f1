// Signing in to a provider: `source_oauths/*`. The engine checks `state`; Airbyte does not.
import { Hono } from 'hono'
import * as z from 'zod'
import type { CompletedFlow } from '../../oauth/oauth-flows.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findSource, findWorkspace, type Services } from '../services.js'
import { requireConnector, requireKind } from './find-kind.js'

const Consent = z.looseObject({
  sourceDefinitionId: Uuid,
  workspaceId: Uuid,
  redirectUrl: z.string(),
  oAuthInputConfiguration: Json.default({}),
})
const Complete = z.looseObject({
  sourceDefinitionId: Uuid,
  workspaceId: Uuid,
  redirectUrl: z.string(),
  queryParams: z.record(z.string(), z.unknown()),
  returnSecretCoordinate: z.boolean().default(false),
})
const Params = z.looseObject({ sourceDefinitionId: Uuid, params: Json })
const OfSource = z.looseObject({ sourceDefinitionId: Uuid, workspaceId: Uuid, sourceId: Uuid })
const DestinationDefinition = z.looseObject({ destinationDefinitionId: Uuid })

export function oauthRoutes(services: Services) {
  const { oauth } = services

  async function begin(body: z.infer<typeof Consent>) {
    await findWorkspace(services, body.workspaceId)
    const consentUrl = await oauth.begin({
      workspaceId: body.workspaceId,
      connector: requireConnector(services, body.sourceDefinitionId),
      redirectUrl: parseRedirectUrl(body.redirectUrl),
      input: body.oAuthInputConfiguration,
    })
    return { consentUrl }
  }

  /** No destination of the engine's is signed in to. */
  async function refuseDestination(definitionId: string): Promise<never> {
    const { name } = requireKind(services, definitionId)
    throw new Problem('bad-request', `${name} has no sign-in: its fields are filled in by hand.`)
  }

  return new Hono()
    .post('/source_oauths/get_consent_url', async (c) => c.json(await begin(await parseBody(c, Consent))))
    .post('/source_oauths/get_embedded_consent_url', async (c) => {
      const { oAuthInputConfiguration: _, ...body } = await parseBody(c, Consent)
      return c.json(await begin({ ...body, oAuthInputConfiguration: {} } as z.infer<typeof Consent>))
    })
    .post('/source_oauths/complete_oauth', async (c) => {
      const body = await parseBody(c, Complete)
      await findWorkspace(services, body.workspaceId)
      const completed = await oauth.complete({
        workspaceId: body.workspaceId,
        connector: requireConnector(services, body.sourceDefinitionId),
        redirectUrl: body.redirectUrl,
        queryParams: body.queryParams,
        answer: body.returnSecretCoordinate ? 'secret_id' : 'tokens',
        signal: c.req.raw.signal,
      })
      return c.json(toCompleteRead(completed))
    })
    .post('/source_oauths/get_scopes', async (c) => {
      const { sourceDefinitionId, workspaceId } = await parseBody(c, OfSource.omit({ sourceId: true }))
      await findWorkspace(services, workspaceId)
      const { spec } = requireConnector(services, sourceDefinitionId)
      if (!spec.oauth) throw unknownId('sign-in')
      const scopes = spec.oauth.scopes.map((scope) => ({ scope }))
      return c.json({ scopes, optionalScopes: [], scopeJoinStrategy: 'space' })
    })
    .post('/source_oauths/revoke', async (c) => {
      const { sourceId, workspaceId } = await parseBody(c, OfSource)
      const { source, connector } = await findSource(services, sourceId)
      if (source.workspaceId !== workspaceId) throw unknownId('source')
      throw new Problem('bad-request', `${connector.name} has no call to revoke tokens: revoke them there.`)
    })
    .post('/source_oauths/oauth_params/create', async (c) => {
      const { sourceDefinitionId, params } = await parseBody(c, Params)
      await oauth.setApp(requireConnector(services, sourceDefinitionId), params)
      return c.body(null, 200)
    })
    .post('/destination_oauths/get_consent_url', async (c) =>
      refuseDestination((await parseBody(c, DestinationDefinition)).destinationDefinitionId),
    )
    .post('/destination_oauths/complete_oauth', async (c) =>
      refuseDestination((await parseBody(c, DestinationDefinition)).destinationDefinitionId),
    )
    .post('/destination_oauths/oauth_params/create', async (c) =>
      refuseDestination((await parseBody(c, DestinationDefinition)).destinationDefinitionId),
    )
}

function toCompleteRead(completed: CompletedFlow) {
  if (completed.kind === 'refused') {
    return { request_succeeded: false, request_error: completed.reason, auth_payload: {} }
  }
  const payload = completed.kind === 'completed' ? { secretId: completed.secretId } : completed.payload
  return { request_succeeded: true, auth_payload: payload }
}

function parseRedirectUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text
  throw new Problem('invalid-redirect-url', 'The redirect URL must be an absolute http or https URL.')
}
