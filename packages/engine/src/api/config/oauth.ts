import { Hono } from 'hono'
import * as z from 'zod'
import { Json, parseBody, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { findConnector, findWorkspace, type Services } from '../services.js'

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

/** Signing in to a provider: `source_oauths/*`. The engine checks `state`; Airbyte does not. */
export function oauthRoutes(services: Services) {
  const { oauth } = services
  return new Hono()
    .post('/source_oauths/get_consent_url', async (c) => {
      const body = await parseBody(c, Consent)
      await findWorkspace(services, body.workspaceId)
      const consentUrl = await oauth.begin({
        workspaceId: body.workspaceId,
        connector: findConnector(services, body.sourceDefinitionId),
        redirectUrl: parseRedirectUrl(body.redirectUrl),
        input: body.oAuthInputConfiguration,
      })
      return c.json({ consentUrl })
    })
    .post('/source_oauths/complete_oauth', async (c) => {
      const body = await parseBody(c, Complete)
      await findWorkspace(services, body.workspaceId)
      if (!body.returnSecretCoordinate) {
        throw new Problem(
          'bad-request',
          'The embedded engine hands out no tokens: ask with returnSecretCoordinate: true.',
        )
      }
      const completed = await oauth.complete({
        workspaceId: body.workspaceId,
        connector: findConnector(services, body.sourceDefinitionId),
        redirectUrl: body.redirectUrl,
        queryParams: body.queryParams,
        signal: c.req.raw.signal,
      })
      if (completed.kind === 'refused') {
        return c.json({ request_succeeded: false, request_error: completed.reason, auth_payload: {} })
      }
      return c.json({ request_succeeded: true, auth_payload: { secretId: completed.secretId } })
    })
}

function parseRedirectUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text
  throw new Problem('invalid-redirect-url', 'The redirect URL must be an absolute http or https URL.')
}
