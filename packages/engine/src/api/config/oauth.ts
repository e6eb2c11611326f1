// Signing in to a provider: `source_oauths/*`. The engine checks `state`; Airbyte does not.
import { Hono } from 'hono'
import * as z from 'zod'
import type { CompletedFlow } from '../../oauth/oauth-flows.js'
import { unmaskInput } from '../../oauth/oauth-input.js'
import { requireSignIn, signInOf } from '../../oauth/sign-in-of.js'
import { usesSignIn } from '../../oauth/tokens-for.js'
import { withBusyAsProblem } from '../discover-streams.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findSource, findWorkspace, type Services } from '../services.js'
import { requireConnector, requireKind } from './find-kind.js'

const Scopes = z.array(z.string().min(1)).min(1).optional()
const Consent = z.looseObject({
  sourceDefinitionId: Uuid,
  workspaceId: Uuid,
  redirectUrl: z.string(),
  oAuthInputConfiguration: Json.default({}),
  /** The source that is signed in to again: masks in the input stand for what it has. */
  sourceId: Uuid.optional(),
  requestedScopes: Scopes,
  requestedOptionalScopes: Scopes,
})
const EmbeddedConsent = Consent.omit({ oAuthInputConfiguration: true }).transform((body) => ({
  ...body,
  oAuthInputConfiguration: {},
}))
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
  const { oauth, oauthApps } = services

  async function begin(body: z.infer<typeof Consent>) {
    const { workspaceId, sourceId, oAuthInputConfiguration: input } = body
    await findWorkspace(services, workspaceId)
    const connector = requireConnector(services, body.sourceDefinitionId)
    const source = sourceId === undefined ? undefined : (await findOwnSource(sourceId, workspaceId)).source
    const consentUrl = await oauth.begin({
      workspaceId,
      connector,
      redirectUrl: parseRedirectUrl(body.redirectUrl),
      input: source ? unmaskInput(requireSignIn(connector), input, source.configuration) : input,
      requestedScopes: toRequestedScopes(body),
    })
    return { consentUrl }
  }

  async function findOwnSource(sourceId: string, workspaceId: string) {
    const found = await findSource(services, sourceId)
    if (found.source.workspaceId !== workspaceId) throw unknownId('source')
    return found
  }

  /** No destination of the engine's is signed in to. */
  async function refuseDestination(definitionId: string): Promise<never> {
    const { name } = requireKind(services, definitionId)
    throw new Problem('bad-request', `${name} has no sign-in: its fields are filled in by hand.`)
  }

  return new Hono()
    .post('/source_oauths/get_consent_url', async (c) => c.json(await begin(await parseBody(c, Consent))))
    .post('/source_oauths/get_embedded_consent_url', async (c) =>
      c.json(await begin(await parseBody(c, EmbeddedConsent))),
    )
    .post('/source_oauths/complete_oauth', async (c) => {
      const body = await parseBody(c, Complete)
      await findWorkspace(services, body.workspaceId)
      const completed = await oauth.complete({
        workspaceId: body.workspaceId,
        connector: requireConnector(services, body.sourceDefinitionId),
        redirectUrl: body.redirectUrl,
        query: toQuery(body.queryParams),
        answer: body.returnSecretCoordinate ? 'secret_id' : 'tokens',
        signal: c.req.raw.signal,
      })
      return c.json(toCompleteRead(completed))
    })
    .post('/source_oauths/get_scopes', async (c) => {
      const { sourceDefinitionId, workspaceId } = await parseBody(c, OfSource.omit({ sourceId: true }))
      await findWorkspace(services, workspaceId)
      const spec = signInOf(requireConnector(services, sourceDefinitionId))
      if (spec.kind === 'unsupported' || !spec.scopes) throw unknownId('list of scopes')
      const { scopes, optionalScopes, joinStrategy } = spec.scopes
      return c.json({
        scopes: scopes.map((scope) => ({ scope })),
        optionalScopes: optionalScopes.map((scope) => ({ scope })),
        scopeJoinStrategy: joinStrategy,
      })
    })
    .post('/source_oauths/revoke', async (c) => {
      const { sourceId, workspaceId } = await parseBody(c, OfSource)
      const { source, connector } = await findOwnSource(sourceId, workspaceId)
      const spec = requireSignIn(connector)
      if (usesSignIn(connector, source.configuration)) {
        const waitMs = services.busyWaitMs
        const done = await withBusyAsProblem(() => services.revoke({ sourceId, connector, spec }, { waitMs }))
        services.logger.info({ sourceId, sourceType: connector.sourceType, done }, 'revocation asked for')
      }
      return c.body(null, 200)
    })
    .post('/source_oauths/oauth_params/create', async (c) => {
      const { sourceDefinitionId, params } = await parseBody(c, Params)
      await oauthApps.put(requireConnector(services, sourceDefinitionId), params)
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

function toRequestedScopes({ requestedScopes, requestedOptionalScopes }: z.infer<typeof Consent>) {
  if (!requestedScopes) return undefined
  return { scopes: requestedScopes, ...(requestedOptionalScopes && { optionalScopes: requestedOptionalScopes }) }
}

/** A parameter that came more than once is a list. */
function toQuery(queryParams: Record<string, unknown>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(queryParams).flatMap(([name, value]) =>
      [value].flat().flatMap((one): [string, string][] => (typeof one === 'string' ? [[name, one]] : [])),
    ),
  )
}

function parseRedirectUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text
  throw new Problem('invalid-redirect-url', 'The redirect URL must be an absolute http or https URL.')
}
